"""DAT104 to DAT106: networks on images, texts and speech."""

from __future__ import annotations

import pytest

from mlspeclint.knowledge import fine_tuning_on_few_labels, image_pretraining_gain

from .support import outcome_of, told, verdict

AHEAD = "target: {metric: accuracy, baseline: 0.8, baseline_kind: classical_ml, pilot: 0.85}"
NOT_AHEAD = "target: {metric: accuracy, baseline: 0.8, baseline_kind: classical_ml, pilot: 0.8}"


def trained(how: str, *rest: str) -> str:
    return "\n".join((f"approach: {{family: deep_learning, training: {how}}}", *rest))


def images(task: str, data: str, *rest: str, modality: str = "image") -> str:
    return trained(
        "from_scratch",
        f"task: {{type: {task}, modality: {modality}}}",
        f"data: {{{data}}}",
        *rest,
    )


CLASSES = "classification"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # The three tiers of classification, at their limits.
        (images(CLASSES, "examples: 990, classes: 10"), "error"),
        (images(CLASSES, "examples: 1000, classes: 10"), "warning"),
        (images(CLASSES, "examples: 9990, classes: 10"), "warning"),
        (images(CLASSES, "examples: 10k, classes: 10"), "clear"),
        # With many classes the whole set counts.
        (images(CLASSES, "examples: 99_999, classes: 2000"), "error"),
        (images(CLASSES, "examples: 100k, classes: 2000"), "clear"),
        # Training examples: the labelled ones less the test set.
        (images(CLASSES, "examples: 50k, classes: 10", "labels: {labelled: 990}"), "error"),
        (images(CLASSES, "examples: 1040, classes: 10", "labels: {test_examples: 50}"), "error"),
        (images(CLASSES, "examples: 1040, classes: 10", "labels: {test_examples: 40}"), "warning"),
        # Ranges, unknowns, and what is absent.
        (images(CLASSES, "examples: 500..900, classes: 10"), "error"),
        (images(CLASSES, "examples: 500..2000, classes: 10"), "warning"),
        (images(CLASSES, "examples: 5k..20k, classes: 10"), "possible"),
        (images(CLASSES, "examples: unknown, classes: 10"), "possible"),
        (images(CLASSES, "examples: 5k, classes: unknown"), "possible"),
        (images(CLASSES, "examples: 500"), "undecided"),
        (images(CLASSES, "classes: 10"), "undecided"),
        (images(CLASSES, "examples: 100k"), "clear"),
        # Several classes an image: how many images a class has is not known.
        (
            trained(
                "from_scratch",
                "task: {type: classification, modality: image, multilabel: true}",
                "data: {examples: 5k, classes: 40}",
            ),
            "possible",
        ),
        (
            trained(
                "from_scratch",
                "task: {type: classification, modality: image, multilabel: true}",
                "data: {examples: 90, classes: 40}",
            ),
            "error",
        ),
        # Regression is one class.
        (images("regression", "examples: 99"), "error"),
        (images("regression", "examples: 999"), "warning"),
        (images("regression", "examples: 1000"), "clear"),
        (images(CLASSES, "examples: 300, classes: 4", modality="video"), "error"),
        # Detection, segmentation, and the rest.
        (images("object_detection", "examples: 5k, classes: 3, instances: 9999"), "warning"),
        (images("object_detection", "examples: 5k, classes: 3, instances: 10k"), "clear"),
        (images("object_detection", "examples: 790, classes: 80, instances: 50k"), "warning"),
        (images("object_detection", "examples: 800, classes: 80, instances: 50k"), "clear"),
        (images("object_detection", "examples: 790, classes: 80"), "warning"),
        (images("object_detection", "examples: 5k, classes: 3"), "undecided"),
        (images("object_detection", "examples: 5k, classes: 3, instances: 8k..12k"), "possible"),
        (images("segmentation", "examples: 999"), "note"),
        (images("segmentation", "examples: 1000"), "clear"),
        (images("segmentation", "examples: 500..2000"), "possible"),
        (images("generation", "examples: 100"), "not_applicable"),
        (images("unknown", "examples: 90, classes: 2"), "possible"),
        # Other ways of training, other data, other families.
        (images(CLASSES, "examples: 300, classes: 4", modality="audio"), "not_applicable"),
        (
            trained(
                "fine_tuning",
                "task: {type: classification, modality: image}",
                "data: {examples: 300, classes: 4}",
            ),
            "not_applicable",
        ),
        (
            trained(
                "unknown",
                "task: {type: classification, modality: image}",
                "data: {examples: 300, classes: 4}",
            ),
            "possible",
        ),
        (
            "approach: {family: deep_learning}\n"
            "task: {type: classification, modality: image}\ndata: {examples: 300, classes: 4}",
            "undecided",
        ),
        # Made images that are tested on real ones.
        (
            images(
                CLASSES,
                "examples: 300, classes: 4, synthetic: true",
                "labels: {test_examples: 50}",
            ),
            "not_applicable",
        ),
        (images(CLASSES, "examples: 300, classes: 4, synthetic: true"), "error"),
        (
            images(
                CLASSES,
                "examples: 300, classes: 4, synthetic: unknown",
                "labels: {test_examples: 50}",
            ),
            "possible",
        ),
        (
            images(
                CLASSES,
                "examples: 300, classes: 4, synthetic: false",
                "labels: {test_examples: 50}",
            ),
            "error",
        ),
        # Measured beats prior.
        (images(CLASSES, "examples: 300, classes: 4", AHEAD), "not_applicable"),
        (images(CLASSES, "examples: 300, classes: 4", NOT_AHEAD), "error"),
    ],
)
def test_images_from_scratch(facts: str, expected: str) -> None:
    assert verdict("DAT104", facts) == expected


