"""The forms in which a statement is made for whoever reads it, and when the choice of one is to be looked at again.

Source: the Accessible Information Standard (NHS England, DAPB1605), whose six steps are to identify, record, flag, share, meet and review each
person's needs.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from basics.periods import day_in_words
from isf.watch import Matter, OfFund, Watched


class Form(StrEnum):
    """One form of a statement. All of them print the same record."""

    STANDARD = "standard"
    LARGE_16 = "large print 16"
    LARGE_18 = "large print 18"
    LARGE_22 = "large print 22"
    EASY_READ = "easy read"
    WEB_PAGE = "web page"
    PLAIN_TEXT = "plain text"

    @property
    def is_on_paper(self) -> bool:
        """Whether it is printed and goes by post."""
        return self not in (Form.WEB_PAGE, Form.PLAIN_TEXT)


def form_review_by(reviewed_on: date) -> date:
    """The day by which the choice is looked at again: a year later, and for 29 February the day after the year is over."""
    leap_day = (reviewed_on.month, reviewed_on.day) == (2, 29)
    return date(reviewed_on.year + 1, 3, 1) if leap_day else reviewed_on.replace(year=reviewed_on.year + 1)


def form_review(of: OfFund, form: Form, reviewed_on: date, on: date) -> Watched | None:
    """A line of the watch list, once a year has gone by since anybody asked."""
    by = form_review_by(reviewed_on)
    if on < by:
        return None
    return Watched(matter=Matter.FORM, fund=of.key, who=of.who, since=reviewed_on, by=by, is_late=True,
                   what=f"Statements come in {form.value}, last asked about on {day_in_words(reviewed_on)}",
                   to_do="Ask whether that is still right, and record the answer on the page of the fund")
