"""The steps of a month end as a page asks for them: each gives back what the page shows, and not the whole plan."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from basics.errors import Problem
from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.month_end import approve_month, lock_month, prepare_month, preview_month, short_seal
from ringfence.actions.month_review import MonthReview, review_of
from ringfence.actions.papers import Progress
from ringfence.actions.version import books_version

MOST_PROCESSES = 4


@dataclass(frozen=True)
class PreparedMonth:
    """What was prepared, and what came of printing its drafts."""

    review: MonthReview
    written: int
    set_aside: tuple[Problem, ...]


@dataclass(frozen=True)
class IssuedMonth:
    """What came of issuing a month; `again` where it was issued before and only its documents were written."""

    month: Month
    seal: str
    written: int
    set_aside: tuple[Problem, ...]
    again: bool


def review(acting: Acting, _on_progress: Progress | None, *, month: Month) -> MonthReview:
    """Work the month out and look at it. Nothing is stored."""
    version = books_version(acting)
    return review_of(acting, preview_month(acting, month), version)


def prepare(acting: Acting, on_progress: Progress | None, *, month: Month, out: Path, hold_back: bool) -> PreparedMonth:
    """Prepare the month and write its drafts to the folder `drafts` in `out`."""
    done = prepare_month(acting, month, out, hold_back=hold_back, workers=processes(), on_progress=on_progress)
    assert done.plan is not None, "what is prepared has a plan"
    return PreparedMonth(review_of(acting, done.plan, books_version(acting)), done.written, done.set_aside)


def issue(acting: Acting, on_progress: Progress | None, *, month: Month, digest: str, out: Path) -> IssuedMonth:
    """Approve what somebody else prepared: it is posted, numbered, closed and sealed, and its documents are written to `out`."""
    done = approve_month(acting, month, digest, out, workers=processes(), on_progress=on_progress)
    return IssuedMonth(month, short_seal(done.seal), done.written, done.set_aside, done.plan is None)


def lock(acting: Acting, _on_progress: Progress | None, *, month: Month) -> Month:
    """Lock the month for good."""
    lock_month(acting, month)
    return month


def processes() -> int:
    """How many processes print: one core is left to whoever else works at this machine."""
    return max(1, min(MOST_PROCESSES, (os.cpu_count() or 1) - 1))
