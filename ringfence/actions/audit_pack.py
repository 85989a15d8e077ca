"""The audit pack of one fund: everything that a council asks for about it on some days, as one zip with an index.

The same books give the same bytes. Nothing in it names another person, or tells another’s money: see `nobody_else`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from basics.errors import InputError, RingfenceError
from basics.money import Money
from basics.periods import Month, Period
from isf.plan import PlanLine
from isf.statement import Statement
from ringfence.actions import audit_sheets as sheets
from ringfence.actions.acting import Acting
from ringfence.actions.audit_entries import CSV_HEADINGS, Entries, Tie, as_csv_rows, as_table, entries_of, put_back_rows, ties
from ringfence.actions.audit_zip import AuditPack, InPack
from ringfence.actions.documents import document
from ringfence.actions.facts_told import Told, texts_of, told
from ringfence.actions.fund_terms_known import KnownTerms, terms_during
from ringfence.actions.nobody_else import Others, others, without
from ringfence.actions.reconciling import Standing, reconciliations
from ringfence.actions.split_agreements import Agreement, agreements, known
from ringfence.actions.version import books_version
from ringfence.documents.audit_sheet import Row as Cells
from ringfence.documents.audit_sheet import Sheet, SheetTable
from ringfence.documents.printing import sheet_html
from ringfence.documents.records import statement_from_json
from ringfence.documents.table_csv import csv_of
from ringfence.store import agreed_splits, billing, fund_entries, listing, registry

INDEX = "index.html"
TIES = ("Month", "Statement opens", "Entries open", "Statement closes", "Entries close", "The two")
LONGEST_DAYS = 366 * 7
"""Bank records are kept for six years and the current one."""


@dataclass(frozen=True)
class _Books:
    """What a pack reads of the books in one look."""

    name: str
    provider: str
    promises: list[Row[Any]]
    terms: list[KnownTerms]
    told: list[Told]
    lines: list[PlanLine]
    given: dict[int, sheets.Given]
    payers: dict[str, str]
    statements: list[tuple[int, Statement, str]]
    agreed: list[Agreement]
    others: Others
    begins: Month
    issued_through: Month | None


def audit_pack(acting: Acting, fund: str, period: Period, evidence: Path) -> AuditPack:
    """The pack of a person’s fund. `evidence` is the folder in which files of evidence are kept.

    Raises `InputError` where there is no such fund, for days to come, and where the books change while it is made.
    """
    if period.last > acting.today or period.days > LONGEST_DAYS:
        raise InputError(f"The days {period} are still to come, or more than seven years.", "Give days that are over, seven years at most.")
    version = books_version(acting)
    with acting.reading() as connection:
        books = _read(connection, fund, period)
    entries, standing = entries_of(acting, fund, period), reconciliations(acting)
    held = ties(acting, [each for _, each, _ in books.statements])
    if books_version(acting) != version:
        raise InputError("The books were written to while the pack was made.", "Make it again.")
    pack = _Pack(books, fund, period, evidence)
    pack.sheets(entries, standing)
    pack.statements(acting)
    pack.evidence_files()
    return pack.whole(held)


def _read(connection: Connection, fund: str, period: Period) -> _Books:
    row = next((each for each in listing.every_fund(connection) if each.key == fund), None)
    if row is None or row.person is None:
        raise InputError(f"No person has a fund “{fund[:80]}” here.", "It is called like isf-P001: the kind of fund and the person.")
    promises, funders = listing.every_promise(connection, fund), registry.funders(connection)
    standing = registry.standing_line(connection, fund)
    days, given = fund_entries.days_of_books(connection, fund), dict[int, sheets.Given]()
    for each in billing.charged_by_month(connection, period.first, period.last, fund):
        line = standing.get(each.plan_line_id, each.plan_line_id)
        before = given.get(line, sheets.Given())
        given[line] = sheets.Given(before.minutes + int(each.minutes), before.times + int(each.times), before.pence + int(each.pence))
    statements = [(each.id, statement_from_json(each.record), each.record) for each in reversed(fund_entries.statements_of(connection, fund))]
    return _Books(
        row.name, _provider(connection), promises, terms_during(connection, period, fund), told(connection, fund, row.person, period),
        registry.plan_lines(connection, fund), given, {key: each.name for key, each in funders.items()},
        [each for each in statements if Month.parse(each[1].month).period.overlap(period)],
        list(_agreed(connection, row.person, {each.contract for each in promises if each.contract}, period)),
        others(connection, row.person, {each.reference for each in promises}), Month.of(days.first if days else period.first),
        listing.last_issued(connection))


class _Pack:
    """A pack while it is made: its files, what is missing, and what was taken out."""

    def __init__(self, books: _Books, fund: str, period: Period, evidence: Path) -> None:
        self._books, self._fund, self._period, self._evidence = books, fund, period, evidence
        self._about = (f"{books.name}, fund {fund}, kept by {books.provider}", str(period))
        self._files: list[InPack] = []
        self._missing: list[str] = []
        self._taken_out = 0

    def sheets(self, entries: list[Entries], standing: Standing) -> None:
        """The pages and tables that are made from the books."""
        books, of = self._books, self._of_kinds
        agreed = of(sheets.AGREED)
        nobody = "Nothing is recorded of how it is held, or of anybody else who decides."
        self._page("agreement.html", "Who holds the budget, who decides, who pays, and the terms in words", "The agreement", [
            sheets.recorded("How the budget is held, and who decides", agreed, nobody),
            sheets.payers(books.promises, self._period), sheets.split_agreed(books.agreed), *sheets.terms(books.terms)])
        self._page("plan.html", "The plan line by line: what was agreed, planned and given", "The plan", [
            sheets.plan(books.lines, books.given, books.payers, self._period),
            sheets.recorded("Also recorded of the plan, the budget and the fund", self._others_told(), "Nothing else is recorded on these days.")])
        self._page("entries.html", "Every entry, with the balance after it", "The entries", [as_table(each) for each in entries])
        for each in entries:
            name = f"entries-{str(each.balance).lower().replace(' ', '-')}.csv"
            self._table(name, f"The same entries for a spreadsheet: {str(each.balance).lower()}", CSV_HEADINGS, as_csv_rows(each))
        self._page("reviews.html", "Reviews, and outcomes met, partly met or not met", "Reviews and outcomes", [
            sheets.recorded("Reviews and outcomes", of(sheets.REVIEWED), "None is recorded on these days.")])
        put_back = SheetTable("Entries that were put back", ("Balance", "Day", "What happened", "Change"), put_back_rows(entries), (3,),
                              nothing="No entry of these days was put back.")
        self._page("corrections.html", "What was put right, given up or never paid", "Corrections", [
            sheets.recorded("What was asked for, and why", of(sheets.CORRECTED), "No correction is recorded on these days."), put_back])
        self._page("worries.html", "Worries about the person’s money, and what came of them", "Worries", [
            sheets.recorded("Worries", of(sheets.WORRIES), "No worry is recorded on these days.")])
        self._page("reconciliation.html", "This fund’s money beside the bank, and who signed it off", "Reconciliation", [
            sheets.reconciled(standing.all, self._fund, self._period)])
        self._note_what_is_missing(standing)

    def statements(self, acting: Acting) -> None:
        """Every statement of these days as it was issued, byte for byte; one that names somebody else is left out."""
        for number, record, text in self._books.statements:
            month = Month.parse(record.month)
            if self._books.others.among(texts_of(json.loads(text))):
                self._missing.append(f"The statement of {month.in_words} names another person, and is left out. Read it before it goes anywhere.")
                continue
            try:
                printed = document(acting, number, "pdf")
            except RingfenceError as error:
                self._missing.append(f"The statement of {month.in_words} could not be printed: {error.problem.what}")
                continue
            self._files.append(InPack(f"statements/{printed.name}", f"The statement of {month.in_words} as it was issued, seal {record.seal}",
                                      printed.content))

    def evidence_files(self) -> None:
        """The list of evidence, and each kept file that is named in it."""
        found = {digest: self._kept(digest) for each in self._books.told for digest in each.files}
        for digest, path in sorted(found.items()):
            if path is not None:
                self._files.append(InPack(f"evidence/{path.name}", "A file of evidence as it was kept; nobody has looked inside it for names",
                                          path.read_bytes()))
            else:
                self._missing.append(f"The file of evidence {digest[:16]}… is named, and is not kept here, or is not what it was.")
        said = {digest: f"evidence/{path.name}" if path else "not kept here" for digest, path in found.items()}
        self._page("evidence.html", "Purchases, bills and evidence, each with the sha256 of its file", "Evidence",
                   [sheets.evidence(self._books.told, lambda digest: said[digest])])

    def whole(self, held: list[Tie]) -> AuditPack:
        """The pack with its index."""
        files = sorted(self._files, key=lambda each: each.name)
        wrong = [each for each in held if not each.agrees]
        self._missing += [f"The statement of {each.month.in_words} and the entries of that month do not agree." for each in wrong]
        index = Sheet("Audit pack", self._about, (
            SheetTable("What is in it", ("File", "What it is", "sha256"), tuple((each.name, each.what, each.sha256) for each in files), links=True),
            SheetTable("What is not in it, and why", words=tuple(self._missing) or ("Nothing that it should hold is missing.",)),
            SheetTable("Do the entries add to the statements?", TIES, tuple(map(_tie, held)), (1, 2, 3, 4),
                       nothing="No statement of these days was issued."),
            SheetTable("Whose it is", words=(
                "Everything here is of this one fund. Of what is shared, it shows this person’s part.",
                f"The whole name or the reference of another person was taken out in {self._taken_out:,} "
                f"{'place' if self._taken_out == 1 else 'places'}. First names alone, and files of evidence, are for whoever sends this to read."))))
        return AuditPack(self._fund, self._period, (InPack(INDEX, "This list", sheet_html(index).encode()), *files), tuple(self._missing),
                         tuple(held), self._taken_out)

    def _note_what_is_missing(self, standing: Standing) -> None:
        books, issued = self._books, {each.month for _, each, _ in self._books.statements}
        for month in _months(self._period):
            if str(month) in issued or month < books.begins:
                continue
            is_open = books.issued_through is None or month > books.issued_through
            self._missing.append(f"{month.in_words} is not issued yet, so it has no statement." if is_open
                                 else f"No statement of {month.in_words} was issued for this fund.")
        if Month.of(self._period.first) < books.begins:
            self._missing.append(f"The books of this fund begin in {books.begins.in_words}: no month before that has a statement.")
        for kinds, what in ((sheets.AGREED[:1], "in which way the budget is held"), (sheets.REVIEWED[:1], "any review")):
            if not self._of_kinds(kinds):
                self._missing.append(f"Nobody has recorded {what} on these days.")
        if not books.terms:
            self._missing.append("Nobody has recorded a funder’s terms for these days.")
        self._missing += sheets.gaps(standing.all, self._period)

    def _of_kinds(self, kinds: Iterable[str]) -> list[Told]:
        return [each for each in self._books.told if each.kind in kinds]

    def _others_told(self) -> list[Told]:
        """Whatever is recorded and stands on no other page."""
        shown = {*sheets.AGREED, *sheets.REVIEWED, *sheets.CORRECTED, *sheets.SPENT, *sheets.WORRIES, *sheets.TERMS, *sheets.SUMS}
        return [each for each in self._books.told if each.kind not in shown]

    def _page(self, name: str, what: str, title: str, tables: list[SheetTable]) -> None:
        sheet = Sheet(title, self._about, tuple(tables))
        names = self._books.others.among(sheet.texts())
        sheet = sheet.with_rows(tuple(tuple(self._plain(names, row) for row in table.rows) for table in sheet.tables))
        self._files.append(InPack(name, what, sheet_html(sheet).encode()))

    def _table(self, name: str, what: str, headings: Cells, rows: Iterable[Cells]) -> None:
        listed = list(rows)
        names = self._books.others.among(cell for row in listed for cell in row)
        self._files.append(InPack(name, what, csv_of(headings, [self._plain(names, row) for row in listed])))

    def _plain(self, names: list[str], row: Cells) -> Cells:
        plain = tuple(without(names, cell) for cell in row)
        self._taken_out += sum(one != other for one, other in zip(row, plain, strict=True))
        return plain

    def _kept(self, digest: str) -> Path | None:
        """The kept file of this sha256, where it still is what it was."""
        found = sorted(self._evidence.glob(f"{digest}.*"))
        return next((each for each in found if hashlib.sha256(each.read_bytes()).hexdigest() == digest), None)


def _agreed(connection: Connection, person: str, contracts: Collection[str], period: Period) -> Iterator[Agreement]:
    """What the council agreed of every split in force on these days: the methods, and this person’s sums."""
    if contracts:
        stands, sums = known(connection), {row.reference: int(row.pence) for row in agreed_splits.every_contract(connection)}
        for split in (each for contract in sorted(contracts) for each in stands.in_force.get(contract, ())):
            if split.from_on is None or split.from_on <= period.last:
                yield from (each for each in agreements(stands, split, sums[split.contract]) if each.person in ("", person))


def _provider(connection: Connection) -> str:
    practice = " (practice: these people are invented)" if registry.is_practice(connection) else ""
    return f"{registry.provider(connection).get('name', 'the provider')}{practice}"


def _months(period: Period) -> Iterator[Month]:
    month = Month.of(period.first)
    while month.first <= period.last:
        yield month
        month = month.next


def _tie(each: Tie) -> Cells:
    return (each.month.in_words, str(Money(each.said[0])), str(Money(each.posted[0])), str(Money(each.said[1])), str(Money(each.posted[1])),
            "agrees" if each.agrees else "does not agree")
