"""The sections of a spec. Generated from `definition/` by `scripts/generate.py`: do not edit."""

# ruff: noqa: E501, SIM905
from __future__ import annotations

from mlspeclint.spec import facts as f
from mlspeclint.spec import kinds as k
from mlspeclint.spec import shapes as s

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar


class Project(f.Section):
    """What the project is, how far it has come, and why it is done."""

    name: f.Choice = f.absent_choice("project.name")
    summary: f.Choice = f.absent_choice("project.summary")
    owner: f.Choice = f.absent_choice("project.owner")
    stage: f.Choice = f.default_choice(
        "project.stage",
        "proposal",
        (
            "idea",
            "proposal",
            "pilot",
            "production",
            "retired",
        ),
    )
    motivation: f.Choice = f.absent_choice("project.motivation")
    motivation_kind: f.Choice = f.absent_choice(
        "project.motivation_kind",
        (
            "business_need",
            "cost_reduction",
            "regulation",
            "research",
            "innovation",
            "competitor_pressure",
        ),
    )
    kpi: f.Choice = f.undone_choice("project.kpi", None)
    created: f.Measure = f.absent_measure("project.created", k.DATE)
    deadline: f.Measure = f.absent_measure("project.deadline", k.DATE)

    FIELDS: ClassVar[dict[str, Any]] = {
        "name": s.SlugShape(),
        "summary": s.TextShape(),
        "owner": s.TextShape(),
        "stage": s.ChoiceShape(
            (
                "idea",
                "proposal",
                "pilot",
                "production",
                "retired",
            )
        ),
        "motivation": s.TextShape(),
        "motivation_kind": s.ChoiceShape(
            (
                "business_need",
                "cost_reduction",
                "regulation",
                "research",
                "innovation",
                "competitor_pressure",
            )
        ),
        "kpi": s.TextShape(),
        "created": s.QuantityShape(k.DATE),
        "deadline": s.QuantityShape(k.DATE),
    }
    REQUIRED = ("name",)


class Task(f.Section):
    """What is to be predicted, and from which kind of data."""

    type: f.Choice = f.absent_choice(
        "task.type",
        (
            "classification",
            "regression",
            "ranking",
            "recommendation",
            "forecasting",
            "anomaly_detection",
            "clustering",
            "object_detection",
            "segmentation",
            "sequence_labelling",
            "generation",
            "summarisation",
            "translation",
            "speech_recognition",
            "retrieval",
            "representation",
            "control",
            "other",
        ),
    )
    modality: f.Choice = f.absent_choice(
        "task.modality",
        (
            "tabular",
            "text",
            "image",
            "video",
            "audio",
            "time_series",
            "graph",
            "multimodal",
            "other",
        ),
    )
    description: f.Choice = f.absent_choice("task.description")
    domain: f.Choice = f.absent_choice("task.domain")
    complexity: f.Choice = f.absent_choice(
        "task.complexity",
        (
            "simple",
            "moderate",
            "complex",
        ),
    )
    multilabel: f.Flag = f.default_flag("task.multilabel", False)

    FIELDS: ClassVar[dict[str, Any]] = {
        "type": s.ChoiceShape(
            (
                "classification",
                "regression",
                "ranking",
                "recommendation",
                "forecasting",
                "anomaly_detection",
                "clustering",
                "object_detection",
                "segmentation",
                "sequence_labelling",
                "generation",
                "summarisation",
                "translation",
                "speech_recognition",
                "retrieval",
                "representation",
                "control",
                "other",
            )
        ),
        "modality": s.ChoiceShape(
            (
                "tabular",
                "text",
                "image",
                "video",
                "audio",
                "time_series",
                "graph",
                "multimodal",
                "other",
            )
        ),
        "description": s.TextShape(),
        "domain": s.TextShape(),
        "complexity": s.ChoiceShape(
            (
                "simple",
                "moderate",
                "complex",
            )
        ),
        "multilabel": s.FlagShape(),
    }
    REQUIRED = (
        "type",
        "modality",
    )


class BaseModel(f.Section):
    """The pretrained model that is built upon."""

    name: f.Choice = f.absent_choice("approach.base_model.name")
    licence: f.Choice = f.absent_choice("approach.base_model.licence")
    source_domain: f.Choice = f.absent_choice("approach.base_model.source_domain")
    same_domain: f.Flag = f.absent_flag("approach.base_model.same_domain")
    licence_reviewed: f.Flag = f.undone_duty("approach.base_model.licence_reviewed")
    bias_reviewed: f.Flag = f.undone_duty("approach.base_model.bias_reviewed")
    tabular_foundation_model: f.Flag = f.default_flag(
        "approach.base_model.tabular_foundation_model", False
    )

    FIELDS: ClassVar[dict[str, Any]] = {
        "name": s.TextShape(),
        "licence": s.TextShape(),
        "source_domain": s.TextShape(),
        "same_domain": s.FlagShape(),
        "licence_reviewed": s.FlagShape(),
        "bias_reviewed": s.FlagShape(),
        "tabular_foundation_model": s.FlagShape(),
    }


