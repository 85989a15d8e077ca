"""An invented provider's books, and the shortest way to do in them what people do: bring in visits, apply, approve, close a month.

Asha prepares and Ben approves. Figures are round, so that each test can be checked by hand: an hour of outreach is £24.00, an hour
shared in a house £30.00, and a session of swimming £6.00.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from basics.errors import Refused
from basics.money import Money
from basics.periods import Month
from invoicing.invoice import Invoice
from isf.entries import Entry
from isf.statement import Statement
from ringfence.actions.acting import Acting
from ringfence.actions.applying import Applied, apply_content, approve
from ringfence.actions.books import add_user
from ringfence.actions.importing import Imported, list_imports, take_people, take_visits, undo_import
from ringfence.actions.month_end import MonthEnd, approve_month, prepare_month, preview_month
from ringfence.actions.month_plan import MonthPlan
from ringfence.actions.recording import record_content
from ringfence.actions.split_agreements import agreements_of
from ringfence.documents.records import invoice_from_json, statement_from_json
from ringfence.importing.people import PersonRow
from ringfence.importing.tables import Taken
from ringfence.importing.uk_times import read_clock, visit_times
from ringfence.importing.visit_cells import Outcome
from ringfence.importing.visits import VisitRow
from ringfence.store import batches, ledger, months, schema, seals
from ringfence.store.engine import Store
from ringfence.store.ledger import Ledger, Origin
from ringfence.store.rows import add

ASHA, BEN = "asha", "ben"
SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (Month(2026, n) for n in range(9, 13))
AGREED = {"by": "Ruth Bell", "on": "2026-09-18", "source": "Letter SW-12"}
"""Who at the council agreed a split, and each sum of it."""
NAMES = {"P001": "Amina Yusuf", "P002": "Thomas Hale", "P003": "Grace Lloyd", "P004": "Margaret Ellis", "P005": "Owen Price"}

Content = Mapping[str, Any]


@dataclass
class Books:
    """The books of one provider, and who works in them."""

    store: Store
    at: datetime = datetime(2026, 11, 2, 9, tzinfo=UTC)

    def acting(self, user: str = ASHA) -> Acting:
        return Acting(self.store, user, self.at)

    @property
    def asha(self) -> Acting:
        return self.acting(ASHA)

    @property
    def ben(self) -> Acting:
        return self.acting(BEN)

    def open(self) -> None:
        for user in (ASHA, BEN):
            add_user(self.store, user, added_by=ASHA, at=self.at)

    def people(self, names: Mapping[str, str]) -> Imported:
        rows = tuple(PersonRow(n, reference, name, name.split()[0]) for n, (reference, name) in enumerate(names.items(), start=2))
        return take_people(self.asha, Taken("people.csv", "", rows, (), ()))

    def visits(self, *rows: VisitRow, name: str = "visits.csv") -> Imported:
        """The rows as one file; row 1 is its headings."""
        return take_visits(self.asha, Taken(name, sha256(repr(rows).encode()).hexdigest(), rows, (), ()))

    def imports(self) -> list[int]:
        return [batch.id for batch in list_imports(self.asha)]

    def undo(self, import_id: int) -> int:
        return undo_import(self.asha, import_id)

    def prepare(self, content: Content, place: str = "agreed.yaml") -> Applied:
        return apply_content(self.asha, content, place)

    def apply(self, content: Content) -> Applied:
        """Prepared by Asha and approved by Ben; where it splits a contract, the council has agreed it in between."""
        return self.approve(self.prepare(content))

    def approve(self, prepared: Applied) -> Applied:
        """Approved by Ben, once the council has agreed every split of it."""
        if prepared.digest:
            self.council_agrees(prepared)
        return approve(self.ben, prepared.digest)

    def council_agrees(self, prepared: Applied) -> None:
        """The method, and each person’s sum as the split gives it."""
        needed = [each for each in agreements_of(self.asha, prepared.digest) if not each.is_there]
        if not needed:
            return
        said = [{"contract": each.contract, "version": each.version, **AGREED} for each in needed]
        record_content(self.asha, {
            "methods_agreed": [{**one, "method": each.method} for one, each in zip(said, needed, strict=True) if not each.person],
            "sums_approved": [{**one, "person": each.person, "pounds": Money(each.pence)}
                              for one, each in zip(said, needed, strict=True) if each.person]}, "agreed.record.yaml")

    def preview(self, month: Month = OCTOBER) -> MonthPlan:
        return preview_month(self.asha, month)

    def unplaced(self) -> list[str]:
        """What the month's review says of bank lines; in books without visits it also says that no support came for the instalments."""
        return [str(problem) for problem in self.preview().warnings if problem.place.startswith("bank line")]

    def draft(self, fund: str, month: Month = OCTOBER) -> Statement:
        """One fund's statement as the month would end if it ended now."""
        found, = (each for each in self.preview(month).statements if each.fund_key == fund)
        return found

    def month_end(self, month: Month = OCTOBER, out: Path | None = None) -> MonthEnd:
        """Prepared by Asha and approved by Ben, once the month has begun."""
        self.at = max(self.at, datetime(month.year, month.month, 1, 9, tzinfo=UTC))
        digest = prepare_month(self.asha, month, out).digest
        return approve_month(self.ben, month, digest, out)

    def post(self, key: str, entries: Sequence[Entry], *origins: Origin, conversion: Mapping[str, Any] | None = None) -> None:
        """Entries that no action makes yet, in a batch that Asha prepares and Ben approves. A conversion stands behind the first event."""
        with self.store.writing() as connection:
            batch = batches.open_batch(connection, kind="by hand", key=key, digest=sha256(key.encode()).hexdigest(), prepared_by=ASHA,
                                       recorded_at=self.asha.recorded_at, body="")
            writer = Ledger(connection, batch, self.asha.recorded_at)
            writer.place(origins)
            batches.approve(connection, batch, BEN, self.ben.recorded_at)
            if conversion:
                event = entries[0].event
                (event_id,) = writer.write_events([event]).values()
                add(connection, schema.conversion, event_id=event_id, **conversion)
            writer.post(list(entries), months.closed_through(connection))
            seals.seal_entries(connection, batch)

    # what stands in the books

    def balance(self, fund: str, role: str, funder: str | None = None, unit: str = "pence") -> int:
        with self.store.reading() as connection:
            return ledger.balances(connection).get((fund, unit, role, funder), 0)

    def balances(self) -> dict[str, dict[str, int]]:
        """Everything that is not nil: fund, then “role”, “due from funder” or “role in minutes”."""
        with self.store.reading() as connection:
            kept = ledger.balances(connection)
        found: dict[str, dict[str, int]] = {}
        for (fund, unit, role, funder), amount in kept.items():
            if amount:
                found.setdefault(fund, {})[role + (f" {funder}" if funder else "") + (" minutes" if unit == "minutes" else "")] = amount
        return found

    def rows(self, statement: str, **values: object) -> list[tuple[Any, ...]]:
        with self.store.reading() as connection:
            return [tuple(row) for row in connection.execute(text(statement), values)]

    def count(self, table: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])

    def everything(self) -> dict[str, int]:
        """How many rows each table has that anybody can write to."""
        tables = ("batch", "approval", "delivery", "withdrawal", "conflict", "event", "entry", "origin", "part", "charge", "invoice",
                  "invoice_line", "document", "document_file", "seal", "month_lock", "month_reopen", "account", "fund", "plan_line", "rate")
        return {table: self.count(table) for table in tables}

    def statements(self, month: Month | None = None) -> dict[tuple[str, str], Statement]:
        """Issued statements by (month, fund)."""
        records = [statement_from_json(row[0]) for row in self.rows("SELECT record FROM document WHERE kind = 'statement'")]
        return {(each.month, each.fund_key): each for each in records if month is None or each.month == str(month)}

    def statement(self, fund: str, month: Month = OCTOBER) -> Statement:
        return self.statements()[str(month), fund]

    def invoices(self) -> dict[int, Invoice]:
        """Issued invoices by number."""
        rows = self.rows("SELECT i.number, d.record FROM document d JOIN invoice i ON i.id = d.invoice_id ORDER BY i.number")
        return {number: invoice_from_json(record) for number, record in rows}

    def asked_for(self) -> dict[str, int]:
        """What each invoice asks for, in pence, by what it is about."""
        return dict(self.rows("SELECT key, pence FROM invoice ORDER BY number"))


