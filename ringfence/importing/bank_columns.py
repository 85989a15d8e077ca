"""Which column of a bank's table is which: the banks that are known by their headings, and those that a user has said once and keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from basics.errors import InputError
from ringfence.importing.table_headings import HEADING_WITHIN_ROWS, plain


@dataclass(frozen=True)
class Columns:
    """The headings of a bank's table. Money stands in one column with its sign (`pounds`), or in two (`paid_in`, `paid_out`).

    A column that holds what the bank says of the line is among `words`; `account` are those that make up the number of the account.
    """

    name: str
    date: str
    words: tuple[str, ...]
    pounds: str = ""
    paid_in: str = ""
    paid_out: str = ""
    balance: str = ""
    account: tuple[str, ...] = ()

    @property
    def headings(self) -> frozenset[str]:
        """Every heading that it names, as headings are compared."""
        named = (self.date, *self.words, self.pounds, self.paid_in, self.paid_out, self.balance, *self.account)
        return frozenset(plain(each) for each in named if each)


LLOYDS = Columns("Lloyds Banking Group", "Transaction Date", ("Transaction Type", "Transaction Description"), paid_in="Credit Amount",
                 paid_out="Debit Amount", balance="Balance", account=("Sort Code", "Account Number"))
BARCLAYS = Columns("Barclays", "Date", ("Number", "Subcategory", "Memo"), pounds="Amount", account=("Account",))
NATWEST = Columns("NatWest Group", "Date", ("Type", "Description"), pounds="Value", balance="Balance", account=("Account Number",))
HSBC = Columns("HSBC, without headings", "date", ("words",), pounds="pounds")
"""HSBC's file has no row of headings: its three columns are taken to be headed like this."""
HSBC_HEADINGS: tuple[str, ...] = ("date", "words", "pounds")
BANKS = (LLOYDS, BARCLAYS, NATWEST)


class ColumnsNotKnown(InputError):
    """A table whose columns nobody has said yet. `headings` are those of its likeliest row of headings, `rows` the first rows under it."""

    def __init__(self, headings: Sequence[str], rows: Sequence[Sequence[str]], place: str) -> None:
        self.headings, self.rows = tuple(headings), tuple(tuple(row) for row in rows)
        listed = ", ".join(f"“{each}”" for each in self.headings if each) or "none"
        super().__init__(f"No bank that is known here has these columns: {listed}.",
                         "Say once which is which: on the page Receipts, or under “bank_columns” in a file for “ringfence record”.", place)


def columns_of(head: Sequence[Sequence[str]], kept: Iterable[Columns], chosen: str, name: str) -> tuple[int, Columns] | None:
    """The row of headings within the first rows, and the columns that it has; None where no columns fit.

    What a user keeps goes before the banks that are known; the columns that name most of the headings go before others. Raises `InputError`
    where nobody keeps columns of the `chosen` name, or where two kept ones fit alike.
    """
    known = [each for each in (*kept, *BANKS) if chosen in ("", each.name)]
    if chosen and not known:
        raise InputError(f"No columns are kept under the name “{chosen}”.", "Note them first: ringfence record FILE.yaml, under “bank_columns”.")
    found = fitting(head, known)
    best = max(found, key=lambda each: each[:3], default=None)
    if best is None:
        return None
    alike = [each[3].name for each in found if each[:3] == best[:3]]
    if len(alike) > 1:
        raise InputError(f"The columns “{'” and “'.join(alike)}” fit this file alike.", "Say which, by name (--columns NAME).", name)
    return -best[2], best[3]


def fitting(head: Sequence[Sequence[str]], known: Iterable[Columns]) -> list[tuple[int, bool, int, Columns]]:
    """The columns that have all their headings in one of the first rows: how many they name, whether a user keeps them, and where (below nil)."""
    return [(len(columns.headings), columns not in BANKS, -at, columns) for at, row in enumerate(head[:HEADING_WITHIN_ROWS])
            for columns in known if columns.headings <= {plain(cell) for cell in row}]