class Approach(f.Section):
    """The approach that was chosen."""

    family: f.Choice = f.absent_choice(
        "approach.family",
        (
            "rules",
            "statistics",
            "classical_ml",
            "deep_learning",
        ),
    )
    training: f.Choice = f.absent_choice(
        "approach.training",
        (
            "from_scratch",
            "fine_tuning",
            "frozen_features",
            "few_shot",
            "zero_shot",
            "prompting",
        ),
    )
    algorithm: f.Choice = f.absent_choice("approach.algorithm")
    architecture: f.Choice = f.absent_choice("approach.architecture")
    parameters: f.Measure = f.absent_measure("approach.parameters", k.COUNT)
    adapter: f.Choice = f.default_choice(
        "approach.adapter",
        "none",
        (
            "lora",
            "none",
        ),
    )
    hosting: f.Choice = f.absent_choice(
        "approach.hosting",
        (
            "own",
            "vendor",
        ),
    )
    incremental: f.Flag = f.default_flag("approach.incremental", False)
    base_model: BaseModel = BaseModel()

    FIELDS: ClassVar[dict[str, Any]] = {
        "family": s.ChoiceShape(
            (
                "rules",
                "statistics",
                "classical_ml",
                "deep_learning",
            ),
            unknown=False,
        ),
        "training": s.ChoiceShape(
            (
                "from_scratch",
                "fine_tuning",
                "frozen_features",
                "few_shot",
                "zero_shot",
                "prompting",
            )
        ),
        "algorithm": s.TextShape(),
        "architecture": s.TextShape(),
        "parameters": s.QuantityShape(k.COUNT),
        "adapter": s.ChoiceShape(
            (
                "lora",
                "none",
            )
        ),
        "hosting": s.ChoiceShape(
            (
                "own",
                "vendor",
            )
        ),
        "incremental": s.FlagShape(),
        "base_model": s.SectionShape(BaseModel),
    }
    REQUIRED = ("family",)
    TRAINED = True


class Alternative(f.Section):
    """An approach that was measured, considered or rejected."""

    family: f.Choice = f.absent_choice(
        "alternatives[].family",
        (
            "rules",
            "statistics",
            "classical_ml",
            "deep_learning",
        ),
    )
    training: f.Choice = f.absent_choice(
        "alternatives[].training",
        (
            "from_scratch",
            "fine_tuning",
            "frozen_features",
            "few_shot",
            "zero_shot",
            "prompting",
        ),
    )
    algorithm: f.Choice = f.absent_choice("alternatives[].algorithm")
    status: f.Choice = f.absent_choice(
        "alternatives[].status",
        (
            "measured",
            "considered",
            "rejected",
        ),
    )
    score: f.Measure = f.absent_measure("alternatives[].score", k.NUMBER)
    metric: f.Choice = f.absent_choice(
        "alternatives[].metric",
        (
            "accuracy",
            "balanced_accuracy",
            "precision",
            "recall",
            "f1",
            "auc",
            "average_precision",
            "rmse",
            "mae",
            "mape",
            "smape",
            "mase",
            "r2",
            "wer",
            "cer",
            "bleu",
            "rouge",
            "map",
            "iou",
            "dice",
            "ndcg",
            "recall_at_k",
            "top5_accuracy",
            "kappa",
            "log_loss",
            "sensitivity_at_specificity",
            "other",
        ),
    )
    training_time: f.Measure = f.absent_measure("alternatives[].training_time", k.DURATION)
    cost: f.Measure = f.absent_measure("alternatives[].cost", k.MONEY)
    reason: f.Choice = f.absent_choice("alternatives[].reason")

    FIELDS: ClassVar[dict[str, Any]] = {
        "family": s.ChoiceShape(
            (
                "rules",
                "statistics",
                "classical_ml",
                "deep_learning",
            )
        ),
        "training": s.ChoiceShape(
            (
                "from_scratch",
                "fine_tuning",
                "frozen_features",
                "few_shot",
                "zero_shot",
                "prompting",
            )
        ),
        "algorithm": s.TextShape(),
        "status": s.ChoiceShape(
            (
                "measured",
                "considered",
                "rejected",
            )
        ),
        "score": s.QuantityShape(k.NUMBER),
        "metric": s.ChoiceShape(
            (
                "accuracy",
                "balanced_accuracy",
                "precision",
                "recall",
                "f1",
                "auc",
                "average_precision",
                "rmse",
                "mae",
                "mape",
                "smape",
                "mase",
                "r2",
                "wer",
                "cer",
                "bleu",
                "rouge",
                "map",
                "iou",
                "dice",
                "ndcg",
                "recall_at_k",
                "top5_accuracy",
                "kappa",
                "log_loss",
                "sensitivity_at_specificity",
                "other",
            )
        ),
        "training_time": s.QuantityShape(k.DURATION),
        "cost": s.QuantityShape(k.MONEY),
        "reason": s.TextShape(),
    }
    REQUIRED = ("family",)
    TRAINED = True