def visit(reference: str, subject: str, day: str, start: str = "", end: str = "", *, support: str = "outreach", carer: str = "C1",
          planned: int | None = None, carers: int = 1, cancelled: bool = False, reason: str = "", row: int = 2) -> VisitRow:
    """One row of a file of visits. It lasts as long as was planned, unless that is said."""
    on = date.fromisoformat(day)
    times = visit_times(on, read_clock(start), read_clock(end)) if start else None
    minutes = times.minutes if times else 0
    return VisitRow(
        row, reference, carer, subject, support, on, times.starts_at if times else None, times.ends_at if times else None,
        minutes if planned is None else planned, 0 if cancelled else minutes, carers, Outcome.CANCELLED if cancelled else Outcome.GIVEN,
        reason or ("Away that day" if cancelled else ""))


def october_visits() -> list[VisitRow]:
    """A month of the provider's: 5 hours of outreach, a morning with two carers, an hour with Peggy, an afternoon in the house."""
    return [
        visit("V-1", "P001", "2026-10-05", "09:00", "11:00"),
        visit("V-2", "P001", "2026-10-12", "09:00", "12:00"),
        visit("V-3", "P002", "2026-10-06", "10:00", "11:30"),
        visit("V-4", "P002", "2026-10-09", support="swimming"),
        visit("V-5", "P003", "2026-10-07", "08:00", "09:00", support="care", carers=2),
        visit("V-5", "P003", "2026-10-07", "08:00", "09:00", support="care", carer="C2", carers=2),
        visit("V-6", "P004", "2026-10-08", "14:00", "15:00"),
        visit("V-7", "elm-house", "2026-10-10", "15:00", "21:00", support="shared-support"),
    ]


