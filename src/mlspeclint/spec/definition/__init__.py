"""The definition of `ml-project.yaml`, version 1: what people read and edit."""

from __future__ import annotations

from typing import Any

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from mlspeclint.spec.definition.approach import Alternative, Approach
from mlspeclint.spec.definition.base import Section, Unknown, Version, described, required
from mlspeclint.spec.definition.budget import Budget
from mlspeclint.spec.definition.compute import Compute
from mlspeclint.spec.definition.data import Data
from mlspeclint.spec.definition.explainability import Explainability
from mlspeclint.spec.definition.knowledge import DomainKnowledge, RulesBaseline
from mlspeclint.spec.definition.labels import Labels
from mlspeclint.spec.definition.people import People
from mlspeclint.spec.definition.project import Project
from mlspeclint.spec.definition.retraining import Retraining
from mlspeclint.spec.definition.serving import ManualProcess, Serving
from mlspeclint.spec.definition.target import Target
from mlspeclint.spec.definition.task import Task
from mlspeclint.spec.definition.waivers import Waiver


class Spec(Section):
    """The plan of a machine learning project: what is predicted, from what, at what cost, and how."""

    mlspec: Version = required("The version of the format.", examples=[1])
    project: Project = required("What the project is, how far it has come, and why it is done.")
    task: Task | Unknown = required("What is to be predicted, and from which kind of data.")
    approach: Approach = required("The approach that was chosen.")
    alternatives: list[Alternative] | Unknown = described(
        "Approaches that were measured, considered or rejected."
    )
    data: Data | Unknown = described("How much data there is, of what kind, and how it changes.")
    labels: Labels | Unknown = described("Who makes the labels, how many, at what cost, how good.")
    budget: Budget | Unknown = described("What may be spent, on what, and for how long.")
    compute: Compute | Unknown = described("The machines that train the model.")
    serving: Serving | Unknown = described("The model in use.")
    manual_process: ManualProcess | Unknown = described("How people handle the items today.")
    rules_baseline: RulesBaseline | Unknown = described("Hand-written rules that do the task.")
    domain_knowledge: DomainKnowledge | Unknown = described("What people know of the field.")
    target: Target | Unknown = described("What is to be reached, and what it is compared with.")
    explainability: Explainability | Unknown = described("Which explanations are needed, and how.")
    retraining: Retraining | Unknown = described("How the model is kept up to date.")
    people: People | Unknown = described("Whose data are used, and whom the model looks at.")
    waivers: list[Waiver] | Unknown = described("Findings that the team lives with, for a time.")

    @model_validator(mode="after")
    def _one_currency(self) -> Any:
        currencies = set(self.currencies())
        if not isinstance(self.budget, Budget):
            declared = "unknown" if self.budget else "USD"
        else:
            declared = self.budget.currency or "USD"
        if len(currencies - {declared}) > (declared == "unknown"):
            raise PydanticCustomError("currencies", "all amounts are in one currency")
        return self


__all__ = ["Spec"]