class DataSource(f.Section):
    """A file or a table that the data come from."""

    path: f.Choice = f.absent_choice("data.sources[].path")
    format: f.Choice = f.absent_choice("data.sources[].format")
    label_column: f.Choice = f.absent_choice("data.sources[].label_column")
    unit: f.Choice = f.absent_choice("data.sources[].unit")

    FIELDS: ClassVar[dict[str, Any]] = {
        "path": s.TextShape(),
        "format": s.TextShape(),
        "label_column": s.TextShape(),
        "unit": s.TextShape(),
    }
    REQUIRED = ("path",)


class Data(f.Section):
    """The data: how much there is, of what kind, and how it changes."""

    examples: f.Measure = f.absent_measure("data.examples", k.COUNT)
    required: f.Measure = f.absent_measure("data.required", k.COUNT)
    features: f.Measure = f.absent_measure("data.features", k.COUNT)
    classes: f.Measure = f.absent_measure("data.classes", k.COUNT)
    smallest_class: f.Measure = f.absent_measure("data.smallest_class", k.COUNT)
    instances: f.Measure = f.absent_measure("data.instances", k.COUNT)
    unlabelled: f.Measure = f.absent_measure("data.unlabelled", k.COUNT)
    groups: f.Measure = f.absent_measure("data.groups", k.COUNT)
    positive_rate: f.Measure = f.absent_measure("data.positive_rate", k.FRACTION)
    size: f.Measure = f.absent_measure("data.size", k.SIZE)
    hours: f.Measure = f.absent_measure("data.hours", k.POSITIVE)
    words: f.Measure = f.absent_measure("data.words", k.COUNT)
    series: f.Measure = f.absent_measure("data.series", k.COUNT)
    history: f.Measure = f.absent_measure("data.history", k.DURATION)
    interactions: f.Measure = f.absent_measure("data.interactions", k.COUNT)
    distinct_ids: f.Measure = f.absent_measure("data.distinct_ids", k.COUNT)
    availability: f.Choice = f.absent_choice(
        "data.availability",
        (
            "available",
            "partial",
            "to_be_collected",
        ),
    )
    obtainable: f.Measure = f.absent_measure("data.obtainable", k.COUNT)
    collection_cost_each: f.Measure = f.absent_measure("data.collection_cost_each", k.MONEY)
    collection_per_day: f.Measure = f.absent_measure("data.collection_per_day", k.COUNT)
    synthetic: f.Flag = f.default_flag("data.synthetic", False)
    split: f.Choice = f.absent_choice(
        "data.split",
        (
            "random",
            "stratified",
            "grouped",
            "time",
        ),
    )
    changes_every: f.Measure = f.absent_measure("data.changes_every", k.DURATION)
    sources: f.Items[DataSource] = f.NO_ITEMS

    FIELDS: ClassVar[dict[str, Any]] = {
        "examples": s.QuantityShape(k.COUNT),
        "required": s.QuantityShape(k.COUNT),
        "features": s.QuantityShape(k.COUNT),
        "classes": s.QuantityShape(k.COUNT),
        "smallest_class": s.QuantityShape(k.COUNT),
        "instances": s.QuantityShape(k.COUNT),
        "unlabelled": s.QuantityShape(k.COUNT),
        "groups": s.QuantityShape(k.COUNT),
        "positive_rate": s.QuantityShape(k.FRACTION),
        "size": s.QuantityShape(k.SIZE),
        "hours": s.QuantityShape(k.POSITIVE),
        "words": s.QuantityShape(k.COUNT),
        "series": s.QuantityShape(k.COUNT),
        "history": s.QuantityShape(k.DURATION),
        "interactions": s.QuantityShape(k.COUNT),
        "distinct_ids": s.QuantityShape(k.COUNT),
        "availability": s.ChoiceShape(
            (
                "available",
                "partial",
                "to_be_collected",
            )
        ),
        "obtainable": s.QuantityShape(k.COUNT),
        "collection_cost_each": s.QuantityShape(k.MONEY),
        "collection_per_day": s.QuantityShape(k.COUNT),
        "synthetic": s.FlagShape(),
        "split": s.ChoiceShape(
            (
                "random",
                "stratified",
                "grouped",
                "time",
            )
        ),
        "changes_every": s.QuantityShape(k.DURATION),
        "sources": s.ListShape(s.SectionShape(DataSource, unknown=False)),
    }


