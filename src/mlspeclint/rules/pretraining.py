"""DAT: networks on images, texts and speech (reason B2). What is trained from scratch learns the world
first; what is pretrained has learnt it elsewhere."""

from __future__ import annotations

from mlspeclint.knowledge import fine_tuning_on_few_labels, image_pretraining_gain, threshold
from mlspeclint.rules.common import EXAMPLES_READS, count_of, known, trained, training_examples
from mlspeclint.rules.rule import (
    ERROR,
    MEASURED,
    NOTE,
    SILENT,
    WARNING,
    Claim,
    Outcome,
    Told,
    decide,
    rule,
)
from mlspeclint.rules.standing import STANDING_READS, ahead, reading, untold_baseline, was_measured
from mlspeclint.spec.quantity import Quantity, Truth, hull

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec

A_CLASS_READS = (*EXAMPLES_READS, "data.classes", "task.multilabel")
"""What `training_examples_a_class` reads."""


def training_examples_a_class(spec: Spec) -> Quantity:
    """Training examples for each class; where an example may have several classes, up to all of them."""
    examples = training_examples(spec)
    each = examples / spec.data.classes
    return each if spec.task.multilabel.impossible else hull(each, examples)


@rule(
    "DAT104",
    "images-from-scratch",
    severity=ERROR,
    basis=MEASURED,
    figures=("images_pretraining",),
    sources=("vtab2019", "he2019", "kornblith2019", "raghu2019"),
    reads=reading(
        {
            "approach.training": "trained from scratch",
            "data.examples": "the images that there are",
            "labels.labelled": "the labelled ones",
            "data.classes": "the classes to tell apart",
            "data.instances": "the labelled objects",
            "approach.family": "",
            "task.type": "",
            "task.modality": "",
            "data.synthetic": "",
        },
        A_CLASS_READS,
        STANDING_READS,
    ),
    flips=("approach.training", "data.examples", "labels.labelled", "data.instances"),
)
def images_from_scratch(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks at the training images of a network that is trained on them from scratch. Classification (and
    regression, as one class): below 100 a class is an error, below 1,000 a warning, unless there are
    100,000 in all. Object detection: below 10,000 labelled objects, or 10 images a class, is a warning.
    Segmentation: below 1,000 images is a note.

    ## Why it matters
    A pretrained network has seen edges, textures and shapes; one from scratch must learn them from the
    images at hand. Up to 100 images a class pretraining gains 40 points of accuracy in the median, above
    1,000 hardly any.

    ## Example
    ```yaml
    task: {type: classification, modality: image}
    approach: {family: deep_learning, training: from_scratch}
    data: {examples: 300, classes: 4}
    ```
    The same images on a pretrained network:
    ```yaml
    task: {type: classification, modality: image}
    approach: {family: deep_learning, training: fine_tuning}
    data: {examples: 300, classes: 4}
    ```

    ## What to do instead
    Fine-tune a pretrained network, or train a small classifier on its frozen features.

    ## When it stays quiet
    From 1,000 training images a class or 100,000 in all on; for networks that are not trained from
    scratch; for synthetic images that are tested on real ones (`synthetic` with `labels.test_examples`);
    when the network is ahead of every measured score of another family. Where an image may have several
    classes, the images of a class are not known, and it is at most possible.

    ## References
    Zhai and others 2019 (VTAB), counts: `images_pretraining.toml`; He, Girshick and Dollár 2019. The
    limits for detection and segmentation are this project's reading of the latter.
    """
    data, task = spec.data, spec.task
    applies = trained(spec, "from_scratch") & task.modality.is_("image", "video")
    if applies.impossible:
        return SILENT
    images, each = training_examples(spec), training_examples_a_class(spec)
    small = images < threshold("images_from_scratch_examples")
    detects = task.type.is_("object_detection")
    segments = task.type.is_("segmentation")
    classifies = task.type.is_("classification")
    regresses = task.type.is_("regression")
    noun = "videos" if task.modality.text == "video" else "images"
    if regresses.certain:
        each = images

    def fewer_than(limit: str) -> Truth:
        return (classifies | regresses) & small & (each < threshold(limit))

    def told_classes() -> Told:
        gain = image_pretraining_gain(each.low, each.high)
        of = "" if regresses.certain else " a class"
        return Told(
            f"{count_of(each)} training {noun}{of} for a network from scratch: pretraining gained "
            f"{gain.median:g} points of accuracy in the median ({gain.lower:g} to {gain.upper:g} in the "
            f"middle half) of {gain.count} published comparisons ({gain.band})",
            instead="fine-tune a pretrained network, or use its frozen features",
        )

    def told_detection() -> Told:
        objects = "" if data.instances.absent else f"{count_of(data.instances)} labelled objects, "
        return Told(
            f"{objects}{count_of(each)} training {noun} a class for a detector from scratch: such detectors "
            f"fall far behind pretrained ones below about {threshold('detection_instances'):,.0f} objects, "
            f"and the customary least is {threshold('detection_images_per_class'):g} {noun} a class",
            instead="fine-tune a pretrained detector",
        )

    def told_segmentation() -> Told:
        return Told(
            f"{count_of(images)} training {noun} to segment with a network from scratch, the customary least "
            f"is {threshold('segmentation_images'):,.0f}",
            instead="begin with a pretrained encoder",
        )

    return decide(
        applies
        & (classifies | regresses | detects | segments)
        & ~(data.synthetic & spec.labels.test_examples.given)
        & ~ahead(spec),
        Claim(fewer_than("images_from_scratch_per_class_error"), ERROR, told_classes),
        Claim(fewer_than("images_from_scratch_per_class_warning"), WARNING, told_classes),
        Claim(
            detects
            & (
                (data.instances < threshold("detection_instances"))
                | (each < threshold("detection_images_per_class"))
            ),
            WARNING,
            told_detection,
        ),
        Claim(segments & (images < threshold("segmentation_images")), NOTE, told_segmentation),
    )


@rule(
    "DAT105",
    "few-labels-full-fine-tuning",
    severity=WARNING,
    basis=MEASURED,
    figures=("text_fewshot",),
    sources=("setfit2022", "zhang2021"),
    reads=reading(
        {
            "approach.training": "all weights are trained",
            "data.examples": "the texts that there are",
            "labels.labelled": "the labelled ones",
            "data.classes": "the classes to tell apart",
            "approach.family": "",
            "approach.adapter": "",
            "task.type": "",
            "task.modality": "",
        },
        A_CLASS_READS,
        STANDING_READS,
    ),
    flips=("data.examples", "labels.labelled"),
)
def few_labels_full_fine_tuning(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for text classification by fine-tuning a whole network on at most 64 training examples a class.

    ## Why it matters
    With so few labels full fine-tuning is unstable from sample to sample, and few-shot methods on the
    same labels are better or as good.

    ## Example
    ```yaml
    task: {type: classification, modality: text}
    approach: {family: deep_learning, training: fine_tuning}
    data: {examples: 320, classes: 10}
    ```
    The same labels with a few-shot method:
    ```yaml
    task: {type: classification, modality: text}
    approach: {family: deep_learning, training: few_shot}
    data: {examples: 320, classes: 10}
    ```

    ## What to do instead
    A few-shot method such as SetFit, a linear model on frozen features, prompting, or more labels.

    ## When it stays quiet
    Above 64 training examples a class; where only an adapter is trained; when the network is ahead of
    every measured score of another family. Where a text may have several classes, the examples of a
    class are not known, and it is at most possible.

    ## References
    Tunstall and others 2022 (SetFit), counts: `text_fewshot.toml`; Zhang and others 2021.
    """
    applies = (
        trained(spec, "fine_tuning")
        & spec.task.type.is_("classification")
        & spec.task.modality.is_("text")
        & spec.approach.adapter.is_("none")
    )
    if applies.impossible:
        return SILENT
    each, limit = training_examples_a_class(spec), threshold("few_labels_per_class")

    def told() -> Told:
        message = f"{count_of(each)} training examples a class to fine-tune a whole network"
        found = fine_tuning_on_few_labels(min(each.high, limit))
        if found is not None:
            counts = found.counts
            message += (
                f": with {counts.band} it won {counts.wins}, tied {counts.ties} and lost {counts.losses} "
                f"of {counts.total} published comparisons with a few-shot method, {-found.gap:g} points "
                "behind on average"
            )
        return Told(
            message,
            instead="use a few-shot method (SetFit), frozen features or prompting, or label more",
        )

    return decide(
        applies & ~ahead(spec),
        Claim(each <= limit, WARNING, told),
    )


@rule(
    "DAT106",
    "sequence-model-from-scratch",
    severity=WARNING,
    basis=MEASURED,
    sources=("koehn2017", "zhang2015", "librispeech2015", "wav2vec2", "whisper2022"),
    reads=reading(
        {
            "approach.training": "trained from scratch",
            "data.words": "the text that there is",
            "data.hours": "the speech that there is",
            "data.examples": "the texts that there are",
            "labels.labelled": "the labelled ones",
            "task.complexity": "",
            "approach.family": "",
            "task.type": "",
            "task.modality": "",
        },
        EXAMPLES_READS,
        STANDING_READS,
    ),
    flips=("approach.training", "data.words", "data.hours", "data.examples", "labels.labelled"),
)
def sequence_model_from_scratch(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks at how much there is to train a sequence model on from scratch: under 15 million words for
    translation, under 960 hours for speech recognition, under 500,000 texts for text classification
    without a measured linear or n-gram baseline. With `task.complexity: simple` (a small vocabulary) it
    is a note.

    ## Why it matters
    Language has to be learnt before the task is. Translation from scratch fell behind phrase-based
    systems below 15 million words, and characters behind n-grams below several hundred thousand texts.
    960 hours are the corpus on which recognisers are customarily trained from scratch; with less,
    pretrained ones are far ahead.

    ## Example
    ```yaml
    task: {type: speech_recognition, modality: audio}
    approach: {family: deep_learning, training: from_scratch}
    data: {hours: 120}
    ```
    The same hours on a pretrained model:
    ```yaml
    task: {type: speech_recognition, modality: audio}
    approach: {family: deep_learning, training: fine_tuning}
    data: {hours: 120}
    ```

    ## What to do instead
    Fine-tune a pretrained model; for texts, measure a linear model on n-grams first.

    ## When it stays quiet
    From those amounts on; for other ways of training and other tasks; for texts with a measured
    statistical or classical baseline; when the network is ahead of every measured score of another family.

    ## References
    Koehn and Knowles 2017; Zhang, Zhao and LeCun 2015; Panayotov and others 2015 (the limit for speech is
    a convention); Baevski and others 2020; Radford and others 2022.
    """
    data, task = spec.data, spec.task
    translates = task.type.is_("translation")
    listens = task.type.is_("speech_recognition")
    classifies = task.type.is_("classification") & task.modality.is_("text")
    applies = trained(spec, "from_scratch") & (translates | listens | classifies)
    if applies.impossible:
        return SILENT
    texts = training_examples(spec)
    few_words = threshold("translation_words_from_scratch")
    few_hours = threshold("speech_hours_from_scratch")
    few_texts = threshold("text_examples_from_scratch")
    simple = task.complexity.given & task.complexity.is_("simple")
    compared = untold_baseline(spec) | was_measured(
        spec, lambda score: score.is_("statistics", "classical_ml")
    )
    short = (
        (translates & (data.words < few_words))
        | (listens & (data.hours < few_hours))
        | (classifies & (texts < few_texts) & ~compared)
    )

    def told() -> Told:
        instead = "fine-tune a pretrained model"
        if not translates.impossible:
            message = (
                f"{count_of(data.words)} words for a translator from scratch: such models fell behind "
                f"phrase-based ones below about {few_words:,.0f}"
            )
        elif not listens.impossible:
            hours = known(f"{data.hours}", "an unknown number of")
            message = (
                f"{hours} hours of speech for a recogniser from scratch, the customary least is "
                f"{few_hours:g}"
            )
        else:
            message = (
                f"{count_of(texts)} training texts for a network from scratch, and no linear or n-gram model "
                f"was measured: those stayed ahead up to about {few_texts:,.0f} texts"
            )
            instead = "measure a linear model on n-grams first, or fine-tune a pretrained model"
        return Told(message, instead=instead)

    return decide(
        applies & ~ahead(spec),
        Claim(short & ~simple, WARNING, told),
        Claim(short, NOTE, told),
    )