def test_images_from_scratch_names_what_is_missing() -> None:
    assert outcome_of("DAT104", images(CLASSES, "examples: 500")).missing == {"data.classes"}
    detection = images("object_detection", "examples: 5k, classes: 3")
    assert outcome_of("DAT104", detection).missing == {"data.instances"}


@pytest.mark.parametrize("each", [75, 150, 500])
def test_images_from_scratch_quotes_the_gain_of_that_size(each: int) -> None:
    gain = image_pretraining_gain(each, each)
    message = told("DAT104", images(CLASSES, f"examples: {each * 4}, classes: 4")).message
    assert f"{each} training images a class" in message
    assert f"{gain.median:g} points" in message
    assert f"of {gain.count} published comparisons" in message


def test_images_from_scratch_tells_objects_and_images() -> None:
    message = told(
        "DAT104", images("object_detection", "examples: 790, classes: 79, instances: 4k")
    ).message
    assert "4,000 labelled objects, 10 training images a class" in message
    message = told("DAT104", images("object_detection", "examples: 80, classes: 80")).message
    assert "1 training images a class" in message
    assert "labelled objects," not in message
    message = told("DAT104", images("segmentation", "examples: 400")).message
    assert "400 training images" in message
    assert "1,000" in message
    assert (
        "videos" in told("DAT104", images("regression", "examples: 90", modality="video")).message
    )


def texts(data: str, *rest: str, how: str = "fine_tuning", **task: str) -> str:
    more = "".join(f", {key}: {value}" for key, value in task.items())
    return trained(
        how,
        f"task: {{type: classification, modality: text{more}}}",
        f"data: {{{data}}}",
        *rest,
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (texts("examples: 640, classes: 10"), "warning"),
        (texts("examples: 641, classes: 10"), "clear"),
        (texts("examples: 5k, classes: 10", "labels: {labelled: 400}"), "warning"),
        (texts("examples: 740, classes: 10", "labels: {test_examples: 100}"), "warning"),
        (texts("examples: 500..900, classes: 10"), "possible"),
        (texts("examples: 640, classes: unknown"), "possible"),
        (texts("examples: 640"), "undecided"),
        (texts("examples: 640, classes: 10", multilabel="true"), "possible"),
        (texts("examples: 60, classes: 10", multilabel="true"), "warning"),
        (texts("examples: 640, classes: 10", how="few_shot"), "not_applicable"),
        (texts("examples: 640, classes: 10", how="from_scratch"), "not_applicable"),
        (texts("examples: 640, classes: 10", how="unknown"), "possible"),
        (
            "approach: {family: deep_learning, training: fine_tuning, adapter: lora}\n"
            "task: {type: classification, modality: text}\ndata: {examples: 640, classes: 10}",
            "not_applicable",
        ),
        (
            trained(
                "fine_tuning",
                "task: {type: classification, modality: image}",
                "data: {examples: 300, classes: 10}",
            ),
            "not_applicable",
        ),
        (
            trained(
                "fine_tuning",
                "task: {type: sequence_labelling, modality: text}",
                "data: {examples: 300, classes: 10}",
            ),
            "not_applicable",
        ),
        (texts("examples: 640, classes: 10", AHEAD), "not_applicable"),
        (texts("examples: 640, classes: 10", NOT_AHEAD), "warning"),
    ],
)
def test_few_labels_full_fine_tuning(facts: str, expected: str) -> None:
    assert verdict("DAT105", facts) == expected