class Labels(f.Section):
    """The labels: who makes them, how many there are, what they cost and how good they are."""

    needed: f.Flag = f.absent_flag("labels.needed")
    source: f.Choice = f.absent_choice(
        "labels.source",
        (
            "experts",
            "crowd",
            "users",
            "programmatic",
            "by_product",
            "measurement",
            "simulation",
            "model",
            "none",
        ),
    )
    proxy: f.Flag = f.default_flag("labels.proxy", False)
    labelled: f.Measure = f.absent_measure("labels.labelled", k.COUNT)
    required: f.Measure = f.absent_measure("labels.required", k.COUNT)
    cost_each: f.Measure = f.absent_measure("labels.cost_each", k.MONEY)
    time_each: f.Measure = f.absent_measure("labels.time_each", k.DURATION)
    wage_per_hour: f.Measure = f.absent_measure("labels.wage_per_hour", k.MONEY)
    per_item: f.Measure = f.default_measure("labels.per_item", k.COUNT, 1.0, 1.0)
    review_share: f.Measure = f.default_measure("labels.review_share", k.FRACTION, 0.0, 0.0)
    per_day: f.Measure = f.absent_measure("labels.per_day", k.COUNT)
    agreement: f.Measure = f.absent_measure("labels.agreement", k.SIGNED_FRACTION)
    raw_agreement: f.Measure = f.absent_measure("labels.raw_agreement", k.FRACTION)
    noise: f.Measure = f.absent_measure("labels.noise", k.FRACTION)
    test_noise: f.Measure = f.absent_measure("labels.test_noise", k.FRACTION)
    latency: f.Measure = f.absent_measure("labels.latency", k.DURATION)
    test_examples: f.Measure = f.absent_measure("labels.test_examples", k.COUNT)
    test_annotators: f.Measure = f.absent_measure("labels.test_annotators", k.COUNT)

    FIELDS: ClassVar[dict[str, Any]] = {
        "needed": s.FlagShape(),
        "source": s.ChoiceShape(
            (
                "experts",
                "crowd",
                "users",
                "programmatic",
                "by_product",
                "measurement",
                "simulation",
                "model",
                "none",
            )
        ),
        "proxy": s.FlagShape(),
        "labelled": s.QuantityShape(k.COUNT),
        "required": s.QuantityShape(k.COUNT),
        "cost_each": s.QuantityShape(k.MONEY),
        "time_each": s.QuantityShape(k.DURATION),
        "wage_per_hour": s.QuantityShape(k.MONEY),
        "per_item": s.QuantityShape(k.COUNT),
        "review_share": s.QuantityShape(k.FRACTION),
        "per_day": s.QuantityShape(k.COUNT),
        "agreement": s.QuantityShape(k.SIGNED_FRACTION),
        "raw_agreement": s.QuantityShape(k.FRACTION),
        "noise": s.QuantityShape(k.FRACTION),
        "test_noise": s.QuantityShape(k.FRACTION),
        "latency": s.QuantityShape(k.DURATION),
        "test_examples": s.QuantityShape(k.COUNT),
        "test_annotators": s.QuantityShape(k.COUNT),
    }


class Budget(f.Section):
    """The money: what may be spent, on what, and for how long."""

    currency: f.Choice = f.default_choice(
        "budget.currency",
        "USD",
        tuple(
            "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG".split()
        ),
    )
    horizon: f.Measure = f.default_measure("budget.horizon", k.DURATION, 31557600.0, 94672800.0)
    total: f.Measure = f.absent_measure("budget.total", k.MONEY)
    labelling: f.Measure = f.absent_measure("budget.labelling", k.MONEY)
    compute: f.Measure = f.absent_measure("budget.compute", k.MONEY)
    operations_per_year: f.Measure = f.absent_measure("budget.operations_per_year", k.MONEY)
    build: f.Measure = f.absent_measure("budget.build", k.MONEY)

    FIELDS: ClassVar[dict[str, Any]] = {
        "currency": s.ChoiceShape(
            tuple(
                "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG".split()
            )
        ),
        "horizon": s.QuantityShape(k.DURATION),
        "total": s.QuantityShape(k.MONEY),
        "labelling": s.QuantityShape(k.MONEY),
        "compute": s.QuantityShape(k.MONEY),
        "operations_per_year": s.QuantityShape(k.MONEY),
        "build": s.QuantityShape(k.MONEY),
    }


