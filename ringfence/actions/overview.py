"""What the first page tells: what waits for whom, and where the money stands this month and the month before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from basics.errors import NotAllowed, RingfenceError
from basics.periods import Month
from isf.accounts import INSIDE_MONEY_HELD, FundKind
from isf.reconciliation import is_overdue
from ringfence.actions.acting import Acting
from ringfence.actions.applying import APPLY, what_it_would_do
from ringfence.actions.decisions import DECISIONS
from ringfence.actions.drafting import price_words
from ringfence.actions.month_end import MONTH_END
from ringfence.actions.month_standing import ClosedMonth, closed_months, open_month
from ringfence.actions.months_waiting import months_waiting
from ringfence.actions.reconciling import RECONCILIATION, reconciled_on
from ringfence.store import batches, ledger, listing, months, overview

SOON = timedelta(days=150)
"""A rate that ends within five months, with nothing after it, is worth asking about now."""


MONTHS_SHOWN = 2


@dataclass(frozen=True)
class Waiting:
    """Something prepared that another person may approve: `says` is what it would do, `stale` why it no longer can be."""

    kind: str
    about: str
    digest: str
    prepared_by: str
    prepared_at: datetime
    says: tuple[str, ...]
    stale: str


@dataclass(frozen=True)
class Unplaced:
    """A bank line of which something is neither placed nor explained."""

    key: str
    words: str
    happened_on: date
    pence: int


@dataclass(frozen=True)
class RateEnding:
    """A rate with nothing after it: its code, what it is in words (“waking night, £23.80 an hour”), and its last day."""

    code: str
    words: str
    ends_on: date


@dataclass(frozen=True)
class Overview:
    """The state of the books. `open_month` is the first month that is not closed and has something to run, or the present one."""

    open_month: Month
    months_waiting: tuple[Month, ...]
    """Those that have ended and that nobody ran, the first first."""
    closed_through: Month | None
    uncharged_visits: int
    waiting: tuple[Waiting, ...]
    unplaced: tuple[Unplaced, ...]
    conflicts: int
    rates_ending: tuple[RateEnding, ...]
    money_held_pence: int
    """The sum of the people's funds that have some: a fund below nil is not set against it."""
    owed_for_support_pence: int
    """The sum of the people's funds below nil: support that was given and is not paid for yet."""
    kept_back_pence: int
    """In the contracts’ reserves."""
    carried_pence: int
    carried_funds: int
    closed: tuple[ClosedMonth, ...]
    """The last two months that were run, the latest first."""
    is_reconciling_overdue: bool = False
    """Money is held for people, and no reconciliation of the last five weeks was signed off."""


def overview_of(acting: Acting) -> Overview:
    """Everything that the first page tells."""
    waiting = tuple(waiting_for_approval(acting))
    run = tuple(each for each in closed_months(acting) if each.approved_by)[:MONTHS_SHOWN]
    with acting.reading() as connection:
        closed = months.closed_through(connection)
        uncharged = overview.first_uncharged(connection, closed)
        held = _of_kinds(connection, INSIDE_MONEY_HELD, (FundKind.ISF, FundKind.SPOT))
        kept_back = sum(_of_kinds(connection, INSIDE_MONEY_HELD, (FundKind.CONTRACT_RESERVE,)))
        not_run = months_waiting(connection, acting.today)
        month = not_run[0] if not_run else open_month(closed, uncharged[0] if uncharged else None, acting.today)
        return Overview(
            open_month=month, months_waiting=not_run, closed_through=closed, uncharged_visits=uncharged[1] if uncharged else 0, waiting=waiting,
            unplaced=tuple(Unplaced(row.key.removeprefix("bank "), row.words, date.fromisoformat(row.happened_on), row.pence)
                           for row in ledger.unplaced(connection, acting.today)),
            conflicts=overview.conflicts(connection), rates_ending=tuple(map(_rate_ending, overview.rates_ending(connection, acting.today + SOON))),
            money_held_pence=sum(pence for pence in held if pence > 0), owed_for_support_pence=-sum(pence for pence in held if pence < 0),
            kept_back_pence=kept_back,
            carried_pence=sum(listing.kept_of_funds(connection, ["borne"]).values()),
            carried_funds=overview.funds_with(connection, "borne"), closed=run,
            is_reconciling_overdue=any(pence > 0 for pence in (*held, kept_back)) and _is_reconciling_overdue(connection, acting.today))


def _is_reconciling_overdue(connection: Connection, today: date) -> bool:
    """Whether none that was signed off is recent. The latest is looked at first: of many books it is the only one that is read."""
    signed = (each for each in reversed(batches.of_kind(connection, RECONCILIATION)) if each.approved_by)
    return all(is_overdue(reconciled_on(each), today) for each in signed)


def _rate_ending(row: Row[Any]) -> RateEnding:
    said = row.code.replace("-", " ").replace("_", " ")
    return RateEnding(row.code, f"{said}, {price_words(Decimal(row.pounds), row.per)}", date.fromisoformat(row.to_on))


def _of_kinds(connection: Connection, roles: Sequence[str], kinds: Collection[str]) -> list[int]:
    """The pence that each fund of these kinds has in accounts of these roles: no fund's is set against another's."""
    kept = listing.kept_of_funds(connection, roles)
    return [kept.get(row.key, 0) for row in listing.every_fund(connection) if row.kind in kinds]


def waiting_for_approval(acting: Acting) -> list[Waiting]:
    """What was prepared and still waits: files of agreements and money, decisions, and the last preparing of the open month."""
    with acting.reading() as connection:
        closed = months.closed_through(connection)
        asked = [each for kind in (APPLY, *DECISIONS) for each in batches.of_kind(connection, kind) if not each.approved_by]
        prepared = batches.of_kind(connection, MONTH_END)
    return [*filter(None, (_asked(acting, each) for each in asked)), *_of_months(prepared, closed)]


def _asked(acting: Acting, batch: batches.Batch) -> Waiting | None:
    """A decision, or a prepared file as it stands today; None where everything in it has been done in another way since."""
    if batch.kind in DECISIONS:
        decision = DECISIONS[batch.kind]
        with acting.reading() as connection:
            says = decision.says(connection, batch)
        return _waiting(batch, decision.about(batch), says) if says else None
    about = "Agreements and money"
    try:
        would = what_it_would_do(acting, batch.digest)
    except RingfenceError as error:
        return _waiting(batch, about, (), _why(error))
    return _waiting(batch, about, would.said) if would.said else None


def _of_months(prepared: Sequence[batches.Batch], closed: Month | None) -> list[Waiting]:
    last = {Month.parse(each.key.split()[1]): each for each in prepared}
    return [_waiting(each, month.in_words, ()) for month, each in sorted(last.items(), key=lambda item: str(item[0]))
            if not each.approved_by and (closed is None or month > closed)]


def _waiting(batch: batches.Batch, about: str, says: tuple[str, ...], stale: str = "") -> Waiting:
    return Waiting(batch.kind, about, batch.digest, batch.prepared_by, datetime.fromisoformat(batch.prepared_at), says, stale)


def _why(error: RingfenceError) -> str:
    return error.problem.what if isinstance(error, NotAllowed) else str(error)
