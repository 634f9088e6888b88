"""The documentation page of the check of what an organisation demands (POL)."""

from __future__ import annotations

POLICY_PAGES = {
    "POL001": """
## What it does
Reports a field that the configuration demands (`require`, for all specs or for those of a stage) and that the
spec does not declare. It names the file that demands it. A placeholder such as `TODO` declares nothing.

## Why it matters
What a plan has to tell before anybody approves it is for an organisation to say: an owner, a baseline, a way
to watch the model. What is not declared is not held against a plan by other rules, so that a thin spec can
pass where a full one would not.

## Example
Where `pyproject.toml` has
```toml
[tool.mlspeclint]
require = ["project.owner"]
```
```yaml
project: {name: example}
```
```yaml
project: {name: example, owner: triage team}
```

## What to do instead
Declare the field, or write `unknown` where somebody has asked and nobody knows: that is an answer, too. A
project that is rightly without it waives this rule, `at` the field.

## When it stays quiet
- Where the field is declared, is `unknown`, or holds a mistake that is reported already.
- Where no configuration demands anything.

## References
The configuration of the organisation: `mlspeclint config` shows what is demanded, and where that is written.
""",
}
