"""The checks that are not rules over a spec alone: of the file itself (SPC), of what lies beside it (EVD,
with `--evidence`), of what an organisation demands (POL) and of waivers (WVR)."""

from __future__ import annotations

SPEC_NAMES = {
    "SPC001": "not-yaml",
    "SPC002": "not-utf-8",
    "SPC003": "duplicate-key",
    "SPC004": "unknown-field",
    "SPC005": "missing-field",
    "SPC006": "wrong-type",
    "SPC007": "not-an-allowed-value",
    "SPC008": "unsupported-version",
    "SPC009": "resource-limit",
    "SPC010": "contradiction",
    "SPC011": "placeholder-text",
}

EVIDENCE_NAMES = {
    "EVD007": "dependencies-do-not-match",
}

POLICY_NAMES = {
    "POL001": "required-by-policy",
}

WAIVER_NAMES = {
    "WVR001": "waiver-expired",
    "WVR002": "waiver-unused",
    "WVR003": "waiver-of-nothing",
    "WVR004": "waiver-ends-soon",
    "WVR005": "waiver-comment-malformed",
}

SEVERITIES = {
    **dict.fromkeys(SPEC_NAMES, "error"),
    "SPC011": "note",
    **dict.fromkeys(EVIDENCE_NAMES, "warning"),
    **dict.fromkeys(POLICY_NAMES, "error"),
    "WVR001": "warning",
    "WVR002": "warning",
    "WVR003": "error",
    "WVR004": "note",
    "WVR005": "warning",
}
