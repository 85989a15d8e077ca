"""The entries of a fund for an audit pack: each balance with its running total, and whether they add to the statements that were issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from basics.money import Money
from basics.periods import Month, Period, day_in_figures, minutes_in_words
from isf.statement import Statement
from ringfence.actions.acting import Acting
from ringfence.actions.fund_history import Balance, Line, Lines, balances_of, count_lines, lines_of
from ringfence.actions.rights import Right
from ringfence.documents.audit_sheet import Row, SheetTable

IN_MINUTES = (Balance.HOURS_LEFT, Balance.HOURS_GIVEN)
COLUMNS = ("Day", "What happened", "For or with whom", "In", "Out", "Balance")
FIGURES = (3, 4, 5)
CSV_HEADINGS = ("number", "day of the books", "day it is about", "what happened", "for or with whom", "change", "balance", "puts back the entry of",
                "put back on")


@dataclass(frozen=True)
class Entries:
    """The entries of one balance on some days."""

    balance: Balance
    period: Period
    lines: Lines


@dataclass(frozen=True)
class Tie:
    """A statement beside the books: what each says of the month’s opening and closing, in pence."""

    month: Month
    said: tuple[int, int]
    posted: tuple[int, int]

    @property
    def agrees(self) -> bool:
        return self.said == self.posted


def entries_of(acting: Acting, fund: str, period: Period) -> list[Entries]:
    """Every balance of the fund with all of its entries on these days of the books."""
    found = []
    for balance in balances_of(acting, fund):
        size = count_lines(acting, fund, balance, period.first, period.last)
        found.append(Entries(balance, period, lines_of(acting, fund, balance, period.first, period.last, size=size)))
    return found


def ties(acting: Acting, statements: Sequence[Statement]) -> list[Tie]:
    """Each statement beside the entries of its month."""
    acting.refuse_without(Right.BOOKS)
    found = []
    for each in statements:
        month = Month.parse(each.month)
        books = lines_of(acting, each.fund_key, Balance.MONEY_HELD, month.first, month.last, size=0)
        found.append(Tie(month, (each.money.opening_pence, each.money.closing_pence), (books.opening, books.closing)))
    return found


def as_table(found: Entries) -> SheetTable:
    """The entries as a bank statement shows them."""
    amount, lines = _amount(found.balance), found.lines
    before = (day_in_figures(found.period.first), "The balance before", "", "", "", amount(lines.opening))
    rows = tuple((day_in_figures(each.on), _what(each), each.who, amount(each.effect) if each.effect > 0 else "",
                  amount(-each.effect) if each.effect < 0 else "", amount(each.balance)) for each in lines.lines)
    total = (day_in_figures(found.period.last), f"{found.balance} after {len(rows):,} {'entry' if len(rows) == 1 else 'entries'}", "",
             amount(sum(each.effect for each in lines.lines if each.effect > 0)),
             amount(-sum(each.effect for each in lines.lines if each.effect < 0)), amount(lines.closing))
    return SheetTable(str(found.balance), COLUMNS, (before, *rows), FIGURES, total)


def as_csv_rows(found: Entries) -> Iterator[Row]:
    """The same for a spreadsheet: pounds with two decimals, or whole minutes, the balance before first."""
    def plain(count: int) -> str:
        return str(count) if found.balance in IN_MINUTES else Money(count).plain

    yield ("", found.period.first.isoformat(), "", "The balance before", "", "", plain(found.lines.opening), "", "")
    for each in found.lines.lines:
        yield (str(each.number), each.on.isoformat(), each.happened_on.isoformat(), each.what, each.who, plain(each.effect), plain(each.balance),
               each.puts_back[0].isoformat() if each.puts_back else "", each.put_back_on.isoformat() if each.put_back_on else "")


def put_back_rows(found: Sequence[Entries]) -> tuple[Row, ...]:
    """Every entry of these that puts another back, and every one that was put back, by balance."""
    return tuple((str(each.balance), day_in_figures(line.on), _what(line), _amount(each.balance)(line.effect))
                 for each in found for line in each.lines.lines if line.puts_back or line.put_back_on)


def _amount(balance: Balance) -> Callable[[int], str]:
    return minutes_in_words if balance in IN_MINUTES else lambda pence: str(Money(pence))


def _what(line: Line) -> str:
    """What happened, the day it is about where that is in another month, what it puts back, and when it was put back."""
    notes = [f"about {day_in_figures(line.happened_on)}"] if Month.of(line.happened_on) != Month.of(line.on) else []
    notes += [f"puts back the entry of {day_in_figures(line.puts_back[0])}"] if line.puts_back else []
    notes += [f"put back on {day_in_figures(line.put_back_on)}"] if line.put_back_on else []
    return f"{line.what} ({', '.join(notes)})" if notes else line.what