class Compute(f.Section):
    """The machines that train the model."""

    accelerator: f.Choice = f.absent_choice(
        "compute.accelerator",
        (
            "none",
            "T4",
            "L4",
            "A10G",
            "V100",
            "A100",
            "H100",
            "H200",
            "other",
        ),
    )
    accelerators: f.Measure = f.default_measure("compute.accelerators", k.COUNT, 1.0, 1.0)
    owned: f.Flag = f.default_flag("compute.owned", False)
    price_per_hour: f.Measure = f.absent_measure("compute.price_per_hour", k.MONEY)
    training_time: f.Measure = f.absent_measure("compute.training_time", k.DURATION)
    training_flops: f.Measure = f.absent_measure("compute.training_flops", k.POSITIVE)
    experiments: f.Measure = f.default_measure("compute.experiments", k.COUNT, 1.0, 20.0)
    utilisation: f.Measure = f.absent_measure("compute.utilisation", k.FRACTION)

    FIELDS: ClassVar[dict[str, Any]] = {
        "accelerator": s.ChoiceShape(
            (
                "none",
                "T4",
                "L4",
                "A10G",
                "V100",
                "A100",
                "H100",
                "H200",
                "other",
            )
        ),
        "accelerators": s.QuantityShape(k.COUNT),
        "owned": s.FlagShape(),
        "price_per_hour": s.QuantityShape(k.MONEY),
        "training_time": s.QuantityShape(k.DURATION),
        "training_flops": s.QuantityShape(k.POSITIVE),
        "experiments": s.QuantityShape(k.COUNT),
        "utilisation": s.QuantityShape(k.FRACTION),
    }


class Serving(f.Section):
    """The model in use."""

    items_per_month: f.Measure = f.absent_measure("serving.items_per_month", k.COUNT)
    latency: f.Measure = f.absent_measure("serving.latency", k.DURATION)
    latency_limit: f.Measure = f.absent_measure("serving.latency_limit", k.DURATION)
    cost_per_1000: f.Measure = f.absent_measure("serving.cost_per_1000", k.MONEY)
    error_rate: f.Measure = f.absent_measure("serving.error_rate", k.FRACTION)
    device: f.Choice = f.absent_choice(
        "serving.device",
        (
            "server",
            "browser",
            "mobile",
            "embedded",
        ),
    )
    device_memory: f.Measure = f.absent_measure("serving.device_memory", k.SIZE)
    model_memory: f.Measure = f.absent_measure("serving.model_memory", k.SIZE)
    human_review_share: f.Measure = f.default_measure(
        "serving.human_review_share", k.FRACTION, 0.0, 0.0
    )

    FIELDS: ClassVar[dict[str, Any]] = {
        "items_per_month": s.QuantityShape(k.COUNT),
        "latency": s.QuantityShape(k.DURATION),
        "latency_limit": s.QuantityShape(k.DURATION),
        "cost_per_1000": s.QuantityShape(k.MONEY),
        "error_rate": s.QuantityShape(k.FRACTION),
        "device": s.ChoiceShape(
            (
                "server",
                "browser",
                "mobile",
                "embedded",
            )
        ),
        "device_memory": s.QuantityShape(k.SIZE),
        "model_memory": s.QuantityShape(k.SIZE),
        "human_review_share": s.QuantityShape(k.FRACTION),
    }


class ManualProcess(f.Section):
    """How the items are handled today, by people."""

    minutes_per_item: f.Measure = f.absent_measure("manual_process.minutes_per_item", k.POSITIVE)
    wage_per_hour: f.Measure = f.absent_measure("manual_process.wage_per_hour", k.MONEY)
    cost_per_item: f.Measure = f.absent_measure("manual_process.cost_per_item", k.MONEY)
    error_rate: f.Measure = f.absent_measure("manual_process.error_rate", k.FRACTION)
    cost_per_error: f.Measure = f.default_measure(
        "manual_process.cost_per_error", k.MONEY, 0.0, 0.0
    )

    FIELDS: ClassVar[dict[str, Any]] = {
        "minutes_per_item": s.QuantityShape(k.POSITIVE),
        "wage_per_hour": s.QuantityShape(k.MONEY),
        "cost_per_item": s.QuantityShape(k.MONEY),
        "error_rate": s.QuantityShape(k.FRACTION),
        "cost_per_error": s.QuantityShape(k.MONEY),
    }


