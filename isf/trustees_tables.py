"""The two tables of the trustees' page: what each service left over at actual cost, and the fees that were asked, offered and agreed.

On paper they are cut short, so that the page stays one side of A4: the greatest losses and the fees that matter most stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from basics.money import Money
from basics.periods import day_in_words, minutes_in_words
from isf.fees import Fee
from isf.few import FEWEST_SHOWN
from isf.service_surplus import ServiceSurplus, SurplusKept
from isf.trustees import TrusteesPage, Value

MOST_ON_PAPER, LONGEST_ON_PAPER = 5, 90
"""Rows of each table, and characters of what a row is of."""
WHERE_ALL_ARE = "in the app and in the workbook"


@dataclass(frozen=True)
class Row:
    """A row: what it is of, what is said of it in words, and its figures."""

    what: str
    below: str
    cells: tuple[Value, ...]


@dataclass(frozen=True)
class Table:
    """A table with what is said about all of it. `of` says what its rows are, and `columns` are of the figures."""

    heading: str
    about: str
    of: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def on_paper(self) -> Table:
        """The same as it fits: the first rows, and how many more there are."""
        kept = tuple(replace(each, what=_short(each.what)) for each in self.rows[:MOST_ON_PAPER])
        more = len(self.rows) - len(kept)
        return replace(self, rows=kept, about=f"{self.about} {more} more {'is' if more == 1 else 'are'} {WHERE_ALL_ARE}." if more else self.about)


def tables_of(page: TrusteesPage) -> Sequence[Table]:
    """Both tables of a page; one that nobody kept anything for says so and has no rows."""
    return surplus_table(page.surplus), fees_table(page.fees)


def surplus_table(kept: SurplusKept | None) -> Table:
    """What each service left over, as it was kept."""
    about = (f"{kept.period}, as {kept.by} kept it on {day_in_words(kept.on)}. There is no total: what one service leaves over does not undo "
             "what another loses." if kept else "Nothing is kept yet: a finance manager keeps it on Actual cost.")
    return Table("Surplus by service at actual cost", about, "Service", ("Surplus or loss", "Charged", "Cost", "Support given"),
                 tuple(map(_of_service, kept.services)) if kept else ())


def _of_service(each: ServiceSurplus) -> Row:
    if each.minutes is None:
        return Row(each.service, f"Together of fewer than {FEWEST_SHOWN} people.", ("Not shown",) * 4)
    return Row(each.service, "", (each.surplus, each.charged, each.cost, minutes_in_words(each.minutes)))


def fees_table(fees: Sequence[Fee]) -> Table:
    """The fees, each with what came of it."""
    about = ("Short is what lies in a year between what was asked and what was agreed, or is offered so far." if fees
             else "None is kept yet: a finance manager keeps them on Offers and subsidies.")
    return Table("Fees asked, offered and agreed", about, "Payer and service", ("Before", "Asked", "Offered", "Agreed", "Short a year"),
                 tuple(map(_of_fee, fees)))


def _of_fee(fee: Fee) -> Row:
    return Row(fee.named, fee.told, (_or_none(fee.before), fee.asked, _or_none(fee.offered), _or_none(fee.agreed), _or_none(fee.short_a_year)))


def _or_none(money: Money | None) -> Value:
    return "–" if money is None else money


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_ON_PAPER else f"{text[:LONGEST_ON_PAPER - 1].rstrip()}…"