def agreements(*, first_invoice_number: int = 501) -> dict[str, Any]:
    """What the provider has agreed.

    A block contract of £12,000.00 for October to March, £2,000.00 a month in advance: £6,000.00 for P001 (of which she pays £600.00
    herself), £4,800.00 for P002, £1,200.00 kept for empty places. P003 is paid for as support is given, 60% by Southgate and 40% by the
    NHS; P004 pays for herself. P001 and P002 live in Elm House, whose third place is empty and is the provider's to carry.
    """
    return {
        "provider": {"name": "Halden Support", "address": ["3 Mill Lane, Halden"], "pay_to": ["Halden Support", "account 00000000"],
                     "contact": {"name": "Priya Shah", "telephone": "01632 960 101"}, "first_invoice_number": first_invoice_number},
        "funders": [
            {"reference": "southgate", "kind": "council", "name": "Southgate Council"},
            {"reference": "northvale", "kind": "icb", "name": "Northvale Integrated Care Board"},
            {"reference": "amina", "kind": "person", "person": "P001"},
            {"reference": "peggy", "kind": "person", "person": "P004"},
        ],
        "contracts": [block_contract()],
        "houses": [house()],
        "terms": [
            terms("Block", cancelled_visits="not charged"),
            terms("Spot", charged_time="nearest 15", cancelled_visits="as planned", funder_share="by line"),
        ],
        "rates": [
            rate("outreach-hour", "22.80", "2026-02-01", "2026-03-31"), rate("outreach-hour", "24.00", "2026-04-01", "2027-03-31"),
            rate("shared-hour", "30.00", "2026-04-01", "2027-03-31"), rate("care-hour", "25.00", "2026-02-01", "2027-03-31"),
            rate("swim", "6.00", "2026-04-01", "2027-03-31", per="item"),
        ],
        "fundings": [
            by_schedule("P001"), by_schedule("P002"),
            by_delivery("P003", "southgate", share=60), by_delivery("P003", "northvale", share=40), by_delivery("P004", "peggy"),
        ],
        "plan": [
            plan_line("P001", "outreach", 300, funder="southgate"), plan_line("P002", "outreach", 120, funder="southgate"),
            plan_line("P001", "shared-support", 120, rate="shared-hour", funder="southgate"),
            plan_line("P002", "shared-support", 120, rate="shared-hour", funder="southgate"),
            plan_line("P002", "swimming", rate="swim", funder="southgate", times_per_week=1),
            plan_line("P003", "care", 120, rate="care-hour", from_on="2026-02-01"),
            plan_line("P004", "outreach", 60, from_on="2026-02-01"),
        ],
        "splits": [{
            "contract": "SG-2026", "version": 1, "method": "amounts", "on": "2026-09-20", "method_agreed": AGREED,
            "top_slices": [{"name": "empty places", "pounds": "1,200.00"}],
            "people": [{"person": "P001", "pounds": "6,000.00", "contribution_pounds": "600.00", "minutes": 12_000,
                        "approved": {**AGREED, "pounds": "6,000.00"}},
                       {"person": "P002", "pounds": "4,800.00", "minutes": 6_000, "approved": {**AGREED, "pounds": "4,800.00"}}]}],
    }


