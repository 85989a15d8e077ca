"""One fund: whose it is and who pays, and how a month stands in it by the record that its statement prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row

from basics.errors import InputError
from basics.periods import Month, Period
from isf.accounts import INSIDE_MONEY_HELD, FundKind
from isf.budget import total_or_not_known
from isf.plan import Measure
from isf.position import FundPosition, LinePosition, Status, worst
from isf.statement import GivenLine, Statement
from isf.statement_of import build_statement
from ringfence.actions.acting import Acting
from ringfence.actions.people_and_funds import fund_without_a_person, payer_name, paying_on
from ringfence.actions.positions import position_of
from ringfence.actions.stating import facts_of_fund
from ringfence.documents.records import statement_from_json
from ringfence.store import fund_entries, listing, months
from ringfence.store.funding_share import share_words


@dataclass(frozen=True)
class Payer:
    """Who pays in the fund now: the name, by delivery or by schedule, the share in words, the order number and the days."""

    name: str
    how: str
    share: str
    contract: str
    order_number: str
    period: Period


@dataclass(frozen=True)
class Issued:
    """A statement that was issued: its document, and the seal that it prints."""

    document_id: int
    month: Month
    seal: str


@dataclass(frozen=True)
class Fund:
    """Whose fund it is. `months` are those that can be asked about, the first in which anything stands in it first; `stated` is the last
    month with an issued statement of anybody's. `held_pence` is the money held for the person now."""

    key: str
    kind: FundKind
    person: str
    name: str
    known_as: str
    payers: tuple[Payer, ...]
    split: str
    held_pence: int
    months: tuple[Month, ...]
    stated: Month | None
    statements: tuple[Issued, ...]


@dataclass(frozen=True)
class Ahead:
    """How a line ends the budget's period, if it goes on so: what is planned in it, what is bought and not paid, and the forecast, in its own
    quantity and in pence. `quantity` is None for a line that is bought by bill alone; a sum that depends on a missing price is None."""

    planned: int
    quantity: int | None
    planned_pence: int | None
    committed_pence: int
    pence: int | None
    status: Status


@dataclass(frozen=True)
class PlanRow:
    """One line of the plan in a month, what is left of it in the budget's period, and how it stands so far in that: what was planned by the
    end of the month beside what was given, from which the status is. Quantities are minutes or times (`measure` says of what); what is
    outside the plan has nothing left and no status, and a sum that depends on a missing price is None."""

    given: GivenLine
    left: int | None = None
    left_pence: int | None = None
    status: Status | None = None
    planned_so_far: int | None = None
    given_so_far: int | None = None
    ahead: Ahead | None = None


@dataclass(frozen=True)
class FundMonth:
    """A month of a fund. `statement` is the one that was issued (`issued`), or a draft of what the books have so far."""

    month: Month
    statement: Statement
    issued: bool
    plan: tuple[PlanRow, ...]
    position: FundPosition


def fund_of(acting: Acting, key: str) -> Fund:
    """A fund by its key. Raises `InputError` where there is none."""
    with acting.reading_support(fund=key) as connection:
        row = next(iter(listing.every_fund(connection, key)), None)
        if row is None:
            raise InputError(f"There is no fund “{key[:80]}” here.", "Find it in the list of people and funds.")
        stated = listing.last_issued(connection)
        promises = listing.every_promise(connection, key)
        splits = fund_entries.splits_of(connection, key)
        return Fund(
            key=key, kind=FundKind(row.kind), person=row.person or "", name=row.name or fund_without_a_person(row),
            known_as=row.known_as or fund_without_a_person(row),
            payers=tuple(_payer(each) for each in paying_on(promises, acting.today)), split=splits[0] if splits else "",
            held_pence=listing.kept_of_funds(connection, INSIDE_MONEY_HELD, key).get(key, 0),
            months=_months(connection, key, promises, acting.today), stated=stated,
            statements=tuple(_issued(each) for each in fund_entries.statements_of(connection, key)))


def fund_month(acting: Acting, key: str, month: Month) -> FundMonth | None:
    """How a month stands in a person's fund: the issued statement, or a draft from the books; None where nothing stands in that month.

    Raises `InputError` where a draft does not agree with the ledger.
    """
    with acting.reading_support(fund=key) as connection:
        facts = facts_of_fund(connection, key, month)
        frozen = next((each.record for each in fund_entries.statements_of(connection, key) if each.key == f"statement {month} {key}"), None)
        if facts is None:
            return None
        position = position_of(facts)
    statement = statement_from_json(frozen) if frozen else build_statement(facts)
    return FundMonth(month, statement, frozen is not None, tuple(_plan(statement.given, position.lines)), position)


def _payer(row: Row[object]) -> Payer:
    return Payer(payer_name(row), row.how, share_words(row.share), row.contract or "", row.order_number,
                 Period(date.fromisoformat(row.from_on), date.fromisoformat(row.to_on)))


def _issued(row: Row[object]) -> Issued:
    return Issued(row.id, Month.parse(row.key.split()[1]), statement_from_json(row.record).seal)


def _months(connection: Connection, key: str, promises: Sequence[Row[object]], today: date) -> tuple[Month, ...]:
    """From the first month with an entry (or else with somebody who pays) to the first that is open, and no later than what is posted."""
    days, closed = fund_entries.days_of_books(connection, key), months.closed_through(connection)
    first = Month.of(days.first if days else min((date.fromisoformat(each.from_on) for each in promises), default=today))
    last = max(first, closed.next if closed else Month.of(days.last if days else today), Month.of(days.last) if days else first)
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next)
    return tuple(found)


def _plan(given: Iterable[GivenLine], lines: Iterable[LinePosition]) -> Iterable[PlanRow]:
    """What was given beside what is left, by the words of the line (all versions of one line are one row); then what is outside the plan.

    The month's figures are those of the statement, the year's those of the books: a statement that was issued does not change.
    """
    rows = list(given)
    by_line: dict[tuple[str, Measure], list[LinePosition]] = {}
    for each in lines:
        by_line.setdefault((each.line.reference, each.line.measure), []).append(each)
    for versions in by_line.values():
        yield _plan_row(_taken(rows, versions), versions)
    yield from map(PlanRow, rows)


def _taken(rows: list[GivenLine], versions: Sequence[LinePosition]) -> GivenLine:
    """The statement's row of a line, taken out of `rows`; nothing planned and nothing given where the statement has none."""
    latest = max(versions, key=lambda each: each.line.period.first).line
    for n, row in enumerate(rows):
        if row.words == latest.words and row.planned is not None and (row.measure == Measure.MINUTES) == (latest.measure is Measure.MINUTES):
            return rows.pop(n)
    return GivenLine(latest.words, "", latest.measure, 0, 0, 0)


def _plan_row(row: GivenLine, versions: Sequence[LinePosition]) -> PlanRow:
    return PlanRow(row, sum(each.left for each in versions), total_or_not_known(each.left_pence for each in versions),
                   worst(each.status for each in versions), sum(each.planned_to_date for each in versions),
                   sum(each.delivered for each in versions), _ahead(versions))


def _ahead(versions: Sequence[LinePosition]) -> Ahead:
    by_bill = all(each.is_bought for each in versions)
    return Ahead(
        planned=sum(each.planned for each in versions),
        quantity=None if by_bill else total_or_not_known(each.forecast for each in versions),
        planned_pence=total_or_not_known(each.planned_pence for each in versions), committed_pence=sum(each.committed_pence for each in versions),
        pence=total_or_not_known(each.forecast_pence for each in versions), status=worst(each.forecast_status for each in versions))
