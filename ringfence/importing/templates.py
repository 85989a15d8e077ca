"""An example of each kind of file, to start one's own from: `ringfence template cost`, and so on."""

from __future__ import annotations

import difflib
from pathlib import Path

from basics.errors import InputError

_EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
TEMPLATES = {"cost": "outreach.cost.yaml", "shared-house": "shared-house.cost.yaml", "living": "living.cost.yaml",
             "scenarios": "next_year.scenarios.yaml", "review": "next_year.review.yaml", "overheads": "overheads.yaml",
             "split": "block.split.yaml", "actual": "actual.yaml", "payroll": "payroll.csv", "rota": "rota.csv",
             "people": "people.csv", "visits": "visits.csv", "apply": "apply.yaml", "later": "later.yaml", "record": "record.yaml"}


def template(kind: str) -> str:
    """The text of the example file of this kind. Raises `InputError` for a kind that has none."""
    if kind not in TEMPLATES:
        near = difflib.get_close_matches(kind, TEMPLATES, 1)
        raise InputError(f"There is no example file of “{kind}”.",
                         f"Did you mean “{near[0]}”?" if near else f"The kinds are {', '.join(TEMPLATES)}.")
    return (_EXAMPLES / TEMPLATES[kind]).read_text(encoding="utf-8")
