"""Statements: those of a month, found by person, each to be opened as it was issued; publishing them, and writing all documents out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError
from basics.periods import Month, day_in_figures, day_of
from isf.accounts import FundKind
from isf.statement_forms import Form
from ringfence.actions.acting import Acting
from ringfence.actions.statement_list import StatementOut, months_with_statements, statements_of, statements_out, what_they_say
from ringfence.documents.statement_files import ENDINGS
from ringfence.screens import statements_going_out
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import heading
from ringfence.screens.components.glossary import what_is
from ringfence.screens.components.markup import address, button_link, held, how_many, link, pounds, tag, under
from ringfence.screens.components.paged import in_address, month_box, month_of_the_address, paged
from ringfence.screens.components.table import Row, figures, table, words
from ringfence.screens.month_figures import status_tag

SPOT = "paid for as support is given"


def page() -> None:
    months = months_with_statements(acting())
    if not months:
        heading("Statements", "What each person and their family are told about their money and their support.")
        st.html(Markup('<p class="rf-empty">No statement has been issued yet. Statements come with {}.</p>').format(
            link("month end", address("month-end"))))
        return
    heading("Statements", f"One for each person’s fund and month. The last that were issued are of {months[0].in_words}.")
    what_is("money held", "banked", "on target", "overspend")
    named = st.query_params.get("month", "")
    month = month_of_the_address(months)
    if named and month is None:
        _not_issued(named)
    statements_going_out.show_outcome(month or months[0])
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
    seal, statements = _read(caller, month)
    wanted = (search or "").casefold().split()
    found = [one for one in statements if all(word in _searched(one) for word in wanted)]
    st.html(Markup('<p class="rf-quiet" role="status">{}. Sealed {}: the seal ties each page to the books behind it.</p>').format(
        how_many(len(found), "statement"), seal))
    statements_going_out.show_publishing(month, found, some=bool(wanted))
    paged(found, "page", lambda shown: _table(caller, shown))
    if not wanted:
        st.html(Markup("<p>{}</p>").format(button_link(
            f"Make a ZIP of all {how_many(len(found), 'statement')}", f"/documents/statements-{month}.zip", new_tab=True)))
        statements_going_out.show_writing(month)


@kept(6, spinner="Reading the statements …")
def _read(caller: Acting, month: Month) -> tuple[str, tuple[StatementOut, ...]]:
    return statements_of(caller, month).seal, statements_out(caller, month)


def _searched(one: StatementOut) -> str:
    return f"{one.issued.known_as} {one.issued.name} {one.issued.person}".casefold()


def _table(caller: Acting, shown: Sequence[StatementOut]) -> None:
    """A page of the list, with what those few statements say."""
    say = what_they_say(caller, [one.issued.document_id for one in shown])
    columns = [words("Person"), words("Open"), figures("Support"), figures("Held at the end"), words("Status"), words("Published")]
    rows = [_row(one, say[one.issued.document_id].given_total_pence, say[one.issued.document_id].money.closing_pence,
                 say[one.issued.document_id].status) for one in shown]
    table("Issued statements", columns, rows, empty="Nobody of that name has a statement in this month. Write less in the search.")


def _row(one: StatementOut, support: int, closing: int, status: str) -> Row:
    issued = one.issued
    spot = f" · {SPOT}" if issued.kind == FundKind.SPOT else ""
    person = link(issued.known_as, address("fund", fund=issued.fund)) + under(f"{issued.name} · {issued.person}{spot}")
    return [person, Markup('<span class="rf-figure">{}</span>').format(ways(issued.document_id, one.form, issued.known_as)), pounds(support),
            held(closing), status_tag(status), published(one)]


def ways(document_id: int, form: Form, known_as: str) -> Markup:
    """The ways to open a statement: the form that its person needs, where that is another than these, and the two that everybody has."""
    whose = Markup('<span class="rf-unseen"> of the statement of {}</span>').format(known_as)
    forms = {"PDF": ENDINGS[Form.STANDARD], "Page": ENDINGS[Form.WEB_PAGE]}
    if ENDINGS[form] not in forms.values():
        forms = {form.value.capitalize(): ENDINGS[form], **forms}
    return Markup(" · ").join(link(Markup("{}{}").format(words, whose), f"/documents/{document_id}.{ending}", new_tab=True)
                              for words, ending in forms.items())


def published(one: StatementOut) -> Markup:
    """Whether a statement was published, by whom and when; and that its form has changed since."""
    last = one.published
    if last is None:
        return tag("Not published", "grey")
    said = under(f"{day_in_figures(day_of(last.at))}, {last.by}, {last.form.value}")
    if last.form is not one.form:
        return tag("Form changed", "orange") + said
    return tag(f"Version {last.version}" if last.version > 1 else "Published", "green") + said
