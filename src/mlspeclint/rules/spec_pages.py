"""The documentation pages of the checks of the file itself (SPC): of its text, its fields, its facts.

They are found in `document/`, `spec/` and `contradictions.py`. None of them can be waived: what they
report cannot be judged, or says nothing.
"""

from __future__ import annotations

PAGES = {
    "SPC001": """
## What it does
Reports a file that is not YAML 1.2, at the place where reading it stops: an unclosed quote or bracket, a
tab used to indent, a character that YAML forbids, an alias without its anchor.

## Why it matters
Nothing behind that place can be read, so nothing of the spec can be judged. Where a guess is possible,
the finding shows what to write: a value that begins with `>=` needs quotes, for example.

## Example
```yaml
data:
  examples: >= 10k
```
```yaml
data:
  examples: ">= 10k"
```

## What to do instead
Mend the place that is shown. An editor that knows YAML shows the same mistake while you type.

## When it stays quiet
For all that YAML 1.2 allows: anchors, merge keys, several documents in a file, comments, flow style. A
file with several documents is read on behind one that cannot be read.

## References
YAML 1.2.2, https://yaml.org/spec/1.2.2/
""",
    "SPC002": """
## What it does
Reports a file that is not UTF-8: one in UTF-16 or UTF-32, or one with a byte that UTF-8 does not have.

## Why it matters
The same bytes mean different texts in different encodings. Guessing one would show you other words than
you wrote.

## Example
This spec is good when it is saved as UTF-8, and not when it is saved as Latin-1 or as UTF-16:
```yaml
project:
  name: muenchen-forms
  summary: routes forms of the city of München
```

## What to do instead
Save the file as UTF-8. Most editors have this under "save with encoding".

## When it stays quiet
For plain ASCII, which is UTF-8, and for a byte order mark at the beginning of the file.

## References
YAML 1.2.2, section 5.2. RFC 3629.
""",
    "SPC003": """
## What it does
Reports a key that stands twice in the same mapping, with the place of the first one.

## Why it matters
Most programs take the last one without a word, so that two people can read two different plans in the
same file. It mostly happens when a section is added again at the end.

## Example
```yaml
labels: {labelled: 12k}
budget: {total: 20k}
labels: {required: 60k}
```
```yaml
labels: {labelled: 12k, required: 60k}
budget: {total: 20k}
```

## What to do instead
Join the two, or delete the one that no longer holds.

## When it stays quiet
When a merge key (`<<`) brings a key that the mapping has itself: the mapping's own wins, as YAML says.

## References
YAML 1.2.2, section 3.2.1.1: the keys of a mapping are unique.
""",
    "SPC004": """
## What it does
Reports a key that the format does not have, with the field that was probably meant.

## Why it matters
A misspelt field is a fact that nobody reads: the rules that need it stay undecided, and the plan looks
better, or emptier, than it is.

## Example
```yaml
labels: {cost_eech: 0.40}
```
```yaml
labels: {cost_each: 0.40}
```

## What to do instead
Write the field that is proposed. Keys of your own begin with `x-`. A text that holds a comma or a colon
needs quotes: without them its rest is read as another key.

## When it stays quiet
For keys that begin with `x-`, anywhere.

## References
`mlspeclint explain SECTION` lists the fields of a section, `mlspeclint schema` prints them all.
""",
    "SPC005": """
## What it does
Reports that a field is missing which every spec has, or every item of its list. An empty file, or one
that holds comments only, has no spec at all.

## Why it matters
Five fields say what is planned at all: the version, the project's name, what is predicted, from which
kind of data, and by which family of methods. Without them no rule has anything to compare with.

## Example
```yaml
mlspec: 1
project: {name: invoice-routing}
task: {type: classification}
approach: {family: deep_learning}
```
```yaml
mlspec: 1
project: {name: invoice-routing}
task: {type: classification, modality: text}
approach: {family: deep_learning}
```

## What to do instead
Add the field. Where nobody knows yet, `unknown` is an answer, but for the name and the family.

## When it stays quiet
For every other field: all of them are optional, and an absent one is not known to the rules. When the
field is there and misspelt, SPC004 says so alone.

## References
The README shows a spec of ten lines to start from.
""",
    "SPC006": """
## What it does
Reports a value of another kind than its field has: a number without its unit, a text where a list
belongs, a fraction of 95 where 95 % was meant, nothing at all. Also a key that is not a text, a file
that is no mapping, and a score that its metric cannot take.

## Why it matters
What cannot be read is not known to any rule. Guessing would be worse: `5 m` may be minutes or months, and
an accuracy of 95 may be 95 % or a mistake.

## Example
```yaml
labels: {noise: 5, time_each: 35}
target: {metric: accuracy, value: 95}
```
```yaml
labels: {noise: 5%, time_each: 35 s}
target: {metric: accuracy, value: 0.95}
```

## What to do instead
Write what the finding proposes. Quantities take units (`35 s`, `2 GiB`), magnitudes (`12k`, `1.2M`), per
cents, ranges (`10k..20k`, `">= 10k"`) and `unknown`. Yes and no are `true` and `false` in YAML 1.2.

## When it stays quiet
For every spelling that `mlspeclint explain FIELD` shows. Word and character error rates may exceed 1.

## References
`mlspeclint explain FIELD`.
""",
    "SPC007": """
## What it does
Reports a word that is not among those that its field allows, with the one that was probably meant.

## Why it matters
Rules compare these words. One that they do not know would be no answer, and would look like one.

## Example
```yaml
labels: {source: Crowdworkers}
```
```yaml
labels: {source: crowd}
```

## What to do instead
Take one of the words that the finding or `mlspeclint explain FIELD` lists; `other` and `unknown` are
among them where they make sense.

## When it stays quiet
For fields that hold a text: `approach.algorithm` takes any name.

## References
`mlspeclint explain FIELD`.
""",
    "SPC008": """
## What it does
Reports a spec in a version of the format that this mlspeclint does not read, and nothing else of it.

## Why it matters
In another version the same field may mean something else. A verdict on it would be worth nothing.

## Example
```yaml
mlspec: 2
project: {name: invoice-routing}
task: {type: classification, modality: text}
approach: {family: deep_learning}
```
```yaml
mlspec: 1
project: {name: invoice-routing}
task: {type: classification, modality: text}
approach: {family: deep_learning}
```

## What to do instead
Install the mlspeclint that reads this version, or write the spec in version 1.

## When it stays quiet
For version 1.

## References
The documentation of the format says what changes between versions.
""",
    "SPC009": """
## What it does
Reports a file that asks for more than a spec ever needs: over 1 MB, 64 levels of nesting, 100,000 nodes
once its aliases are expanded, 100 documents, or 1,000 mistakes.

## Why it matters
A few lines of aliases can stand for billions of values. A tool that runs on every commit, also on those
of strangers, has to end before it starts to count them.

## Example
```yaml
x-a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
x-b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
x-c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
x-d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
x-e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
```
```yaml
x-a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
x-b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
```

## What to do instead
Split the file: several specs may live in one repository. Keep data out of the spec and name the file
that holds them in `data.sources`.

## When it stays quiet
For every spec that a person wrote.

## References
The limits are part of the documentation, and the same for everybody.
""",
    "SPC010": """
## What it does
Reports facts that cannot all be true: more labelled items than examples, a test set larger than what is
labelled, classes that do not fit into the examples, a rate of the positive class with more than two
classes, a range that runs backwards, a training of a family that has none, a metric with the wrong
direction, amounts in several currencies.

## Why it matters
One of them is wrong, and every sum over them is too. The rules would judge a project that cannot exist.

## Example
```yaml
data: {examples: 12k}
labels: {labelled: 20k, test_examples: 2k}
```
```yaml
data: {examples: 20k}
labels: {labelled: 12k, test_examples: 2k}
```

## What to do instead
Find out which of the facts is wrong. `data.examples` counts all examples, labelled or not, and
`labels.labelled` all labelled ones, the test set among them. All amounts are in `budget.currency`.

## When it stays quiet
When the ranges leave room for all of them, and when one of them is `unknown` or not declared.

## References
Plain arithmetic, and the documentation of the fields.
""",
    "SPC011": """
## What it does
Reports a text that is empty or still to be written: TODO, TBD, FIXME, lorem ipsum, `<owner>` and the
like.

## Why it matters
It counts as declared, and tells nobody anything: a `project.kpi` of TBD is no figure that the project
could move.

## Example
```yaml
project:
  name: invoice-routing
  kpi: TBD
```
```yaml
project:
  name: invoice-routing
  kpi: share of invoices routed without a person
```

## What to do instead
Write it, or write `unknown`, or leave the field out until somebody knows.

## When it stays quiet
For `unknown`, for names, for keys that begin with `x-`, and for texts that speak of such words: "finds
TODO comments in code" is a summary.

## References
None: this is a note, and fails no check by itself.
""",
}
