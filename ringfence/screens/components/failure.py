"""What went wrong, in words: what happened, where, and what to do next. A traceback never reaches a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps

import streamlit as st
from markupsafe import Markup
from streamlit.runtime.caching.hashing import UserHashError

from basics.errors import Problem, Refused, RingfenceError
from ringfence.actions.faults import noted
from ringfence.screens.components.markup import with_ways

MOST_SHOWN = 50


def shown_in_words(draw: Callable[[], None]) -> Callable[[], None]:
    """A page whose refusals are shown on it in words, and so is a disk or folder that cannot be used."""
    @wraps(draw)
    def drawn() -> None:
        try:
            draw()
        except Exception as fault:
            error = _beneath(fault)
            if isinstance(error, RingfenceError):
                show_problems(error)
            elif isinstance(error, OSError):
                st.html(problem_summary([_of_disk(error)]))
            else:
                raise
    return drawn


def show_problems(error: RingfenceError) -> None:
    """“There is a problem”: everything that an error gathered, at the top of what it is about."""
    heading = error.problem.what if isinstance(error, Refused) else ""
    st.html(problem_summary(error.problems, heading))


def problem_summary(problems: Iterable[Problem], heading: str = "", *, title: str = "There is a problem") -> Markup:
    """The box that says what is wrong and what to do, all of it at once; a very long list says how many more there are."""
    listed = list(problems)
    items = [_item(each) for each in listed[:MOST_SHOWN]]
    if len(listed) > MOST_SHOWN:
        items.append(Markup("<li>… and {} more like these.</li>").format(len(listed) - MOST_SHOWN))
    return Markup('<section class="rf-problems" role="alert"><h2>{}</h2>{}<ul>{}</ul></section>').format(
        title, Markup("<p>{}</p>").format(heading) if heading else "", Markup("").join(items))


def show_fault(error: Exception) -> bool:
    """For a fault that nobody foresaw: say so on the page, keep the details in a file of its own, and show nothing else."""
    found = _beneath(error)
    if isinstance(found, RingfenceError):
        show_problems(found)
    elif isinstance(found, OSError):
        st.html(problem_summary([_of_disk(found, noted(error))]))
    else:
        st.html(problem_summary([Problem("", f"Something went wrong that should not have: {type(error).__name__}.",
                                         f"What was being stored is not kept. {noted(error)}")]))
    return True


def _beneath(error: BaseException) -> BaseException:
    """What Streamlit wraps where it asks under what something is kept; any other error itself."""
    return error.__cause__ or error.__context__ or error if isinstance(error, UserHashError) else error


def _of_disk(error: OSError, where: str = "") -> Problem:
    what = f"A file of Ringfence could not be read or written: {error.strerror or type(error).__name__}."
    return Problem("", what, f"See that the disk has room and its folder may be used, then open this page again. {where}".rstrip())


def _item(problem: Problem) -> Markup:
    place = Markup("<strong>{}</strong>: ").format(problem.place) if problem.place else Markup("")
    return Markup("<li>{}{} {}</li>").format(place, problem.what, with_ways(problem.to_do))
