"""The entries of a fund, as a bank statement shows them: what happened, in, out, and the balance after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st
from markupsafe import Markup

from basics.money import NIL, Money
from basics.periods import Month, Period, day_in_figures, day_in_words
from ringfence.actions.fund_history import Balance, Line, balances_of, count_lines, lines_of
from ringfence.actions.one_fund import Fund
from ringfence.actions.rights import Right
from ringfence.actions.users import my_rights
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import part
from ringfence.screens.components.markup import address, held, hours, how_many, link, pounds, under
from ringfence.screens.components.paged import ROWS_A_PAGE, first_page, paged
from ringfence.screens.components.table import Row, figures, table_html
from ringfence.screens.components.table import words as text

PAGE, BALANCE, DAYS = "entries_page", "balance", "days"
THIS_MONTH, ALL_MONTHS = "This month", "All months"
IN_MINUTES = (Balance.HOURS_LEFT, Balance.HOURS_GIVEN)
COLUMNS = (text("Day"), text("What happened, and for or with whom"), figures("In"), figures("Out"), figures("Balance"))


@dataclass(frozen=True)
class Asked:
    """Which entries: of which fund and balance, on which days of the books."""

    fund: str
    balance: Balance
    first: date
    last: date

    def amount(self, count: int) -> Markup:
        return hours(count) if self.balance in IN_MINUTES else pounds(count)

    def standing(self, count: int) -> Markup:
        """The balance after an entry; of the money we hold never below nil, with what is owed for support under it."""
        return held(count) if self.balance is Balance.MONEY_HELD else self.amount(count)


@st.fragment
def entries(fund: Fund, month: Month, days: str = THIS_MONTH) -> None:
    """The entries of a month, or of all months (`days` says which at first); drawn again alone when another balance or page is asked for. Only for
    those who read the books: a co-ordinator has the plan and the position."""
    if Right.BOOKS not in my_rights(acting()):
        return
    part("Entries")
    asked = _asked(fund, month, days)
    count = count_lines(acting(), asked.fund, asked.balance, asked.first, asked.last)
    if not count:
        st.html(Markup('<p class="rf-empty">{}</p>').format(_nothing(asked)))
        return
    paged(range(count), PAGE, lambda shown: _table(asked, shown, count))


def _asked(fund: Fund, month: Month, at_first: str) -> Asked:
    choices = balances_of(acting(), fund.key)
    one, other = st.columns([5, 3])
    balance = one.segmented_control("Balance", [str(each) for each in choices], default=str(choices[0]), required=True, key=BALANCE,
                                    bind="query-params", on_change=first_page, args=(PAGE, BALANCE))
    days = other.segmented_control("Days", [THIS_MONTH, ALL_MONTHS], default=at_first, required=True, key=DAYS, bind="query-params",
                                   on_change=first_page, args=(PAGE, DAYS))
    first, last = (fund.months[0], fund.months[-1]) if days == ALL_MONTHS else (month, month)
    return Asked(fund.key, Balance(balance or choices[0]), first.first, last.last)


def _nothing(asked: Asked) -> str:
    found = lines_of(acting(), asked.fund, asked.balance, asked.first, asked.last, size=0)
    stands = asked.amount(found.closing).striptags()
    if asked.balance is Balance.MONEY_HELD and found.closing < 0:
        stands = f"{NIL}, and {Money(-found.closing)} is owed for support already given"
    return f"Nothing was posted in {Period(asked.first, asked.last)}. The balance stands at {stands}."


def _table(asked: Asked, shown: Sequence[int], count: int) -> None:
    found = lines_of(acting(), asked.fund, asked.balance, asked.first, asked.last, size=len(shown), skip=shown[0])
    begins, ends = shown[0] == 0, shown[-1] == count - 1
    before = found.opening if begins else found.lines[0].balance - found.lines[0].effect
    top = [*([day_in_figures(asked.first), "The balance before"] if begins else ["Brought forward", ""]), "", "", asked.standing(before)]
    total = [day_in_figures(asked.last), f"{asked.balance} after {how_many(count, 'entry', 'entries')}", "", "", asked.standing(found.closing)]
    carried = ["Carried forward", "", "", "", asked.standing(found.lines[-1].balance)]
    st.html(Markup('<div class="rf-roomy">{}</div>').format(table_html(
        f"Entries: {asked.balance.lower()}", COLUMNS, [top, *(_row(asked, line) for line in found.lines)], total=total if ends else carried)))


def _row(asked: Asked, line: Line) -> Row:
    paid_in, paid_out = (asked.amount(line.effect), "") if line.effect > 0 else ("", asked.amount(-line.effect))
    return [day_in_figures(line.on), Markup("{}{}{}").format(line.what, under(line.who) if line.who else "", _beside(asked, line)), paid_in, paid_out,
            asked.standing(line.balance)]


def _beside(asked: Asked, line: Line) -> Markup:
    """Under what happened: the day it is about where that is another, what a correction puts back, and when it was put back."""
    notes: list[str | Markup] = []
    if Month.of(line.happened_on) != Month.of(line.on):
        notes.append(f"about {day_in_words(line.happened_on)}")
    if line.puts_back:
        day, number = line.puts_back
        to = address("fund", fund=asked.fund, balance=asked.balance, days=ALL_MONTHS, entries_page=-(-number // ROWS_A_PAGE))
        notes.append(link(f"puts back the entry of {day_in_words(day)}", to))
    if line.put_back_on:
        notes.append(f"put back on {day_in_words(line.put_back_on)}")
    return under(Markup(" · ").join(notes)) if notes else Markup("")
