"""The accounts at the end of a closed month: what was earned, the schedule of every fund beside its control accounts, and the journal with its
reversal, to read and to fetch. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import Refused, RingfenceError
from basics.money import Money
from basics.periods import Month, day_in_words
from isf.month_accounts import JournalLine, Position
from isf.nominal import MEANINGS, Nominal
from ringfence.actions.acting import Acting
from ringfence.actions.month_accounts import MonthAccounts, accounts_at, accounts_files
from ringfence.actions.month_standing import closed_months
from ringfence.actions.people_and_funds import list_funds
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import heading, part
from ringfence.screens.components.glossary import what_is
from ringfence.screens.components.markup import address, button_link, how_many, link, pounds, tag, under
from ringfence.screens.components.paged import month_box, paged
from ringfence.screens.components.table import figures, table, table_html
from ringfence.screens.components.table import words as text

TITLE = "Accounts at month end"
COLUMNS = (text("Fund"), figures("Income of the month"), figures("Accrued income"),
           figures("Paid and not given"), figures("Invoiced ahead"), figures("Paid before invoice"), figures("To go back"), figures("Provision"))
JOURNAL = (text("Account"), text("Code"), text("Cost centre"), figures("Debit"), figures("Credit"))


def page() -> None:
    """Draw the page: of the month that the address asks for, of the last that is closed where it asks for none."""
    caller = acting()
    months = _closed(caller)
    if not months:
        heading(TITLE, "What a closed month comes to, by fund and as a journal.")
        st.html(Markup('<p class="rf-empty">No month is closed yet. The accounts come with {}.</p>').format(
            link("month end", address("month-end"))))
        return
    top = st.container()
    chosen = month_box(st.columns([3, 7])[0], "Month", months, months[0].in_words)
    month = next(each for each in months if each.in_words == chosen)
    try:
        with st.spinner(f"Adding up {month.in_words} …"):
            found = _read(caller, month)
    except RingfenceError as error:
        with top:
            heading(TITLE, f"Something must be decided before the accounts of {month.in_words} can be drawn up.")
        show_problems(error)
        return
    with top:
        heading(TITLE, _first_line(found))
        what_is("accrued income", "contract liability", "control total")
    _download(found)
    _journal(found)
    _controls(found)
    _schedule(found, _names(caller))


@kept(2)
def _closed(caller: Acting) -> tuple[Month, ...]:
    return tuple(each.month for each in closed_months(caller))


@kept(4)
def _read(caller: Acting, month: Month) -> MonthAccounts:
    return accounts_at(caller, month)


@kept(4)
def _names(caller: Acting) -> Mapping[str, str]:
    return {each.fund: each.name for each in list_funds(caller).funds}


def _first_line(found: MonthAccounts) -> str:
    accrued = found.controls.get(Nominal.ACCRUED, 0)
    not_asked = f" {Money(accrued)} of what was given is on no invoice yet." if accrued else ""
    return (f"{Money(sum(each.income for each in found.schedule))} of support was given in {found.month.in_words}: that is its income, "
            f"whatever was invoiced or paid.{not_asked}")


def _download(found: MonthAccounts) -> None:
    """The files that the command writes; where an account has no code, which one."""
    try:
        accounts_files(found)
    except Refused as error:
        st.html(problem_summary(error.problems, "The files can be fetched once every account has its code.", title="Some accounts have no code"))
        return
    st.html(Markup("<p>{}</p>").format(button_link("Fetch the schedule and the journal",
                                                   f"/documents/accounts-{found.month}.zip", primary=True, new_tab=True)))


def _journal(found: MonthAccounts) -> None:
    part("Journal", f"Dated {day_in_words(found.month.last)}, reversed on {day_in_words(found.month.next.first)}: it stands for this month alone.")
    if not found.journal:
        st.html('<p class="rf-empty">There is nothing to put in a journal: everything given was invoiced and paid.</p>')
        return
    _lines("Journal", found, found.journal)
    with st.expander(f"Its reversal, on {day_in_words(found.month.next.first)}"):
        _lines("The reversal", found, found.reversal)


def _lines(caption: str, found: MonthAccounts, lines: Sequence[JournalLine]) -> None:
    debit, credit = (sum(max(0, sign * each.pence) for each in lines) for sign in (1, -1))
    table(caption, JOURNAL, ([
        Markup("{}{}").format(each.account.capitalize(), under(MEANINGS.get(each.account, ""))),
        found.codes.get(each.account) or tag("No code", "orange"), each.cost_centre, pounds(each.pence) if each.pence > 0 else "",
        pounds(-each.pence) if each.pence < 0 else ""] for each in lines), total=["Both sides", "", "", pounds(debit), pounds(credit)])


def _controls(found: MonthAccounts) -> None:
    """Each account by two ways: every fund added up, and the journal."""
    if not found.controls:
        return
    part("Control accounts", "Every fund added up, beside what the journal says of the same account.")
    posted = {account: sum(each.pence for each in found.journal if each.account is account) for account in found.controls}
    table("Control accounts", (text("Account"), figures("Funds added up"), figures("Journal"), text("Held beside")), ([
        account.capitalize(), _side(pence), _side(posted[account]), tag("Agrees", "green") if pence == posted[account] else tag("Differs", "red")]
        for account, pence in found.controls.items()), total=["All accounts", _side(sum(found.controls.values())), _side(sum(posted.values())), ""])


def _side(pence: int) -> Markup:
    """An amount with its side of the account in words."""
    return pounds(abs(pence)) + (under("debit" if pence > 0 else "credit") if pence else "")


def _schedule(found: MonthAccounts, names: Mapping[str, str]) -> None:
    part("Every fund", "Each stands alone, and where support is paid as it is given each payer too: what is paid ahead in one never hides what is "
         "owed in another.")
    sums = [pounds(sum(column)) for column in zip(*map(_amounts, found.schedule), strict=True)] if found.schedule else []
    total = [f"All {how_many(len(found.schedule), 'line')}", *sums] if sums else None

    def draw(shown: Sequence[Position]) -> None:
        st.html(Markup('<div class="rf-many">{}</div>').format(table_html(
            "Every fund", COLUMNS, ([_fund(each, names), *map(_or_blank, _amounts(each))] for each in shown), total=total,
            empty="No fund has anything to account for.")))

    paged(found.schedule, "page", draw)


def _amounts(each: Position) -> tuple[int, ...]:
    return each.income, each.accrued, each.unspent, each.ahead, each.early, each.owed_back, each.provision


def _or_blank(pence: int) -> str | Markup:
    return pounds(pence) if pence else ""


def _fund(each: Position, names: Mapping[str, str]) -> Markup:
    named = link(names[each.fund], address("fund", fund=each.fund)) if each.fund in names else Markup("{}").format(each.fund)
    below = ", ".join(filter(None, (each.fund if each.fund in names else "", each.payer, each.treatment.cost_centre)))
    return named + (under(below) if below else "")
