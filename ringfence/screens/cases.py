"""Cases: do our figures agree with others'? Each published case run afresh, ours beside theirs; one of them with its source and every figure."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from ringfence.actions.cases import DIFFERS, INFERRED, NOT_RUN, Case, Compared, every_case, in_short
from ringfence.importing.cases_file import read_case
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import back_to, heading, part, words
from ringfence.screens.components.markup import address, how_many, link, tag, under
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as column

PAGE = "cases"
ANY_YEAR = "Any year"
THEIRS = {"printed": "Theirs are printed in the source", "inferred": "Theirs are inferred", "worked out by hand": "Theirs are worked out by hand",
          "worked out by their formula": "Theirs are worked out by their formula, and printed nowhere"}
COLOURS = {INFERRED: "blue", DIFFERS: "orange", NOT_RUN: "grey"}


def page() -> None:
    """The list, or the case that the address names."""
    asked = st.query_params.get("case")
    if asked is None:
        _every(_run())
        return
    try:
        name = read_case(asked).name
    except RingfenceError as error:
        heading("Cases", Markup("{} of them all.").format(link("The list", address(PAGE))))
        show_problems(error)
        return
    _one(next(each for each in _run() if each.about.name == name))


@st.cache_resource(max_entries=1, show_spinner="Running the cases …")
def _run() -> tuple[Case, ...]:
    """They are files of Ringfence's own, so they stay the same for as long as it runs."""
    return every_case()


def _every(found: tuple[Case, ...]) -> None:
    heading("Do our figures agree with others’?", in_short(found))
    published = [each for each in found if each.is_published]
    part("Published by others", Markup(
        "Prices, fees and rules that somebody else printed, run here with what they were given. {} says that not all of it was printed: "
        "something had to be filled in before it could run, and the case says what.").format(_tag(INFERRED)))
    _list("Published by others", "Theirs", published)
    part("Worked out by hand", "Small enough to be checked with a pencil. They show what a rule means, and guard it.")
    _list("Worked out by hand", "By hand", [each for each in found if not each.is_published])


def _list(caption: str, theirs: str, found: list[Case]) -> None:
    columns = [column("Case, and its first figure"), figures(theirs), figures("Ours"), figures("Difference"), column("Status")]
    rows = map(_row, sorted(found, key=lambda each: each.about.case.casefold()))
    table(caption, columns, rows, note=f"{how_many(len(found), 'case')}. Each opens to all its figures.")


def _row(case: Case) -> Row:
    named = Markup("{}{}").format(link(case.about.case, address(PAGE, case=case.about.name)), under(" · ".join([*_year(case), case.first.figure])))
    return [named, *_amounts(case.first), Markup(" ").join(map(_tag, case.marks)) or tag("Agrees", "green")]


def _year(case: Case) -> list[str]:
    return [] if case.about.year == ANY_YEAR else [case.about.year]


def _one(case: Case) -> None:
    about = case.about
    back_to(("Cases", address(PAGE)))
    heading(about.case, case.in_short, Markup(" ").join(map(_tag, case.marks)))
    where = Markup(", ").join(link(each, each, new_tab=True) for each in about.addresses)
    words(Markup("<strong>Source.</strong> {}. {}").format(", ".join([about.source.removesuffix("."), *_year(case)]), where))
    words(Markup("<strong>What is given.</strong> {}").format(about.given))
    if about.inferred:
        st.html(Markup('<div class="rf-note"><p>{} {}</p></div>').format(_tag(INFERRED), about.inferred))
    all_alike = {each.basis for each in case.figures} == {about.basis}
    part("Figure by figure", f"{THEIRS[about.basis]}{'' if all_alike else ', unless a figure says otherwise'}.")
    columns = [column("Figure"), figures("Theirs" if case.is_published else "By hand"), figures("Ours"), figures("Difference")]
    table(f"Figures of {about.case}", columns, [_figure(each, about.basis) for each in case.figures])
    _reasons("Where ours differs, and why", [(each, each.because) for each in case.differing])
    part("What it shows", about.shows)
    costs = [f"ringfence cost cases/{file} --explain" for file in about.files if file.endswith(".cost.yaml")]
    if costs:
        words(Markup("To see every step of ours: {}").format(Markup(", ").join(Markup("<code>{}</code>").format(each) for each in costs)), quiet=True)


def _reasons(title: str, told: list[tuple[Compared, str]]) -> None:
    if told:
        part(title)
        items = Markup("").join(Markup("<li>{}: {}</li>").format(each.figure, why or "the case does not say why.") for each, why in told)
        st.html(Markup("<ul>{}</ul>").format(items))


def _figure(each: Compared, usual: str) -> Row:
    return [Markup("{}{}").format(each.figure, under(each.basis) if each.basis != usual else ""), *_amounts(each)]


def _amounts(each: Compared) -> list[Markup]:
    ours = Markup('<span class="rf-not-known">Not run here</span>') if each.ours is None else _amount(each.in_words(each.ours))
    return [_amount(each.in_words(each.theirs)), ours, _amount("" if each.difference is None else each.difference_in_words)]


def _amount(told: str) -> Markup:
    return Markup('<span class="rf-figure">{}</span>').format(told)


def _tag(mark: str) -> Markup:
    return tag(mark, COLOURS[mark])