class RulesBaseline(f.Section):
    """Hand-written rules that do the task today, or could."""

    exists: f.Flag = f.absent_flag("rules_baseline.exists")
    coverage: f.Measure = f.absent_measure("rules_baseline.coverage", k.FRACTION)
    precision: f.Measure = f.absent_measure("rules_baseline.precision", k.FRACTION)
    rules: f.Measure = f.absent_measure("rules_baseline.rules", k.COUNT)

    FIELDS: ClassVar[dict[str, Any]] = {
        "exists": s.FlagShape(),
        "coverage": s.QuantityShape(k.FRACTION),
        "precision": s.QuantityShape(k.FRACTION),
        "rules": s.QuantityShape(k.COUNT),
    }


class DomainKnowledge(f.Section):
    """What people know of the field."""

    experts: f.Choice = f.absent_choice(
        "domain_knowledge.experts",
        (
            "none",
            "some",
            "available",
        ),
    )
    features_known: f.Flag = f.absent_flag("domain_knowledge.features_known")
    notes: f.Choice = f.absent_choice("domain_knowledge.notes")

    FIELDS: ClassVar[dict[str, Any]] = {
        "experts": s.ChoiceShape(
            (
                "none",
                "some",
                "available",
            )
        ),
        "features_known": s.FlagShape(),
        "notes": s.TextShape(),
    }


class CurvePoint(f.Section):
    """The score that was measured with some number of training examples."""

    examples: f.Measure = f.absent_measure("target.curve[].examples", k.COUNT)
    score: f.Measure = f.absent_measure("target.curve[].score", k.NUMBER)

    FIELDS: ClassVar[dict[str, Any]] = {
        "examples": s.QuantityShape(k.COUNT),
        "score": s.QuantityShape(k.NUMBER),
    }
    REQUIRED = (
        "examples",
        "score",
    )


class Target(f.Section):
    """What is to be reached, and what it is compared with."""

    metric: f.Choice = f.absent_choice(
        "target.metric",
        (
            "accuracy",
            "balanced_accuracy",
            "precision",
            "recall",
            "f1",
            "auc",
            "average_precision",
            "rmse",
            "mae",
            "mape",
            "smape",
            "mase",
            "r2",
            "wer",
            "cer",
            "bleu",
            "rouge",
            "map",
            "iou",
            "dice",
            "ndcg",
            "recall_at_k",
            "top5_accuracy",
            "kappa",
            "log_loss",
            "sensitivity_at_specificity",
            "other",
        ),
    )
    direction: f.Choice = f.absent_choice(
        "target.direction",
        (
            "maximize",
            "minimize",
        ),
    )
    value: f.Measure = f.absent_measure("target.value", k.NUMBER)
    expected_gain: f.Measure = f.absent_measure("target.expected_gain", k.NUMBER)
    baseline: f.Measure = f.absent_measure("target.baseline", k.NUMBER)
    baseline_kind: f.Choice = f.absent_choice(
        "target.baseline_kind",
        (
            "constant",
            "rules",
            "statistics",
            "classical_ml",
            "current_process",
            "zero_shot",
            "simulation",
            "human",
            "previous_model",
        ),
    )
    human: f.Measure = f.absent_measure("target.human", k.NUMBER)
    state_of_the_art: f.Measure = f.absent_measure("target.state_of_the_art", k.NUMBER)
    pilot: f.Measure = f.absent_measure("target.pilot", k.NUMBER)
    pilot_examples: f.Measure = f.absent_measure("target.pilot_examples", k.COUNT)
    curve: f.Items[CurvePoint] = f.NO_ITEMS
    ground_truth: f.Choice = f.absent_choice(
        "target.ground_truth",
        (
            "annotators",
            "measurement",
            "outcome",
        ),
    )
    external_test: f.Flag = f.undone_duty("target.external_test")

    FIELDS: ClassVar[dict[str, Any]] = {
        "metric": s.ChoiceShape(
            (
                "accuracy",
                "balanced_accuracy",
                "precision",
                "recall",
                "f1",
                "auc",
                "average_precision",
                "rmse",
                "mae",
                "mape",
                "smape",
                "mase",
                "r2",
                "wer",
                "cer",
                "bleu",
                "rouge",
                "map",
                "iou",
                "dice",
                "ndcg",
                "recall_at_k",
                "top5_accuracy",
                "kappa",
                "log_loss",
                "sensitivity_at_specificity",
                "other",
            )
        ),
        "direction": s.ChoiceShape(
            (
                "maximize",
                "minimize",
            )
        ),
        "value": s.QuantityShape(k.NUMBER),
        "expected_gain": s.QuantityShape(k.NUMBER),
        "baseline": s.QuantityShape(k.NUMBER),
        "baseline_kind": s.ChoiceShape(
            (
                "constant",
                "rules",
                "statistics",
                "classical_ml",
                "current_process",
                "zero_shot",
                "simulation",
                "human",
                "previous_model",
            )
        ),
        "human": s.QuantityShape(k.NUMBER),
        "state_of_the_art": s.QuantityShape(k.NUMBER),
        "pilot": s.QuantityShape(k.NUMBER),
        "pilot_examples": s.QuantityShape(k.COUNT),
        "curve": s.ListShape(s.SectionShape(CurvePoint, unknown=False)),
        "ground_truth": s.ChoiceShape(
            (
                "annotators",
                "measurement",
                "outcome",
            )
        ),
        "external_test": s.FlagShape(),
    }


