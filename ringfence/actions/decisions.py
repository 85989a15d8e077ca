"""What one person asks for in words and another approves, beside files and month ends: each kind, what it says, and what approving does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.issuing_held import approve_held, lines_of_held
from ringfence.actions.month_end import REOPEN, approve_reopening
from ringfence.actions.reconciling import RECONCILIATION, approve_reconciliation, reconciliation_in_words
from ringfence.actions.subsidies import BELOW_COST, approve_subsidy, subsidy_in_words
from ringfence.store.batches import Batch
from ringfence.store.documents_issued import ISSUE_HELD


@dataclass(frozen=True)
class Decision:
    """A kind of batch that somebody else decides on. `about` heads it, `says` is what approving would do, in sentences, and none where it can no
    longer be done; `approve` does it and says what was done."""

    about: Callable[[Batch], str]
    says: Callable[[Connection, Batch], tuple[str, ...]]
    approve: Callable[[Connection, Acting, Batch], str]


def _opening(batch: Batch) -> str:
    return f"Open {Month.parse(batch.key.split()[1]).in_words} again"


def _why_open(_: Connection, batch: Batch) -> tuple[str, ...]:
    why = json.loads(batch.body).get("why", "")
    return (f"{_opening(batch)}: {why}" if why else _opening(batch),)


DECISIONS: Mapping[str, Decision] = {
    REOPEN: Decision(_opening, _why_open, approve_reopening),
    RECONCILIATION: Decision(lambda _: "A reconciliation of people’s money", lambda _, batch: (reconciliation_in_words(batch),),
                             approve_reconciliation),
    BELOW_COST: Decision(lambda _: "A price below full cost", lambda _, batch: (subsidy_in_words(batch),), approve_subsidy),
    ISSUE_HELD: Decision(lambda _: "Invoices that were held", lines_of_held, approve_held),
}
"""By the kind of their batch."""
