"""Offers and subsidies: what do we sell below full cost, who decided it, and until when; the fees that were asked; is a funder's rate enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import streamlit as st
from markupsafe import Markup

from basics.errors import Problem, RingfenceError
from basics.money import Money
from basics.periods import ONE_DAY, day_in_figures, day_in_words, financial_year
from costing.offer import Checked, Level
from costing.package import Per
from ringfence.actions.costing import EXAMPLE_NAME, as_cost_file, example_content
from ringfence.actions.offers import offer_on_content
from ringfence.actions.subsidies import Register, Standing, Subsidy, propose_subsidy, register
from ringfence.screens.components import amounts
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import heading, part, tell_done, words
from ringfence.screens.components.markup import how_many, link, pounds, tag, under
from ringfence.screens.components.offered import is_offered
from ringfence.screens.components.paged import announce
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as in_words
from ringfence.screens.fees import draw_fees

DONE = "subsidy-done"
COLOURS = {Standing.ENDS_SOON: "orange", Standing.CHECK_AGAIN: "orange"}


def page() -> None:
    """Draw the page: the register first, then the fees, then an offer to check."""
    found = register(acting())
    heading("Offers and subsidies", _first_line(found))
    tell_done(DONE)
    _register(found)
    draw_fees()
    _check()


def _first_line(found: Register) -> str:
    if not found.standing:
        return "Nothing is sold below full cost that anybody decided here."
    ending = f" {how_many(len(found.ending), 'decision ends', 'decisions end')} within 60 days: decide before then." if found.ending else ""
    return f"We sell below full cost for {found.per_week} a week, {found.per_year} a year.{ending}"


def _register(found: Register) -> None:
    part("What we sell below full cost")
    if found.to_check:
        words(found.check_in_words)
    columns = [in_words("Package and funder"), figures("Offered an hour"), figures("Short a week"), figures("Short a year"), in_words("Until"),
               in_words("Why, and paid from"), in_words("Status")]
    note = (f"In {how_many(found.years_not_known, 'package')} the weeks of a year are not known, so that year is not in the sum."
            if found.years_not_known else "")
    stand = f"{len(found.standing):,} {'stands' if len(found.standing) == 1 else 'stand'} today"
    if found.subsidies:
        announce(f"{how_many(len(found.subsidies), 'decision')}, of which {stand}.")
    table("What is sold below full cost", columns, [_row(each, found.on) for each in found.subsidies], note=note,
          total=_total(found) if found.subsidies else None,
          empty="No decision has been asked for yet. Check an offer below: where it is below full cost, you can ask for a decision there.")


def _row(each: Subsidy, on: date) -> Row:
    standing = each.standing(on)
    named = Markup("{}{}").format(each.package, under(f"{each.funder}{f' · {each.packages:,} packages' if each.packages > 1 else ''}"))
    decided = f"asked by {each.prepared_by}" + (f", approved by {each.approved_by}" if each.approved_by else "")
    return [named, pounds(each.offered_per_hour), pounds(each.per_week), pounds(each.per_year), _until(each),
            Markup("{}{}").format(each.why, under(f"{each.paid_from} · {decided}")), tag(standing, COLOURS.get(standing, ""))]


def _until(each: Subsidy) -> Markup:
    """The end that was decided; below it, from when a later decision has taken its place."""
    replaced = under(f"replaced from {day_in_figures(each.replaced_from)}") if each.replaced_from else ""
    return Markup("{}{}").format(day_in_figures(each.last), replaced)


def _total(found: Register) -> Row:
    return [f"All that stand today ({len(found.standing):,})", "", pounds(found.per_week), pounds(found.per_year), "", "", ""]


def _check() -> None:
    part("Check an offer", Markup("Hold what a funder offers beside what the support costs. The cost is a cost file, which {} makes.").format(
        link("Cost a package", "/cost")))
    sent = st.file_uploader("A cost file", type=["yaml", "yml"], key="offer-file", max_upload_size=5)
    problems: list[Problem] = []
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        offered = amounts.typed("What is offered, £", _maybe, problems, key="offer-pounds", placeholder="24.10")
    per = Per(right.segmented_control("For each", ["hour", "week"], default="hour", key="offer-per", required=True))
    if sent is None:
        words(f"Without a file this checks the documented example, {EXAMPLE_NAME}.", quiet=True)
    if offered is None:
        return
    content, name = (sent.getvalue(), sent.name) if sent else (as_cost_file(example_content()), EXAMPLE_NAME)
    check = partial(offer_on_content, content, name, offered, per)
    try:
        checked = check()
    except RingfenceError as error:
        show_problems(error)
        return
    _beside(checked)
    if checked.is_below_full_cost and sent is not None:
        _ask(checked, check)


def _maybe(text: str) -> Money | None:
    """An empty box is no mistake."""
    return amounts.money(text) if text.strip() else None


def _beside(checked: Checked) -> None:
    full = checked.at(Level.FULL_COST)
    assert full is not None
    part(f"{checked.name}, {checked.offered_per_hour} an hour offered {checked.days_in_words}")
    words(f"This is {full.short_per_hour} an hour below full cost, {full.short_per_week} a week." if checked.is_below_full_cost
          else "This is not below full cost.")
    columns = [in_words("Beside"), figures("An hour"), figures("Short an hour"), figures("Short a week"), figures("Short a year")]
    table("The offer beside the cost", columns, [
        [each.level.value, pounds(each.per_hour), pounds(each.short_per_hour), pounds(each.short_per_week), pounds(each.short_per_year)]
        for each in checked.beside],
        note="Full cost is direct support, service co-ordination and company costs; the price asked holds contingency and surplus too. Each is "
             "rounded once, so it may differ by a penny or two from the sum of a price's rounded lines.")
    for note in checked.notes:
        words(note, quiet=True)


def _ask(checked: Checked, check: Callable[[date], Checked]) -> None:
    """Ask for a decision: what was typed stays until it is whole."""
    part("Ask for a decision", "A price below full cost counts once somebody else approves it. They read why, and what pays for it.")
    if not is_offered("Ask for a decision"):
        return
    funder = st.text_input("Who offers it", key="offer-funder", autocomplete="off")
    why = st.text_input("Why we should sell below full cost", key="offer-why", autocomplete="off")
    paid_from = st.text_input("What pays for it", key="offer-paid-from", autocomplete="off", placeholder="Unrestricted reserves, a grant, …")
    left, middle, right = st.columns(3)
    first = left.date_input("From", checked.on, key="offer-first", format="DD/MM/YYYY")
    last = middle.date_input("Until", _end_of_year(checked.on), key="offer-last", format="DD/MM/YYYY")
    packages = right.text_input("How many packages", "1", key="offer-packages", autocomplete="off")
    full = checked.at(Level.FULL_COST)
    assert full is not None
    if st.button(f"Ask to sell at {full.short_per_week} a week below full cost", type="primary", key="offer-ask"):
        _propose(check, [funder, why, paid_from], first, last, packages)


def _propose(check: Callable[[date], Checked], said: Sequence[str], first: object, last: object, packages: str) -> None:
    if not isinstance(first, date) or not isinstance(last, date) or not packages.strip().isdecimal():
        st.html(problem_summary([Problem("From, Until, How many packages", "One of these is empty or no whole number.", "Fill it in.")]))
        return
    try:
        propose_subsidy(acting(), check(first), funder=said[0], why=said[1], paid_from=said[2], first=first, last=last, packages=int(packages))
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = Markup("Asked. It waits for somebody else under {}, until {}.").format(
        link("Waiting for approval", "/approvals"), day_in_words(last))
    st.rerun()


def _end_of_year(day: date) -> date:
    """The last day of the financial year, or of the next where that is today."""
    last = financial_year(day).last
    return last if last > day else financial_year(last + ONE_DAY).last