@pytest.mark.parametrize(("each", "quoted"), [(8, 8), (12, 16), (64, 64)])
def test_few_labels_quotes_the_comparison_of_that_size(each: int, quoted: int) -> None:
    found = fine_tuning_on_few_labels(quoted)
    assert found is not None
    counts = found.counts
    message = told("DAT105", texts(f"examples: {each * 10}, classes: 10")).message
    assert f"{each} training examples a class" in message
    assert f"with {quoted} labels a class" in message
    assert f"won {counts.wins}, tied {counts.ties} and lost {counts.losses}" in message
    assert f"{-found.gap:g} points behind" in message


def test_few_labels_quotes_the_largest_comparison_of_a_range() -> None:
    message = told("DAT105", texts("examples: 500..900, classes: 10")).message
    assert "50..90 training examples a class" in message
    assert "with 64 labels a class" in message


def translation(data: str, *rest: str, how: str = "from_scratch", more: str = "") -> str:
    task = f"task: {{type: translation, modality: text{more}}}"
    return trained(how, task, f"data: {{{data}}}", *rest)


def speech(data: str, *rest: str, how: str = "from_scratch", more: str = "") -> str:
    task = f"task: {{type: speech_recognition, modality: audio{more}}}"
    return trained(how, task, f"data: {{{data}}}", *rest)


LINEAR = "{family: classical_ml, algorithm: fasttext, status: measured, score: 0.8}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (translation("words: 14_999_999"), "warning"),
        (translation("words: 15M"), "clear"),
        (translation("words: 10M..20M"), "possible"),
        (translation("words: unknown"), "possible"),
        (translation("examples: 1M"), "undecided"),
        (translation("words: 1M", how="fine_tuning"), "not_applicable"),
        (translation("words: 1M", how="unknown"), "possible"),
        (speech("hours: 959"), "warning"),
        (speech("hours: 960"), "clear"),
        (speech("hours: 500..1000"), "possible"),
        (speech("examples: 100k"), "undecided"),
        (speech("hours: 10", how="fine_tuning"), "not_applicable"),
        # A small vocabulary.
        (speech("hours: 10", more=", complexity: simple"), "note"),
        (speech("hours: 10", more=", complexity: moderate"), "warning"),
        (speech("hours: 10", more=", complexity: unknown"), "note"),
        (translation("words: 1M", more=", complexity: simple"), "note"),
        # Texts, without a linear or n-gram model to compare with.
        (texts("examples: 499_999", how="from_scratch"), "warning"),
        (texts("examples: 500k", how="from_scratch"), "clear"),
        (
            texts("examples: 510k", "labels: {test_examples: 20k}", how="from_scratch"),
            "warning",
        ),
        (texts("examples: 100k", f"alternatives: [{LINEAR}]", how="from_scratch"), "clear"),
        (texts("examples: 100k", "alternatives: unknown", how="from_scratch"), "possible"),
        (texts("examples: 100k", NOT_AHEAD, how="from_scratch"), "clear"),
        (
            texts(
                "examples: 100k",
                "target: {metric: f1, baseline: 0.8, baseline_kind: statistics}",
                how="from_scratch",
            ),
            "clear",
        ),
        (
            texts(
                "examples: 100k",
                "target: {metric: f1, baseline: 0.8, baseline_kind: rules}",
                how="from_scratch",
            ),
            "warning",
        ),
        (
            texts("examples: 100k", "target: {metric: f1, baseline: 0.8}", how="from_scratch"),
            "clear",
        ),
        (texts("examples: 100k", how="from_scratch", complexity="simple"), "note"),
        (
            trained(
                "from_scratch",
                "task: {type: summarisation, modality: text}",
                "data: {examples: 100, words: 1000}",
            ),
            "not_applicable",
        ),
        # Measured beats prior.
        (
            speech(
                "hours: 100",
                "target: {metric: wer, baseline: 0.3, baseline_kind: statistics, pilot: 0.2}",
            ),
            "not_applicable",
        ),
        (
            speech(
                "hours: 100",
                "target: {metric: wer, baseline: 0.3, baseline_kind: statistics, pilot: 0.4}",
            ),
            "warning",
        ),
    ],
)
def test_sequence_model_from_scratch(facts: str, expected: str) -> None:
    assert verdict("DAT106", facts) == expected


def test_sequence_model_tells_its_numbers() -> None:
    message = told("DAT106", translation("words: 4M")).message
    assert "4,000,000 words" in message
    assert "15,000,000" in message
    message = told("DAT106", speech("hours: 120")).message
    assert "120 hours" in message
    assert "960" in message
    assert "customary" in message
    message = told("DAT106", texts("examples: 100k", how="from_scratch")).message
    assert "100,000 training texts" in message
    assert "500,000" in message
    assert outcome_of("DAT106", translation("examples: 1M")).missing == {"data.words"}
    assert outcome_of("DAT106", speech("examples: 1k")).missing == {"data.hours"}
