"""What a person looks at before a month is prepared or approved: problems, differences from last month, control totals, drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import Problem
from basics.money import Money
from isf.position import Status
from ringfence.actions.month_differences import Difference
from ringfence.actions.month_review import DraftInvoice, DraftStatement, MonthReview
from ringfence.actions.month_standing import MonthStanding
from ringfence.actions.people_and_funds import STANDING
from ringfence.screens.components.failure import problem_summary
from ringfence.screens.components.frame import part
from ringfence.screens.components.markup import address, held, how_many, link, pounds, tag
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import figures, table, table_html, words
from ringfence.screens.components.work import works
from ringfence.screens.held import held_of_the_month

FEW = 10
MOST_LISTED = 50


def show_checks(standing: MonthStanding, review: MonthReview | None) -> None:
    """What stops the month first, then what does not."""
    rest = [*_of_the_books(standing), *(review.warnings if review else standing.unplaced)]
    if review or rest:
        part("Check")
    held = standing.prepared is not None and standing.prepared.holds_back and review is not None and (
        standing.prepared.digest == review.digest)
    if review and review.problems and held:
        st.html(_told("These visits are held back. They come in a later month, once they are right.", review.problems))
    elif review and review.problems:
        st.html(problem_summary(review.problems, "Put these right, or hold their visits back for a later month.",
                                title="These visits cannot be charged"))
    if review and review.not_ready:
        st.html(problem_summary(review.not_ready, "It can be prepared meanwhile, and it cannot be approved.",
                                title="These must be put right before it is issued"))
    if review and review.held:
        st.html(held_of_the_month(review.held))
    if rest:
        st.html(_told("Look at these. They do not stop the month; each may be right.", rest))
    elif review and not review.problems and not review.not_ready and not review.held:
        st.html('<p class="rf-words">Nothing stops the month, and nothing asks to be looked at.</p>')


def _of_the_books(standing: MonthStanding) -> list[Problem]:
    if not standing.conflicts:
        return []
    return [Problem(how_many(standing.conflicts, "visit"), "came in again and said something else. The first version stands.",
                    "See them on the page Import.")]


def _told(heading: str, problems: Sequence[Problem]) -> Markup:
    """What does not stop the month end."""
    items = Markup("").join(Markup("<li><strong>{}</strong>: {} {}</li>").format(one.place, one.what, one.to_do) for one in problems[:MOST_LISTED])
    more = Markup("<p>… and {} more.</p>").format(len(problems) - MOST_LISTED) if len(problems) > MOST_LISTED else ""
    return Markup('<div class="rf-note"><p><strong>{}</strong></p><ul>{}</ul>{}</div>').format(heading, items, more)


def show_review(review: MonthReview, drafts_at: str) -> None:
    """The differences first, then the totals, then each draft; `drafts_at` is the address of the printed drafts, where there are any."""
    _differences(review)
    _controls(review)
    _drafts(review, drafts_at)


def _differences(review: MonthReview) -> None:
    if review.before is None:
        part(f"What {review.month.in_words} asks for", f"There is no month end of {review.month.previous.in_words} to compare it with.")
    else:
        days = (review.before.last.day, review.month.last.day)
        part(f"Differences from {review.before.in_words}", f"The largest first. {review.before.first:%B} had {days[0]} days, "
             f"{review.month.first:%B} {'has as many' if days[0] == days[1] else f'has {days[1]}'}.")
    _difference_table(review, "What each payer is asked for", "Payer", review.by_payer, "payers", lambda one: one.name)
    _difference_table(review, "What each person’s support costs", "Person or fund", review.by_fund, "differences",
                      lambda one: link(one.name, address("fund", fund=one.key)))


def _difference_table(review: MonthReview, caption: str, who: str, differences: Sequence[Difference], key: str,
                      named: Callable[[Difference], str | Markup]) -> None:
    before = f"{review.month.previous.first:%B}"
    columns = [words(who), figures(before), figures(f"{review.month.first:%B}"), figures("Difference"), words("Why")]
    total = [f"All {len(differences):,}", pounds(sum(one.before_pence for one in differences)),
             pounds(sum(one.now_pence for one in differences)), _signed(sum(one.pence for one in differences)), ""]

    def draw(shown: Sequence[Difference]) -> None:
        table(caption, columns, ([named(one), pounds(one.before_pence), pounds(one.now_pence), _signed(one.pence), _why(one)] for one in shown),
              total=total, show_caption=True, empty="Nothing is charged.")

    _in_pages(differences, key, draw, FEW)


@st.fragment
def _in_pages(items: Sequence[Difference], key: str, draw: Callable[[Sequence[Difference]], None], rows: int) -> None:
    paged(items, key, draw, rows=rows)


def _signed(pence: int) -> Markup:
    if not pence:
        return Markup('<span class="rf-figure">none</span>')
    return Markup('<span class="rf-figure">{}{}</span>').format("+" if pence > 0 else "", Money(pence))


def _why(one: Difference) -> Markup:
    return Markup('<span class="rf-wide">{}</span>').format(one.why or ("" if not one.pence else "Not known"))


def _controls(review: MonthReview) -> None:
    agree = "Each of these was reached by two ways, and both agree." if review.all_agree else (
        "Some of these do not agree. Do not prepare this month; report it with this page.")
    part("Control totals", agree)
    rows = [[one.what, _number(one.first, one.first_words), _number(one.second, one.second_words),
             tag("Agree", "green") if one.agrees else tag("Differ", "red")] for one in review.controls]
    table("Control totals", [words("What"), words("One number"), words("The other"), words("These two numbers")], rows)


def _number(number: str, from_where: str) -> Markup:
    return Markup('<span class="rf-figure">{}</span><span class="rf-under">{}</span>').format(number, from_where)


def _drafts(review: MonthReview, drafts_at: str) -> None:
    part("Drafts", "Read some: one of each payer, and the people for whom something changed." if drafts_at else
         "They are printed when the month is prepared.")
    with st.expander(f"{how_many(len(review.invoices), 'invoice')}, {Money(review.invoiced_pence)}"):
        _in_pages_of_invoices("invoices_page", "Draft invoices", review.invoices, drafts_at)
    if review.held:
        with st.expander(f"{how_many(len(review.held), 'invoice')} held, {Money(review.held_pence)}"):
            _in_pages_of_invoices("held_page", "Held drafts", [each.draft for each in review.held], drafts_at)
    with st.expander(how_many(len(review.statements), "statement")):
        _in_pages_of_statements(review, drafts_at)


@st.fragment
def _in_pages_of_invoices(key: str, caption: str, invoices: Sequence[DraftInvoice], drafts_at: str) -> None:
    def draw(shown: Sequence[DraftInvoice]) -> None:
        st.html(table_html(
            caption, [words("Payer"), words("For"), words("Period"), figures("Lines"), figures("Amount"), words("Draft")],
            ([one.payer, one.for_whom, one.period, f"{one.lines:,}", pounds(one.pence), _open("invoices", one.file, drafts_at, one.payer)]
             for one in shown),
            total=[f"All {how_many(len(invoices), 'invoice')}", "", "", f"{sum(one.lines for one in invoices):,}",
                   pounds(sum(one.pence for one in invoices)), ""], empty="Nothing is to be invoiced."))

    paged(invoices, key, draw)


@st.fragment
def _in_pages_of_statements(review: MonthReview, drafts_at: str) -> None:
    def draw(shown: Sequence[DraftStatement]) -> None:
        st.html(table_html(
            "Draft statements", [words("Person"), figures("Held at the start"), figures("Support"), figures("Held at the end"), words("Status"),
                                 words("Draft")],
            ([link(f"{one.known_as} ({one.person})", address("fund", fund=one.fund)), held(one.opening_pence), pounds(one.support_pence),
              held(one.closing_pence), status_tag(one.status), _open("statements", one.file, drafts_at, one.known_as)] for one in shown),
            empty="There is no statement to draw up."))

    paged(review.statements, "statements_page", draw)


def status_tag(status: str) -> Markup:
    """The status of a statement in the words that it prints."""
    return tag(STANDING[Status(status)])


def _open(kind: str, file: str, drafts_at: str, whose: str) -> Markup:
    if not drafts_at:
        return tag("Draft")
    return link(Markup('Open<span class="rf-unseen"> the draft of {}</span>').format(whose), f"{drafts_at}/{kind}/{file}.pdf", new_tab=True)


def kept_review(month: object) -> MonthReview | None:
    """What was worked out last for this month, by whoever asked."""
    found = works().kept(("review", str(month)))
    return found if isinstance(found, MonthReview) else None
