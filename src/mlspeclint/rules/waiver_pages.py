"""The documentation pages of the checks of waivers (WVR), which are made in `engine/waivers.py`."""

from __future__ import annotations

WAIVER_PAGES = {
    "WVR001": """
## What it does
Reports a waiver whose last day (`until`, inclusive) is over. What it waived is reported again too.

## Why it matters
A waiver is a decision for a time. When the time is over somebody has to decide again, with what has
been learnt since.

## Example
```yaml
waivers:
  - {rule: LBL303, reason: guide is being rewritten, by: ana, until: 2026-06-30}
labels: {agreement: 0.7}
```
```yaml
waivers:
  - {rule: LBL303, reason: guide is being rewritten, by: ana, until: 2027-06-30}
labels: {agreement: 0.7}
```

## What to do instead
Mend what was waived, or give the waiver a new last day and a reason that still holds.

## When it stays quiet
Up to and on the last day; with `--no-waivers`.

## References
`--today` takes another day for today.
""",
    "WVR002": """
## What it does
Reports a waiver that covers no finding.

## Why it matters
What it waived has been mended, or it never fitted. Left in place it would hide the next finding.

## Example
```yaml
waivers:
  - {rule: LBL303, reason: guide is being rewritten, by: ana, until: 2027-06-30}
labels: {agreement: 0.9}
```
```yaml
waivers:
  - {rule: LBL303, reason: guide is being rewritten, by: ana, until: 2027-06-30}
labels: {agreement: 0.7}
```

## What to do instead
Delete it, or correct its `rule` or its `at`.

## When it stays quiet
When it covers anything, be it a note; when its rule is not selected; when it has expired, which is
reported as such.

## References
`at` is a field path: a waiver covers findings that speak of that field or of one below it.
""",
    "WVR003": """
## What it does
Reports a waiver of a rule that does not exist, of a whole group, or of one that cannot be waived
(the SPC checks of the file, the WVR checks of waivers, prohibited practices).

## Why it matters
Such a waiver waives nothing, and its author believes that it does.

## Example
```yaml
waivers:
  - {rule: LBL333, reason: guide is being rewritten, by: ana, until: 2027-06-30}
labels: {agreement: 0.7}
```
```yaml
waivers:
  - {rule: LBL303, reason: guide is being rewritten, by: ana, until: 2027-06-30}
labels: {agreement: 0.7}
```

## What to do instead
Name one rule by its code or its name (`mlspeclint rules`), a waiver for each.

## When it stays quiet
When the rule exists and may be waived.

## References
To switch a group off for a run, use `--ignore`.
""",
    "WVR004": """
## What it does
Reminds of a waiver that ends within 30 days.

## Why it matters
When it ends its findings come back, and fail whoever commits next.

## Example
```yaml
waivers:
  - {rule: LBL303, reason: guide is being rewritten, by: ana, until: 2026-12-01}
labels: {agreement: 0.7}
```
```yaml
waivers:
  - {rule: LBL303, reason: guide is being rewritten, by: ana, until: 2027-06-30}
labels: {agreement: 0.7}
```

## What to do instead
Mend what it waives, or decide on a new last day.

## When it stays quiet
With more than 30 days to go; when it is unused.

## References
`--today` takes another day for today.
""",
    "WVR005": """
## What it does
Reports a comment that means to waive and cannot be read: without a reason, with a day that the
calendar does not have, or in another form than
`# mlspeclint: ignore[LBL301] until=2027-01-31 -- reason`.

## Why it matters
It waives nothing, and its author believes that it does.

## Example
```yaml
labels:
  agreement: 0.7  # mlspeclint: ignore[LBL303]
```
```yaml
labels:
  agreement: 0.7  # mlspeclint: ignore[LBL303] -- guide is being rewritten
```

## What to do instead
Write the reason after `--`. The last day is optional in a comment.

## When it stays quiet
For comments without `mlspeclint:`.

## References
A comment covers findings any of whose places is on its line, or on the next line when the comment stands
alone. Several codes are separated by commas.
""",
}
