"""Statements: those of a month, found by person, each to be opened as it was issued."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError
from basics.periods import Month
from isf.accounts import FundKind
from ringfence.actions.acting import Acting
from ringfence.actions.statement_list import IssuedStatement, StatementsOfMonth, months_with_statements, statements_of, what_they_say
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import heading
from ringfence.screens.components.markup import address, button_link, held, how_many, link, pounds
from ringfence.screens.components.paged import in_address, month_box, month_of_the_address, paged
from ringfence.screens.components.table import Row, figures, table, words
from ringfence.screens.month_figures import status_tag

KINDS = {FundKind.ISF: "Individual service fund", FundKind.SPOT: "Paid for as support is given"}


def page() -> None:
    months = months_with_statements(acting())
    if not months:
        heading("Statements", "What each person and their family are told about their money and their support.")
        st.html(Markup('<p class="rf-empty">No statement has been issued yet. Statements come with {}.</p>').format(
            link("month end", address("month-end"))))
        return
    heading("Statements", f"One for each person’s fund and month. The last that were issued are of {months[0].in_words}.")
    named = st.query_params.get("month", "")
    if named and month_of_the_address(months) is None:
        _not_issued(named)
    _list(months)


def _not_issued(named: str) -> None:
    try:
        month = Month.parse(named)
    except InputError as error:
        show_problems(error)
    else:
        st.html(Markup('<p class="rf-note">No statement of {} has been issued. These are of the last month that was.</p>').format(month.in_words))


@st.fragment
def _list(months: Sequence[Month]) -> None:
    first, second = st.columns([3, 4])
    chosen = month_box(first, "Month", months, months[0].in_words)
    search = second.text_input("Search", live=True, **in_address("search"), autocomplete="off",
                               placeholder="A name, what they are known as, or a reference")
    caller = acting()
    month = next((one for one in months if one.in_words == chosen), months[0])
    of_month = _read(caller, month)
    wanted = (search or "").casefold().split()
    found = [one for one in of_month.statements if all(word in f"{one.known_as} {one.name} {one.person}".casefold() for word in wanted)]
    st.html(Markup('<p class="rf-quiet" role="status">{}. Sealed {}: the seal ties each page to the books behind it.</p>').format(
        how_many(len(found), "statement"), of_month.seal))
    paged(found, "page", lambda shown: _table(caller, shown))
    if not wanted:
        st.html(Markup("<p>{}</p>").format(button_link(
            f"Make a ZIP of all {how_many(len(found), 'statement')}", f"/documents/statements-{of_month.month}.zip", new_tab=True)))


@kept(6, spinner="Reading the statements …")
def _read(caller: Acting, month: Month) -> StatementsOfMonth:
    return statements_of(caller, month)


def _table(caller: Acting, shown: Sequence[IssuedStatement]) -> None:
    """A page of the list, with what those few statements say."""
    say = what_they_say(caller, [one.document_id for one in shown])
    columns = [words("Person"), words("Open"), figures("Support"), figures("Held at the end"), words("Status"), words("Fund")]
    rows = [_row(one, say[one.document_id].given_total_pence, say[one.document_id].money.closing_pence, say[one.document_id].status)
            for one in shown]
    table("Issued statements", columns, rows, empty="Nobody of that name has a statement in this month. Write less in the search.")


def _row(one: IssuedStatement, support: int, closing: int, status: str) -> Row:
    whose = Markup('<span class="rf-unseen"> of the statement of {}</span>').format(one.known_as)
    ways = Markup(" · ").join(link(Markup("{}{}").format(form, whose), f"/documents/{one.document_id}.{ending}", new_tab=True)
                              for form, ending in (("PDF", "pdf"), ("Page", "html")))
    person = Markup('{}<span class="rf-under">{} · {}</span>').format(link(one.known_as, address("fund", fund=one.fund)), one.name, one.person)
    return [person, Markup('<span class="rf-figure">{}</span>').format(ways), pounds(support), held(closing), status_tag(status),
            KINDS.get(FundKind(one.kind), "")]
