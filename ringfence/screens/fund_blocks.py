"""The two blocks of a fund, never mixed: the money we hold, and the budget. Both print the record that the statement prints."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup

from basics.money import Money
from basics.periods import day_in_words
from basics.vocabulary import say
from isf.position import Status
from isf.statement import BudgetLine
from ringfence.actions.one_fund import Fund, FundMonth
from ringfence.actions.people_and_funds import STANDING
from ringfence.documents import words
from ringfence.documents.pages import money_rows
from ringfence.screens.components.markup import pounds, tag
from ringfence.screens.components.table import figures, table_html
from ringfence.screens.components.table import words as text

WHOLE = 1000
"""A bar is drawn in thousandths of its length."""


def status_of(seen: FundMonth | None) -> Markup:
    """The tag beside the name: how the fund stands at the end of the month; a month whose support is not charged yet is only open."""
    if seen is None:
        return Markup("")
    if not seen.issued:
        return tag("Open")
    return tag(STANDING[Status(seen.statement.status)])


def blocks(fund: Fund, seen: FundMonth) -> Markup:
    """The money we hold beside the budget."""
    return Markup('<div class="rf-blocks">{}{}</div>').format(_money(fund, seen), _budget(seen))


def _money(fund: Fund, seen: FundMonth) -> Markup:
    money, month = seen.statement.money, seen.month
    *rows, closing = money_rows(money, month)
    table = table_html(f"The money we hold, {month.in_words}", [text("What happened"), figures("Amount")], rows, total=closing)
    below = [*words.ahead_and_saved(money), *words.bills_to_pay(seen.statement.bills_pence),
             *words.all_over_cap(seen.statement.over_cap, month.last)] if seen.issued else []
    if fund.held_pence != money.closing_pence:
        below.append(_now(fund.held_pence, money.who_owes_when_below_nil))
    return _block("Money we hold", table, below)


def _now(pence: int, who_owes: str) -> str:
    owed = f", and {words.owed(who_owes, pence, now=True)}" if pence < 0 else ""
    return f"Now, with everything posted since, we hold {Money(max(pence, 0))}{owed}."


def _budget(seen: FundMonth) -> Markup:
    in_month, *periods = seen.statement.budgets
    if not periods:
        return _block("Budget for the year", Markup(""), [say("budget.none")])
    *earlier, year = periods
    rows = [[f"Used to {words.short_day(seen.month.last)}", pounds(year.used_pence)],
            ["Expected to be used by then", pounds(year.expected_pence)],
            [f"Used in {in_month.words}", Markup("{} of {}").format(pounds(in_month.used_pence), pounds(in_month.budget_pence))]]
    table = table_html(f"The budget, {year.words}", [text("What"), figures("Amount")], rows, total=["Left", words.left(year.left_pence)])
    below = [*(_against_expected(year) if seen.issued else ()), *words.carried(seen.statement.carried_pence, seen.statement.provider),
             *words.set_aside(seen.statement.set_aside),
             *(words.forecast(seen.statement.forecast) if seen.issued and seen.statement.forecast else ()),
             *(f"{each.words}: {words.money_or_not_known(each.budget_pence)}, "
               f"of which used {words.money_or_not_known(each.used_pence)}, left {words.left(each.left_pence)}."
               for each in earlier), *words.may_use(seen.statement)]
    title = f"Budget for the year: {words.money_or_not_known(year.budget_pence)}"
    return _block(title, Markup('<p class="rf-under">{}</p>{}{}').format(year.words, _bar(year), table), below)


def _against_expected(year: BudgetLine) -> Iterable[str]:
    if year.under_pence is not None:
        differs = f"{Money(abs(year.under_pence))} {'more' if year.under_pence < 0 else 'less'} than expected is used."
        yield differs if year.under_pence else "What was expected is used."


def _bar(year: BudgetLine) -> Markup:
    """The budget as a bar: what is used is filled, and a mark stands where we expected to be by now. Nothing where it is not known."""
    if not year.budget_pence or year.budget_pence < 0 or year.used_pence is None or year.left_pence is None:
        return Markup("")
    said = words.bar_in_words(year.words, year.budget_pence, year.used_pence, year.left_pence)
    mark = Markup("") if year.expected_pence is None else Markup('<span class="rf-bar-mark" style="left:{}"></span>').format(
        _length(year.expected_pence, year.budget_pence))
    over = " rf-bar-over" if year.left_pence < 0 else ""
    return Markup('<div class="rf-bar{}" role="img" aria-label="{}"><span class="rf-bar-used" style="width:{}"></span>{}</div>').format(
        over, said, _length(year.used_pence, year.budget_pence), mark)


def _length(part: int, whole: int) -> str:
    thousandths = WHOLE * max(0, min(part, whole)) // whole
    return f"{thousandths // 10}.{thousandths % 10}%"


def _block(title: str, table: Markup, below: Iterable[str]) -> Markup:
    said = Markup("").join(Markup("<p>{}</p>").format(sentence) for sentence in below)
    return Markup('<section class="rf-block rf-plain"><h2>{}</h2>{}<div class="rf-under">{}</div></section>').format(title, table, said)


def how_worked_out(seen: FundMonth) -> None:
    """Which entries each figure of the two blocks adds up, in words."""
    first, last = day_in_words(seen.month.first), day_in_words(seen.month.last)
    with st.expander("How was this worked out?"):
        st.html(Markup("<h3>{}</h3><ul>{}</ul><h3>{}</h3><ul>{}</ul><p>{}</p>").format(
            "Money we hold", _items(_of_the_money(seen, first, last)), "Budget", _items(_of_the_budget(last)),
            "These are the figures of the statement that was issued." if seen.issued else
            "These are the figures that a statement would print if it were made now."))


def _of_the_money(seen: FundMonth, first: str, last: str) -> Iterable[str]:
    yield ("Money we hold is what is in the bank for this person, and what we collected for them, less support that we charged and have not "
           "been paid for.")
    yield f"The first line adds every entry posted before {first}. The last line adds every entry posted up to {last}."
    yield "Between them stand the entries posted in the month: money that came in, support that was charged, money that went out."
    yield "What is about an earlier month and was posted in this one is a correction."
    yield "We never hold less than nothing: where this comes out below nil, we hold £0.00, and the rest is owed for support already given."
    if seen.statement.carried_pence:
        yield "Support beyond what was left is carried by us. It is not taken from the money we hold, and stands in the budget."
    if seen.statement.money.saved_pence is not None:
        yield "Saved is the last line less the part of each instalment received that is for days after the month, counted by days."


def _of_the_budget(last: str) -> Iterable[str]:
    yield "The budget is what payers have promised for these days, and the planned cost of what they pay for as it is given."
    yield f"Used is all support for these days that was posted up to {last}, what we carry included."
    yield "Bills of others count as used from the day of the bill, and money that was misspent and is put back takes off what was used."
    yield f"Expected is the part of the promise for the days up to {last}, and the planned cost of those days."
    yield "Left is the budget less what is used."
    yield ("What may be used now is what is left of every budget that has begun, of earlier years too, less what is set aside. "
           "What we carry took nothing from it.")


def _items(sentences: Iterable[str]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(sentence) for sentence in sentences)
