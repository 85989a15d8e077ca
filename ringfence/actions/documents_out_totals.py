"""What a folder of documents holds, added up on the way and held beside the books: its control totals, and its index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from basics.errors import Problem
from basics.money import Money
from basics.periods import Month
from costing.quote import Quote
from invoicing.invoice import Invoice
from isf.accounts import INSIDE_MONEY_HELD
from isf.statement import Statement
from ringfence.actions.documents_posted import Bundle
from ringfence.actions.month_controls import Control
from ringfence.actions.month_end import MONTH_END
from ringfence.documents.audit_sheet import Sheet, SheetTable
from ringfence.store import documents_issued, ledger, outgoing

CONTROL_COLUMNS = ("What", "In the documents", "Counted from", "In the books", "Read from", "Do they agree?")


@dataclass
class Tally:
    """What is counted and summed while documents are written. `there` are the files that stand, `held` the closing balance of each fund as
    its statement prints it."""

    invoices: int = 0
    invoiced_pence: int = 0
    credit_notes: int = 0
    credited_pence: int = 0
    statements: int = 0
    held: dict[str, int] = field(default_factory=dict)
    there: set[str] = field(default_factory=set)
    set_aside: list[Problem] = field(default_factory=list)
    written: int = 0
    stood: int = 0

    @property
    def done(self) -> int:
        return self.written + self.stood + len(self.set_aside)

    def add(self, record: Invoice | Statement | Quote) -> None:
        if isinstance(record, Invoice) and record.credits:
            self.credit_notes += 1
            self.credited_pence += record.total_pence
        elif isinstance(record, Invoice):
            self.invoices += 1
            self.invoiced_pence += record.total_pence
        elif isinstance(record, Statement):
            self.statements += 1
            self.held[record.fund_key] = record.money.closing_pence

    def stood_already(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.there.add(path)
            self.stood += 1

    def note(self, path: str, problem: Problem | None) -> None:
        if problem is not None:
            self.set_aside.append(Problem(path, problem.what, problem.to_do))
        else:
            self.there.add(path)
            self.written += 1


def controls(connection: Connection, month: Month, tally: Tally) -> tuple[Control, ...]:
    """Counts and sums of the documents beside those of the books, which are read by a way of their own."""
    books = documents_issued.totals_of_month(connection, f"{MONTH_END} {month} ", month.first, month.last)
    credited = outgoing.credit_notes(connection, month.first, month.last)
    held = {fund: pence for fund, pence in ledger.held_before(connection, month.next.first, INSIDE_MONEY_HELD).items() if fund in tally.held}
    return (
        _count("Invoices", tally.invoices, books.invoices),
        _money("Invoices, sum", tally.invoiced_pence, books.invoiced_pence),
        Control("Credit notes", "their records", f"{tally.credit_notes:,}", "issued in the month", f"{len(credited):,}",
                tally.credit_notes == len(credited)),
        Control("Credit notes, sum", "their totals", str(Money(tally.credited_pence)), "issued in the month",
                str(Money(sum(row.pence for row in credited))), tally.credited_pence == sum(row.pence for row in credited)),
        _count("Statements", tally.statements, books.statements),
        _at_the_end("Money held at the end", 1, tally.held, held),
        _at_the_end("Owed at the end for support given", -1, tally.held, held),
        Control("Files", "written, or there already", f"{len(tally.there):,}", "to be made", f"{tally.done:,}", len(tally.there) == tally.done),
    )


def control_table(found: Sequence[Control]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The headings of the control totals and their rows."""
    return CONTROL_COLUMNS, [(each.what, each.first, each.first_words, each.second, each.second_words, "yes" if each.agrees else "NO")
                             for each in found]


def control_sheet(month: Month, found: Sequence[Control]) -> Sheet:
    """The control totals as a page."""
    columns, rows = control_table(found)
    return Sheet("Control totals", (f"Documents of {month.in_words}",), (SheetTable("Documents beside the books", columns, tuple(rows), (1, 3)),))


def index(month: Month, documents: Sequence[tuple[str, str, str, str]], posted: Sequence[Bundle], tally: Tally,
          found: Sequence[Control]) -> Sheet:
    """A page that leads to every file. Of each document: its kind, whose it is, its form and its path."""
    columns, rows = control_table(found)
    invoices = tuple((path, whose) for kind, whose, _, path in documents if kind == "invoice")
    credit_notes = tuple((path, whose) for kind, whose, _, path in documents if kind == "credit_note")
    statements = tuple((path, whose, form) for kind, whose, form, path in documents if kind == "statement")
    return Sheet("Documents", (month.in_words,), (
        SheetTable("Set aside", ("File", "Why", "What to do"), tuple((each.place, each.what, each.to_do) for each in tally.set_aside),
                   nothing="Nothing: every document could be printed."),
        SheetTable("To post", ("File", "Papers", "Envelopes", "Of them without an address"), tuple(map(_posted, posted)), (1, 2, 3), links=True,
                   words=("On paper printed on both sides, each paper begins on a sheet of its own.",
                          "Before the papers of an envelope stands a page whose address shows in its window, where one is known.") if posted else (),
                   nothing="Nothing goes by post."),
        SheetTable("Control totals", columns, tuple(rows), (1, 3)),
        SheetTable("Invoices", ("File", "Payer"), invoices, links=True, nothing="There are none."),
        SheetTable("Credit notes", ("File", "Payer"), credit_notes, links=True, nothing="There are none."),
        SheetTable("Statements", ("File", "Person", "Form"), statements, links=True, nothing="There are none."),
    ))


def _posted(each: Bundle) -> tuple[str, str, str, str]:
    return each.path, f"{each.papers:,}", f"{each.envelopes:,}", f"{each.without_address:,}"


def _at_the_end(what: str, sign: int, on_statements: dict[str, int], in_books: dict[str, int]) -> Control:
    """Fund by fund: two balances that changed places would leave the sum as it is."""
    first, second = ({fund: pence * sign for fund, pence in side.items() if pence * sign > 0} for side in (on_statements, in_books))
    return Control(what, f"on the last lines of statements, {len(first):,}", str(Money(sum(first.values()))),
                   f"in {len(second):,} funds", str(Money(sum(second.values()))), first == second)


def _count(what: str, first: int, second: int) -> Control:
    return Control(what, "their records", f"{first:,}", "issued with the month end", f"{second:,}", first == second)


def _money(what: str, first: int, second: int) -> Control:
    return Control(what, "their totals", str(Money(first)), "issued with the month end", str(Money(second)), first == second)
