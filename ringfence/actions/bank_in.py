"""Bank files and remittance advices brought in. A line comes in unplaced and moves no money into any fund.

Two people bring it in all the same, like every bank line: which account it went through decides what the reconciliation believes to be in the
bank, and somebody who could add a line alone could hide with it that money is missing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from basics.errors import InputError, Problem
from basics.money import Money
from basics.periods import day_in_words
from ringfence.actions.acting import Acting
from ringfence.actions.applying import Applied, prepare, rehearse
from ringfence.actions.recording import record_content
from ringfence.actions.rights import Right
from ringfence.importing.apply_file import parse_apply
from ringfence.importing.bank_columns import Columns
from ringfence.importing.bank_file import bank_file_of, content_of
from ringfence.importing.bank_lines import BankFile, BankRow
from ringfence.importing.fact_items_bank import BankColumns, columns_said
from ringfence.importing.remittance import Advised, read_remittance, remittance_of
from ringfence.importing.table_rows import place
from ringfence.store import facts
from ringfence.store.bank_lines import KeptLine, kept_lines

ACCOUNTS = ("people", "provider")


@dataclass(frozen=True)
class BankTaken:
    """What became of a bank file: every row of it is new, here already, held back because it is alike another line, or a problem."""

    name: str
    digest: str
    how: str
    rows_in: int
    new: tuple[BankRow, ...]
    same: int
    alike: tuple[BankRow, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    applied: Applied

    @property
    def in_pence(self) -> int:
        return sum(row.pence for row in self.new if row.pence > 0)

    @property
    def out_pence(self) -> int:
        return sum(row.pence for row in self.new if row.pence < 0)


def import_bank(acting: Acting, path: Path, account: str, *, columns: str = "", alike: bool = False, transfers: Collection[int] = ()) -> BankTaken:
    """Prepare the lines of a bank file that are not here yet. Raises `InputError` or `Refused` where the file as a whole cannot be taken."""
    return take_bank(acting, content_of(path), path.name, account, columns=columns, alike=alike, transfers=transfers)


def take_bank(acting: Acting, content: bytes, name: str, account: str, *, columns: str = "", alike: bool = False, transfers: Collection[int] = (),
              keep: bool = True) -> BankTaken:
    """The same for content that is not on this disk. `account` is “people” or “provider”; `transfers` are the rows that came over from the
    provider's own account. Without `keep` it is a rehearsal: nothing is stored."""
    acting.refuse_without(Right.PREPARE)
    if account not in ACCOUNTS:
        raise InputError(f"“{account}” is not an account here.", "Say “people” for the account of people’s money, or “provider”.")
    with acting.reading() as connection:
        file = bank_file_of(content, name, account, _kept(connection), columns)
        known = kept_lines(connection)
    problems = list(file.problems)
    fresh, same = _not_known(file, known, account, problems)
    held_back = [] if alike else _alike(fresh, file.rows, known, account)
    held = {row.reference for row in held_back}
    new = [row for row in fresh if row.reference not in held]
    lines = [_as_item(row, account, transfer=row.row_number in transfers) for row in new]
    applied = Applied("", (), approved=False)
    if lines:
        applied = (prepare if keep else rehearse)(acting, parse_apply({"bank_lines": lines}, name))
    return BankTaken(name, file.digest, file.how, file.rows_in, tuple(new), same, tuple(held_back), tuple(problems), file.notices, applied)


def bank_columns(acting: Acting) -> list[Columns]:
    """The columns of banks that users have noted, by name."""
    with acting.reading() as connection:
        return _kept(connection)


def keep_columns(acting: Acting, name: str, **headings: object) -> tuple[str, ...]:
    """Note which column of a bank's table is which, for this file and the next. Raises `Refused` where that cannot be so."""
    acting.refuse_without(Right.PREPARE)
    item = {"bank_columns": name, "from": acting.today, **{key: said for key, said in headings.items() if said}}
    return record_content(acting, {"bank_columns": [item]}, "the columns")


def import_remittance(acting: Acting, path: Path) -> tuple[Advised, tuple[str, ...]]:
    """Note what a remittance advice says, so that the line that it belongs to finds its invoices. Raises `Refused` with every row in doubt."""
    return _noted(acting, read_remittance(path))


def take_remittance(acting: Acting, content: bytes, name: str) -> tuple[Advised, tuple[str, ...]]:
    """The same for content that is not on this disk."""
    return _noted(acting, remittance_of(content, name))


def _noted(acting: Acting, advice: Advised) -> tuple[Advised, tuple[str, ...]]:
    """An advice is known by what it says, so that the same one again is no other."""
    said = repr(sorted(advice.pays)) + (repr(sorted(advice.credits)) if advice.credits else "")
    mark = hashlib.sha256(said.encode()).hexdigest()[:12]
    item = {"remittance": f"RA-{mark}", "on": _first_noted(acting, f"RA-{mark}"),
            "pays": [*({"invoice": number, "pounds": Money(pence)} for number, pence in advice.pays),
                     *({"credit_note": number, "pounds": Money(pence)} for number, pence in advice.credits)]}
    return advice, record_content(acting, {"remittances": [item]}, advice.name)


def _first_noted(acting: Acting, reference: str) -> date:
    with acting.reading() as connection:
        before = facts.every_version(connection, "remittance", reference)
    return before[0].from_on if before else acting.today


def _kept(connection: Connection) -> list[Columns]:
    return [columns_said(each.said) for each in facts.facts(connection, BankColumns.kind)]


def _not_known(file: BankFile, known: Iterable[KeptLine], account: str, problems: list[Problem]) -> tuple[list[BankRow], int]:
    """The rows that are no line yet, and how many are one already; one that says something else than what is kept is a problem."""
    by_reference, seen, same = {line.reference: line for line in known}, set[str](), 0
    fresh = list[BankRow]()
    for row in file.rows:
        line = by_reference.get(row.reference)
        if line is None and row.reference not in seen:
            fresh.append(row)
        elif line is not None and (line.on, line.pence, line.account) != (row.on, row.pence, account):
            what = f"came before as {Money(line.pence)} on {day_in_words(line.on)}, in the {line.account} account."
            problems.append(Problem(place(file.name, row.row_number), what,
                                    "What is kept stands. Check the account that was chosen, or ask the bank."))
        else:
            same += 1
        seen.add(row.reference)
    return fresh, same


def _alike(fresh: Sequence[BankRow], rows: Iterable[BankRow], known: Iterable[KeptLine], account: str) -> list[BankRow]:
    """Rows that may be a line which is here under another reference: typed by hand, or out of a file of another format."""
    in_file = {row.reference for row in rows}
    others = Counter((line.on, line.pence) for line in known if line.account == account and line.reference not in in_file)
    held = list[BankRow]()
    for row in fresh:
        if others[row.on, row.pence]:
            others[row.on, row.pence] -= 1
            held.append(row)
    return held


def _as_item(row: BankRow, account: str, *, transfer: bool) -> dict[str, object]:
    item: dict[str, object] = {"line": row.reference, "on": row.on, "account": account, "pounds": Money(row.pence), "words": row.words}
    return item | ({"transfer": True} if transfer else {})
