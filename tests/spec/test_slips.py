"""Slips of the pen: one wrong letter in a name never makes it certain that another one was meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.facts import Section
from mlspeclint.spec.shapes import ChoiceShape, ListShape, SectionShape
from mlspeclint.spec.suggest import is_slip


def choices(section: type[Section], name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields of each section, and the words of each field, under their names."""
    yield name, tuple(section.FIELDS)
    for field, shape in section.FIELDS.items():
        inner = shape.item if isinstance(shape, ListShape) else shape
        if isinstance(inner, SectionShape):
            yield from choices(inner.section, f"{name}.{field}")
        elif isinstance(inner, ChoiceShape):
            yield f"{name}.{field}", inner.options


CHOICES = {name: names for name, names in choices(Spec, "spec") if len(names) < 100}


def slips(name: str) -> set[str]:
    """The name with one letter left out, doubled, or swapped with the next."""
    places = range(len(name))
    left_out = {name[:i] + name[i + 1 :] for i in places}
    doubled = {name[:i] + name[i] + name[i:] for i in places}
    swapped = {name[:i] + name[i + 1 : i + 2] + name[i] + name[i + 2 :] for i in places}
    return left_out | doubled | swapped


@pytest.mark.parametrize("names", CHOICES.values(), ids=CHOICES)
def test_no_slip_is_certainly_another_name(names: tuple[str, ...]) -> None:
    for name in names:
        for wrong in slips(name) - {each.lower() for each in names} - set(names):
            meant = {each for each in names if is_slip(wrong, each, names)}
            assert meant <= {name}, wrong


@pytest.mark.parametrize("names", CHOICES.values(), ids=CHOICES)
def test_no_name_is_a_slip_of_another(names: tuple[str, ...]) -> None:
    for name in names:
        assert [each for each in names if is_slip(name, each, names)] == [name]


@pytest.mark.parametrize(
    ("written", "meant", "certain"),
    [
        ("Cost Each", "cost_each", True),
        ("cost-each", "cost_each", True),
        ("cost_aech", "cost_each", True),  # nine letters, two wrong
        ("kost_eachh", "cost_each", True),
        ("kost_aechh", "cost_each", False),
        ("labl", "label", True),  # five letters, one wrong
        ("lalb", "label", False),
        ("labe", "labe1", False),  # digits
        ("mse", "rmse", False),
        ("T4", "t4", True),
    ],
)
def test_how_much_may_be_wrong(written: str, meant: str, certain: bool) -> None:
    assert is_slip(written, meant, (meant, "something_else")) is certain


def test_a_second_name_as_near_is_a_doubt() -> None:
    assert is_slip("globbal", "global", ("global", "none"))
    assert not is_slip("lobal", "global", ("global", "local"))
    assert not is_slip("acelerator", "accelerator", ("accelerator", "accelerators"))