class Explainability(f.Section):
    """Which explanations are needed, by whom, and how they are made."""

    required: f.Choice = f.undone_choice(
        "explainability.required",
        "none",
        (
            "none",
            "global",
            "local",
            "reasons",
            "full",
        ),
    )
    method: f.Choice = f.absent_choice(
        "explainability.method",
        (
            "none",
            "attribution",
            "surrogate",
            "counterfactual",
            "inherent",
        ),
    )
    validated: f.Flag = f.undone_duty("explainability.validated")
    audience: f.Choice = f.absent_choice(
        "explainability.audience",
        (
            "developers",
            "operators",
            "customers",
            "regulator",
        ),
    )
    affects_people: f.Flag = f.absent_flag("explainability.affects_people")
    decision: f.Choice = f.absent_choice(
        "explainability.decision",
        (
            "informs",
            "recommends",
            "decides",
        ),
    )
    domain: f.Choice = f.absent_choice(
        "explainability.domain",
        (
            "biometrics",
            "critical_infrastructure",
            "education",
            "employment",
            "essential_services",
            "credit",
            "insurance",
            "law_enforcement",
            "migration",
            "justice",
            "health",
            "none",
        ),
    )
    regimes: f.Items[f.Choice] = f.NO_ITEMS

    FIELDS: ClassVar[dict[str, Any]] = {
        "required": s.ChoiceShape(
            (
                "none",
                "global",
                "local",
                "reasons",
                "full",
            )
        ),
        "method": s.ChoiceShape(
            (
                "none",
                "attribution",
                "surrogate",
                "counterfactual",
                "inherent",
            )
        ),
        "validated": s.FlagShape(),
        "audience": s.ChoiceShape(
            (
                "developers",
                "operators",
                "customers",
                "regulator",
            )
        ),
        "affects_people": s.FlagShape(),
        "decision": s.ChoiceShape(
            (
                "informs",
                "recommends",
                "decides",
            )
        ),
        "domain": s.ChoiceShape(
            (
                "biometrics",
                "critical_infrastructure",
                "education",
                "employment",
                "essential_services",
                "credit",
                "insurance",
                "law_enforcement",
                "migration",
                "justice",
                "health",
                "none",
            )
        ),
        "regimes": s.ListShape(s.TextShape()),
    }


class Retraining(f.Section):
    """How the model is kept up to date."""

    every: f.Measure = f.absent_measure("retraining.every", k.CADENCE)
    label_wait: f.Measure = f.default_measure("retraining.label_wait", k.DURATION, 0.0, 0.0)
    preparation: f.Measure = f.absent_measure("retraining.preparation", k.DURATION)
    runs: f.Measure = f.default_measure("retraining.runs", k.COUNT, 1.0, 1.0)
    validation: f.Measure = f.absent_measure("retraining.validation", k.DURATION)
    deployment: f.Measure = f.absent_measure("retraining.deployment", k.DURATION)
    cost_each: f.Measure = f.absent_measure("retraining.cost_each", k.MONEY)
    monitoring: f.Flag = f.undone_duty("retraining.monitoring")
    rollback: f.Flag = f.undone_duty("retraining.rollback")

    FIELDS: ClassVar[dict[str, Any]] = {
        "every": s.QuantityShape(k.CADENCE),
        "label_wait": s.QuantityShape(k.DURATION),
        "preparation": s.QuantityShape(k.DURATION),
        "runs": s.QuantityShape(k.COUNT),
        "validation": s.QuantityShape(k.DURATION),
        "deployment": s.QuantityShape(k.DURATION),
        "cost_each": s.QuantityShape(k.MONEY),
        "monitoring": s.FlagShape(),
        "rollback": s.FlagShape(),
    }