def block_contract(**changed: Any) -> dict[str, Any]:
    schedule = {"every": "month", "paid": "in advance", "days_to_pay": 30, "instalments": "equal"}
    return {"reference": "SG-2026", "funder": "southgate", "from": "2026-10-01", "to": "2027-03-31", "pounds": "12,000.00",
            "schedule": schedule, **changed}


def house(*held: str | None, reference: str = "elm-house", void_paid_by: str = "provider", **more: Any) -> dict[str, Any]:
    """A house with a place for each who is named, and for each that is empty (None), since 1 October."""
    places = held or ("P001", "P002", None)
    return {"reference": reference, "places": len(places), "void_paid_by": void_paid_by, **more, "held": [
        {"place": n, "from": "2026-10-01", **({"person": who} if who else {"empty": True})} for n, who in enumerate(places, start=1)]}


def terms(name: str, **changed: Any) -> dict[str, Any]:
    return {"name": name, "from": "2026-02-01", "source": f"The agreement “{name}”", "charged_time": "by the minute",
            "across_midnight": "split", "nights": "elapsed", "cancelled_visits": "not charged", "carers": "each has a row",
            "line": "visit", "vat": "exempt",
            "days_to_pay": 28,
            **changed}


def rate(code: str, pounds: str, from_on: str, to_on: str, *, per: str = "hour") -> dict[str, Any]:
    return {"rate": code, "per": per, "pounds": pounds, "from": from_on, "to": to_on}


def by_schedule(person: str, **changed: Any) -> dict[str, Any]:
    return {"person": person, "fund": "isf", "funder": "southgate", "how": "schedule", "contract": "SG-2026", "terms": "Block",
            "from": "2026-10-01", "to": "2027-03-31", **changed}


def by_delivery(person: str, funder: str, **changed: Any) -> dict[str, Any]:
    return {"person": person, "fund": "spot", "funder": funder, "how": "delivery", "terms": "Spot", "from": "2026-02-01",
            "to": "2027-03-31", **changed}


def plan_line(person: str, support: str, minutes_per_week: int | None = None, *, rate: str = "outreach-hour",
              from_on: str = "2026-10-01", **more: Any) -> dict[str, Any]:
    timed = {"minutes_per_week": minutes_per_week} if minutes_per_week else {}
    return {"line": f"{person}-{support}", "person": person, "support": support, "words": support.replace("-", " ").capitalize(),
            "rate": rate, "from": from_on, "to": "2027-03-31", **timed, **more}


def bank_line(line: str, on: str, pounds: str, account: str = "people", **more: Any) -> dict[str, Any]:
    return {"line": line, "on": on, "account": account, "pounds": pounds, "words": f"BACS {line}", **more}


def part(fund: str, pounds: str, as_: str = "payment", funder: str | None = None) -> dict[str, Any]:
    """A part of a bank line for a fund like “isf-P001”."""
    kind, person = fund.split("-", 1)
    return {"person": person, "fund": kind, "pounds": pounds, "as": as_, **({"funder": funder} if funder else {})}


def files_in(folder: Path) -> dict[str, str]:
    """Every file of a folder, with the sha256 of its bytes."""
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def refused(books: Books, content: dict[str, Any]) -> list[tuple[str, str]]:
    """The place and the words of everything that is wrong with it."""
    with pytest.raises(Refused) as found:
        books.prepare(content)
    assert all(problem.to_do for problem in found.value.problems)
    return [(problem.place, problem.what) for problem in found.value.problems]


def ties(statements: Iterable[Statement]) -> None:
    """Each statement adds up, and opens with what the one before it closed with."""
    closed: dict[str, int] = {}
    for one in sorted(statements, key=lambda each: (each.month, each.fund_key)):
        lines = (*one.money.paid_in, *one.money.paid_out, *one.money.put_right)
        assert one.money.opening_pence + sum(line.pence for line in lines) == one.money.closing_pence, (one.month, one.fund_key)
        assert closed.get(one.fund_key, 0) == one.money.opening_pence, (one.month, one.fund_key)
        closed[one.fund_key] = one.money.closing_pence


@contextmanager
def undone(store: Store) -> Iterator[Any]:
    """A writing transaction of which nothing is kept."""
    with store._engine.connect() as plain:
        connection = plain.execution_options(ringfence_writes=True)
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()
