"""What an apply file is laid out on: the books as they would be, the entries it would post, and every problem found on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table

from basics.errors import Problem
from basics.people import Funder
from basics.periods import Month
from isf.accounts import ROLES
from isf.entries import Entry, Event
from ringfence.importing.apply_file import ApplyFile
from ringfence.store import ledger, months, registry
from ringfence.store.credits import Credit, LineCredited


class Converted(NamedTuple):
    """The agreement behind banked time that is turned into pounds."""

    event: Event
    minutes: int
    rate_per_hour: str
    pence: int
    agreement: str


class PutBack(NamedTuple):
    """The entries of one event that are to be reversed, and why."""

    event_key: str
    rows: Sequence[Row[Any]]
    why: str


@dataclass
class VisitsPutRight:
    """What is to be written once the file is approved: deliveries that no longer stand, those in their place, and the credit notes."""

    withdrawn: list[int] = field(default_factory=list)
    instead: list[tuple[Any, ...]] = field(default_factory=list)
    credited: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    """By invoice: each line with its pence, and why."""

    @property
    def credits(self) -> list[Credit]:
        return [Credit(invoice_id, tuple(LineCredited(n, pence) for n, pence, _ in sorted(lines)), "; ".join(sorted({why for *_, why in lines})))
                for invoice_id, lines in sorted(self.credited.items())]


@dataclass
class InstalmentsCredited:
    """Lines of instalments that are to be credited once the file is approved, by invoice: each with why."""

    lines: dict[int, list[tuple[LineCredited, str]]] = field(default_factory=dict)

    @property
    def credits(self) -> list[Credit]:
        return [Credit(invoice_id, tuple(sorted(line for line, _ in lines)), "; ".join(sorted({why for _, why in lines})))
                for invoice_id, lines in sorted(self.lines.items())]


class Closing(NamedTuple):
    """A fund that is to be closed, or opened again, on a day."""

    fund: str
    step: str
    on: date


@dataclass
class Laying:
    """One apply file being laid out in a transaction. Rows go in at once; entries wait, since they need the approval.

    `said` is what a person reads before approving, one line for each thing that is new or changed; the digest is made from it.
    """

    connection: Connection
    batch_id: int
    recorded_at: str
    file: ApplyFile
    said: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    origins: list[ledger.Origin] = field(default_factory=list)
    closed_through: Month | None = None
    explained: list[tuple[str, str]] = field(default_factory=list)
    conversions: list[Converted] = field(default_factory=list)
    put_back: list[PutBack] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    visits: VisitsPutRight = field(default_factory=VisitsPutRight)
    instalments: InstalmentsCredited = field(default_factory=InstalmentsCredited)
    balances: dict[tuple[str, str, str, str | None], int] = field(default_factory=lambda: defaultdict(int))
    _ids: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.balances |= ledger.balances(self.connection)
        self.closed_through = months.closed_through(self.connection)

    def problem(self, place: tuple[str | int, ...], what: str, to_do: str) -> None:
        """Note what is wrong at that place of the file, and go on."""
        self.problems.append(Problem(self.file.where(*place), what, to_do))

    def ids(self, table: Table, column: str = "reference") -> dict[str, int]:
        """The ids of a table's rows by their reference. Read once, until `changed` says that a row came to it."""
        if (table.name, column) not in self._ids:
            self._ids[table.name, column] = registry.ids(self.connection, table, column)
        return self._ids[table.name, column]

    def changed(self, table: Table) -> None:
        """Forget what was read of a table, because a row was added to it."""
        self._ids = {key: known for key, known in self._ids.items() if key[0] != table.name}

    @cached_property
    def payers(self) -> dict[str, Funder]:
        """Every payer, by reference, once all that the file adds are there."""
        return registry.funders(self.connection)

    @cached_property
    def known_as(self) -> dict[str, str]:
        """What payers who are people are called, by their reference as a payer."""
        people = registry.people(self.connection)
        return {payer: people[who].known_as for payer, who in self.person_of_payer.items()}

    @cached_property
    def person_of_payer(self) -> dict[str, str]:
        """The person, by reference, that each payer who is a person is."""
        return registry.person_of_funder(self.connection)

    def say(self, outcome: str, words: str) -> None:
        """Tell what a version did: nothing where it was the same as before."""
        if outcome != "same":
            self.said.append(f"{outcome.capitalize()}: {words}")

    def version(self, table: Table, key: dict[str, Any], said: str, /, **content: Any) -> None:
        """A version of a row under its key, told if it is new or changed."""
        self.say(registry.add_version(self.connection, table, key, self.batch_id, **content), said)
        self.changed(table)

    def find(self, table: Table, reference: str, place: tuple[str | int, ...], what: str, to_do: str, *, column: str = "reference") -> int | None:
        """The id of something referred to, or a problem at that place."""
        found = self.ids(table, column).get(reference)
        if found is None:
            self.problem(place, f"“{reference}” is not {what} here.", to_do)
        return found

    def post(self, entries: Iterable[Entry]) -> None:
        """Entries for after the approval; the balances go on as if they stood."""
        for each in entries:
            self.entries.append(each)
            for (role, funder), sign in ((each.debit, 1), (each.credit, -1)):
                self.balances[each.event.fund, each.unit, role, funder] += sign * SIDE[role] * each.amount

    def put_back_event(self, back: PutBack) -> None:
        """The entries of an event reversed before anything else of the file is posted; the balances go on as if that stood."""
        self.put_back.append(back)
        for row in back.rows:
            for role, funder, sign in ((row.debit_role, row.debit_funder, -1), (row.credit_role, row.credit_funder, 1)):
                self.balances[row.fund, row.unit, role, funder] += sign * SIDE[role] * row.amount


SIDE = {role.name: 1 if role.side == "debit" else -1 for role in ROLES}
"""Balances are kept positive on the side where the role normally stands: 1 for debit, -1 for credit."""
