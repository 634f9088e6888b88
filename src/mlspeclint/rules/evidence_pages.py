"""The documentation pages of the checks of what lies beside a spec (EVD), judged in `evidence.py`."""

from __future__ import annotations

EVIDENCE_PAGES = {
    "EVD007": """
## What it does
With `--evidence`, compares `approach.family` with the Python packages on which the repository depends. Deep
learning without any deep learning framework among them is a warning at the stages pilot and production
(at a proposal too, when you host the network yourself), else a note; rules, statistics or classical ML
beside a framework that somebody wrote down as a dependency is a warning.

Read are `pyproject.toml`, lists of requirements, conda environments, `Pipfile`, `pixi.toml`, `setup.cfg` and
lock files, from the folder of the spec up to the root of the repository (the folder with `.git`; without
one only the spec's own folder), and what they include there. Nothing is run, and `setup.py` is not either.

## Why it matters
A spec is written once, and the code moves on. Whoever approves a budget, a review of explanations or a
retraining plan by the spec approves something else when the approach has changed. What a package means is a
judgement: check before you change either side.

## Example
Where a `requirements.txt` names pandas, scikit-learn and nothing else:
```yaml
project: {name: example, stage: production}
approach: {family: deep_learning, training: fine_tuning}
```
```yaml
project: {name: example, stage: production}
approach: {family: classical_ml, algorithm: gradient_boosting}
```

## What to do instead
Declare the approach that is built. A network that was only tried belongs to the `alternatives`, with its
score; a framework that nobody needs any more, out of the dependencies.

## When it stays quiet
- For deep learning: when a vendor hosts the network, or it is prompted, zero-shot or few-shot and nobody said
  who hosts it or a client of somebody's model is there; with any package that trains or runs networks, in
  lock files too. Where a file could not be read (there is a notice) it is only possible.
- For other families: when deep learning is among the alternatives, or another spec in the same part of the
  repository declares it; when the framework is only in a lock file; beside packages that compute with a
  framework and are no networks (numpyro, pyro, gpytorch, botorch, tensorflow-probability and others).
- When no file names a Python package besides tools such as pytest, and for retired projects.

## References
The lists of packages are a judgement of this linter, in `knowledge/curated/frameworks.toml`.
""",
}
