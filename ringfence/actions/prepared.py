"""What a prepared file holds, in one line: it stands above the file where it waits, and on the button that approves it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from basics.money import Money
from ringfence.actions.acting import Acting
from ringfence.actions.applying import APPLY
from ringfence.actions.import_opened import SECTIONS
from ringfence.store import agreed_splits, batches

SPLITS = "splits"


def held_by_files(acting: Acting) -> dict[str, str]:
    """What each file holds that waits for approval, by its digest: “the split of SG-2026: 12 people, £480,000.00”, “9 bank lines”."""
    with acting.reading() as connection:
        known = {row.reference: int(row.pence) for row in agreed_splits.every_contract(connection)}
        waiting = [each for each in batches.of_kind(connection, APPLY) if not each.approved_by]
    return {each.digest: _held(json.loads(each.body), known) for each in waiting}


def sum_of_contract(content: Mapping[str, Any], reference: str, known: Mapping[str, int]) -> int:
    """The sum of a contract in pence, as the file itself brings it or else as the books have it; nil where neither knows it."""
    brought = {one["reference"]: str(one["pounds"]) for one in content.get("contracts", ())}
    return Money.parse(brought[reference]).pence if reference in brought else known.get(reference, 0)


def split_in_words(contract: str, people: int, pence: int) -> str:
    """“the split of SG-2026: 12 people, £480,000.00”."""
    return f"the split of {contract}: {people:,} {'person' if people == 1 else 'people'}, {Money(pence)}"


def _held(content: Mapping[str, Any], known: Mapping[str, int]) -> str:
    splits = [split_in_words(one["contract"], len(one["people"]), sum_of_contract(content, one["contract"], known))
              for one in content.get(SPLITS, ())]
    others = _and(list(_counted(content)))
    return ", with ".join(filter(None, ("; ".join(splits), others)))


def _counted(content: Mapping[str, Any]) -> Iterator[str]:
    for name, (one, many) in SECTIONS.items():
        if (items := content.get(name)) and name != SPLITS:
            count = len(items) if isinstance(items, list) else 1
            yield f"{count:,} {one if count == 1 else many}"


def _and(named: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))
