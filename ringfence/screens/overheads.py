"""Overheads: what the accounts cost, divided among services pool by pool, and what no price earns of it. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError, Problem, RingfenceError
from basics.money import NIL, Money
from costing.overheads import Divided
from costing.pools import Driver
from ringfence.actions.overheads import example_file, not_recovered, overheads_of_content
from ringfence.screens.components import amounts
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import heading, part, words
from ringfence.screens.components.glossary import what_is
from ringfence.screens.components.markup import how_many, link
from ringfence.screens.components.paged import announce
from ringfence.screens.overheads_shown import show_divided, show_recovered

EXAMPLE = "overheads-example"
LARGEST_MB = 5
NOTHING_YET = "Send what the accounts cost in a year: it is divided among your services by what causes it. Nothing is stored."


def page() -> None:
    """Draw the page: a file to send, or the example; what it comes to, and what prices earn of it."""
    above = st.container()
    name, content = _asked()
    if not content:
        with above:
            heading("What do overheads cost each service?", NOTHING_YET)
        return
    try:
        with st.spinner("Dividing the overheads …"):
            found = overheads_of_content(content, name)
    except RingfenceError as error:
        with above:
            heading("What do overheads cost each service?", "The file cannot be divided yet. Nothing is stored.")
        show_problems(error)
        return
    with above:
        heading("What do overheads cost each service?", _first_line(found))
    announce(f"Divided among {how_many(len(found.services), 'service')}.")
    show_divided(found)
    _earned(found)


def _asked() -> tuple[str, bytes]:
    """The name and the content of the file that was sent, or of the example that was asked for; nothing where neither was."""
    part("The file", Markup("One file lists the costs of a year, the pools that services share, and what divides each pool: see {}.").format(
        link("how it is written", "/help?about=formats/overheads")))
    file = st.file_uploader("The file of overheads", type=["yaml", "yml"], key="overheads-file", max_upload_size=LARGEST_MB)
    name, example = example_file()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button("An example of a file of overheads", example, name, "application/yaml", on_click="ignore", key="overheads-download")
        if file is None:
            st.button("Show what the example says", key="overheads-show", on_click=_show_example)
    what_is("service co-ordination", "company costs")
    if file is not None:
        st.session_state.pop(EXAMPLE, None)
        return file.name, file.getvalue()
    return (name, example) if st.session_state.get(EXAMPLE) else ("", b"")


def _show_example() -> None:
    st.session_state[EXAMPLE] = True


def _first_line(found: Divided) -> str:
    of = "This is the documented example. " if st.session_state.get(EXAMPLE) else ""
    overheads = Money.total(each.overheads for each in found.services)
    return (f"{of}{overheads} of overheads, divided among {how_many(len(found.services), 'service')} to the penny. They and the direct spend add to "
            f"{Money.total(each.full_cost for each in found.services)}. Nothing is stored.")


def _earned(found: Divided) -> None:
    """What the price of an hour has in it for overheads, typed by service; and what that leaves to other money."""
    part("What is not recovered", "Say what the price of an hour of each service has in it for overheads. What prices do not earn, other money pays.")
    problems: list[Problem] = []
    charged = _typed(found, problems)
    if problems:
        st.html(problem_summary(problems, "What is typed cannot be read yet, and stays as it is."))
    elif charged:
        show_recovered(not_recovered(found, charged))
    else:
        words("Nothing is typed yet, so nobody knows what is recovered.", quiet=True)
    if unknown := [each.service.name for each in found.services if not _has_hours(each.service.measures)]:
        words(f"Nobody said how many hours of support these give in a year, so no price of an hour can earn their overheads: {', '.join(unknown)}.")


def _typed(found: Divided, problems: list[Problem]) -> Mapping[str, Money]:
    services = [each.service.name for each in found.services if _has_hours(each.service.measures)]
    columns = st.columns(min(len(services), 3)) if services else []
    charged: dict[str, Money] = {}
    for n, name in enumerate(services):
        with columns[n % len(columns)]:
            pounds = amounts.typed(f"In an hour of {name}", _pounds_or_nothing, problems, key=f"overheads-charged-{name}", placeholder="£4.20")
        if pounds is not None:
            charged[name] = pounds
    return charged


def _pounds_or_nothing(said: str) -> Money | None:
    if not said.strip():
        return None
    found = amounts.money(said)
    if found < NIL:
        raise InputError(f"{found} is less than nothing.", "Write what an hour has in it for overheads, like 4.20.")
    return found


def _has_hours(measures: Mapping[Driver, object]) -> bool:
    return Driver.SUPPORT_HOURS in measures