class People(f.Section):
    """The people whose data are used or whom the model looks at."""

    personal_data: f.Flag = f.absent_flag("people.personal_data")
    special_categories: f.Flag = f.absent_flag("people.special_categories")
    biometric: f.Flag = f.absent_flag("people.biometric")
    children: f.Flag = f.absent_flag("people.children")
    employees_monitored: f.Flag = f.absent_flag("people.employees_monitored")
    infers_sensitive_traits: f.Flag = f.absent_flag("people.infers_sensitive_traits")
    surprising_to_subjects: f.Flag = f.absent_flag("people.surprising_to_subjects")
    legal_basis: f.Choice = f.undone_choice("people.legal_basis", None)
    consent: f.Flag = f.undone_duty("people.consent")
    impact_assessment: f.Flag = f.undone_duty("people.impact_assessment")
    retention: f.Measure = f.absent_measure("people.retention", k.DURATION)
    erasure: f.Flag = f.undone_duty("people.erasure")
    processor_agreement: f.Flag = f.undone_duty("people.processor_agreement")
    opt_out: f.Flag = f.undone_duty("people.opt_out")
    fairness_tested: f.Flag = f.undone_duty("people.fairness_tested")
    practices: f.Items[f.Choice] = f.NO_ITEMS

    FIELDS: ClassVar[dict[str, Any]] = {
        "personal_data": s.FlagShape(),
        "special_categories": s.FlagShape(),
        "biometric": s.FlagShape(),
        "children": s.FlagShape(),
        "employees_monitored": s.FlagShape(),
        "infers_sensitive_traits": s.FlagShape(),
        "surprising_to_subjects": s.FlagShape(),
        "legal_basis": s.TextShape(),
        "consent": s.FlagShape(),
        "impact_assessment": s.FlagShape(),
        "retention": s.QuantityShape(k.DURATION),
        "erasure": s.FlagShape(),
        "processor_agreement": s.FlagShape(),
        "opt_out": s.FlagShape(),
        "fairness_tested": s.FlagShape(),
        "practices": s.ListShape(
            s.ChoiceShape(
                (
                    "manipulation",
                    "social_scoring",
                    "crime_prediction_by_profiling",
                    "face_scraping",
                    "emotion_recognition_at_work_or_school",
                    "sensitive_biometric_categorisation",
                    "realtime_remote_biometric_identification",
                    "intimate_imagery",
                )
            )
        ),
    }


class Waiver(f.Section):
    """A finding that the team has decided to live with."""

    rule: f.Choice = f.absent_choice("waivers[].rule")
    reason: f.Choice = f.absent_choice("waivers[].reason")
    by: f.Choice = f.absent_choice("waivers[].by")
    until: f.Measure = f.absent_measure("waivers[].until", k.DATE)
    at: f.Choice = f.absent_choice("waivers[].at")

    FIELDS: ClassVar[dict[str, Any]] = {
        "rule": s.TextShape(),
        "reason": s.TextShape(),
        "by": s.TextShape(),
        "until": s.QuantityShape(k.DATE),
        "at": s.TextShape(),
    }
    REQUIRED = (
        "rule",
        "reason",
        "by",
        "until",
    )


class Spec(f.Section):
    """The plan of a machine learning project: what is predicted, from what, at what cost, and how."""

    project: Project = Project()
    task: Task = Task()
    approach: Approach = Approach()
    alternatives: f.Items[Alternative] = f.NO_ITEMS
    data: Data = Data()
    labels: Labels = Labels()
    budget: Budget = Budget()
    compute: Compute = Compute()
    serving: Serving = Serving()
    manual_process: ManualProcess = ManualProcess()
    rules_baseline: RulesBaseline = RulesBaseline()
    domain_knowledge: DomainKnowledge = DomainKnowledge()
    target: Target = Target()
    explainability: Explainability = Explainability()
    retraining: Retraining = Retraining()
    people: People = People()
    waivers: f.Items[Waiver] = f.NO_ITEMS
    today: float | None = None
    """The day that the check was asked to take for today (an ordinal), if it was."""
    now: float = 1.0
    """That day, or the day of the check; set by the loader."""

    FIELDS: ClassVar[dict[str, Any]] = {
        "mlspec": s.VersionShape(),
        "project": s.SectionShape(Project, unknown=False),
        "task": s.SectionShape(Task),
        "approach": s.SectionShape(Approach, unknown=False),
        "alternatives": s.ListShape(s.SectionShape(Alternative, unknown=False)),
        "data": s.SectionShape(Data),
        "labels": s.SectionShape(Labels),
        "budget": s.SectionShape(Budget),
        "compute": s.SectionShape(Compute),
        "serving": s.SectionShape(Serving),
        "manual_process": s.SectionShape(ManualProcess),
        "rules_baseline": s.SectionShape(RulesBaseline),
        "domain_knowledge": s.SectionShape(DomainKnowledge),
        "target": s.SectionShape(Target),
        "explainability": s.SectionShape(Explainability),
        "retraining": s.SectionShape(Retraining),
        "people": s.SectionShape(People),
        "waivers": s.ListShape(s.SectionShape(Waiver, unknown=False)),
    }
    REQUIRED = (
        "mlspec",
        "project",
        "task",
        "approach",
    )
