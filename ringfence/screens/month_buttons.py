"""What can be done with a month, in its order: calculate, prepare, approve and issue, write the documents again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.money import Money
from basics.periods import LONDON, Month, day_in_words, day_of
from ringfence.actions.desk import desk
from ringfence.actions.month_review import MonthReview
from ringfence.actions.month_run import IssuedMonth, PreparedMonth
from ringfence.actions.month_standing import MonthStanding, Prepared
from ringfence.actions.version import books_version
from ringfence.screens.components.desk import acting, who
from ringfence.screens.components.failure import problem_summary
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.markup import address, button_link, how_many
from ringfence.screens.components.offered import approver_button, finance_button
from ringfence.screens.components.work import start

SHORT_DIGEST = 12


def key(month: Month) -> tuple[str, ...]:
    """One thing at a time is done with a month."""
    return "month-end", str(month)


def folder(month: Month) -> Path:
    """Where the documents of a month go."""
    return desk().documents / str(month)


def drafts_at(standing: MonthStanding, review: MonthReview) -> str:
    """The address of the drafts, where those that are printed are of these figures."""
    fits = standing.prepared is not None and standing.prepared.digest == review.digest
    return f"/drafts/{standing.month}" if fits and (folder(standing.month) / "drafts").is_dir() else ""


def show_next(standing: MonthStanding, review: MonthReview | None) -> None:
    """The one thing to do next, or why it cannot be done."""
    if standing.prepared is not None:
        _approval(standing, standing.prepared, review)
    elif review is None or review.version != books_version(acting()):
        _calculation(standing, review)
    else:
        _preparation(review)


def _calculation(standing: MonthStanding, review: MonthReview | None) -> None:
    if review is not None:
        part("Calculate again")
        words(f"The books have changed since these figures were worked out, at {_clock(review)}. Calculate it again.")
    _calculate_button(standing.month, again=review is not None, primary=True)


def _calculate_button(month: Month, *, again: bool, primary: bool) -> None:
    asked = f"Calculate {month.in_words}{' again' if again else ''}"
    if st.button(asked, type="primary" if primary else "secondary", key="calculate"):
        begin(month, "review month", f"Working out {month.in_words}")


def _preparation(review: MonthReview) -> None:
    month, held = review.month, False
    part("Prepare")
    if not review.all_agree:
        words("It cannot be prepared: two numbers below that must agree do not.")
        return
    if review.problems:
        held = st.checkbox("Hold back the visits that cannot be charged. They come in a later month, once they are right.", key="hold_back")
    if review.problems and not held:
        words("It can be prepared once those visits are put right, or held back.")
    elif finance_button(f"Prepare {month.in_words}: {_amount(review)}", type="primary", key="prepare"):
        begin(month, "prepare month", f"Preparing {month.in_words}", out=folder(month), hold_back=held)
    words(f"Worked out at {_clock(review)}. Preparing prints the drafts and posts nothing.", quiet=True)


def _approval(standing: MonthStanding, prepared: Prepared, review: MonthReview | None) -> None:
    """For a month that is prepared: what is approved is seen first, and not by who prepared it."""
    month = standing.month
    part("Approve")
    words(Markup("Prepared by {} on {}{}. Its digest is <code>{}</code>.").format(
        prepared.by, day_in_words(day_of(prepared.at)), ", with visits held back" if prepared.holds_back else "",
        prepared.digest[:SHORT_DIGEST]))
    if review is None:
        words("The figures are worked out again before anybody approves them." if who() != prepared.by else
              "Another person approves it. You can look at its figures again.")
        _calculate_button(month, again=True, primary=True)
    elif review.digest != prepared.digest:
        words("The books have changed since it was prepared: these are the figures as they are now. Prepare it again, and this takes "
              "the place of what was prepared.")
        if review.version == books_version(acting()):
            _preparation(review)
        else:
            _calculate_button(month, again=True, primary=True)
    elif review.version != books_version(acting()):
        words("The books have changed since these figures were worked out. Calculate them again before anybody approves them.")
        _calculate_button(month, again=True, primary=True)
    else:
        _approve(month, prepared, review)


def _approve(month: Month, prepared: Prepared, review: MonthReview) -> None:
    if who() == prepared.by:
        words("You prepared it, so somebody else must approve it. Another person at this machine chooses “Change” at the side.")
    elif review.not_ready:
        words("It cannot be approved until what is listed above is put right, and it is prepared again.")
    elif approver_button(f"Approve {month.in_words}: {_amount(review)}", type="primary", key="approve"):
        begin(month, "issue month", f"Issuing {month.in_words}", digest=prepared.digest, out=folder(month))
    words(f"Approving posts {how_many(review.charges, 'charge')}, numbers the invoices, closes the month and writes its documents to "
          f"{folder(month)}. It is worked out once more, and refused if anything has changed.", quiet=True)
    _calculate_button(month, again=True, primary=False)


def show_outcome(result: Any) -> None:
    """What came of the last work."""
    if isinstance(result, PreparedMonth):
        _done(f"{result.review.month.in_words} is prepared", f"{how_many(result.written, 'draft')} printed. Nothing is posted.", result.set_aside)
    elif isinstance(result, IssuedMonth):
        first = f"{result.month.in_words} {'was issued before, and nothing has changed' if result.again else 'is issued'}"
        _done(f"{first}, sealed {result.seal}", f"{how_many(result.written, 'document')} written to {folder(result.month)}.", result.set_aside)
    elif isinstance(result, Month):
        _done(f"{result.in_words} is locked", "It takes nothing more, and neither does any month before it.", ())


def _done(what: str, more: str, set_aside: Any) -> None:
    st.html(Markup('<div class="rf-done" role="status"><strong>{}.</strong> {}</div>').format(what, more))
    if set_aside:
        st.html(problem_summary(set_aside, "The others were written. Put these right and write the documents again.",
                                title=f"{how_many(len(set_aside), 'document')} set aside"))


def show_issued(standing: MonthStanding) -> None:
    """What was issued, where it is, and what to do with it."""
    papers, prepared, month = standing.papers, standing.prepared, standing.month
    assert papers is not None
    assert prepared is not None
    part("What was issued")
    words(Markup("{}, {}, and {}. Prepared by {}, approved by {} on {}; sealed {}.").format(
        how_many(papers.invoices, "invoice"), Money(papers.invoiced_pence), how_many(papers.statements, "statement"), prepared.by,
        prepared.approved_by, day_in_words(day_of(prepared.approved_at)) if prepared.approved_at else "", standing.seal))
    st.html(Markup("<p>{} {}</p>").format(button_link(f"Invoices of {month.in_words}", address("invoices", month=month), primary=True),
                                          button_link(f"Statements of {month.in_words}", address("statements", month=month))))
    if papers.files < papers.files_in_all:
        words(f"{papers.files:,} of {how_many(papers.files_in_all, 'document')} have been written to a folder so far. "
              "Each can be opened under Invoices and Statements all the same.")
    if st.button(f"Write {how_many(papers.files_in_all, 'document')} to the folder{' again' if papers.files else ''}", key="write"):
        begin(month, "issue month", f"Documents of {month.in_words}", digest=prepared.digest, out=folder(month))
    words(f"The folder is {folder(month)}. The same documents are written, to the byte.", quiet=True)


def begin(month: Month, name: str, said: str, **arguments: Any) -> None:
    """Have one of `jobs.JOBS` done for a month, and stay with that month."""
    try:
        start(key(month), name, said, month=month, **arguments)
    except OSError as fault:
        raise RingfenceError(f"The work could not be started: {fault.strerror}.", "Close other programs and try again.") from fault
    st.query_params["month"] = str(month)  # once it is issued, another month is the first that is open
    st.rerun()


def _amount(review: MonthReview) -> str:
    return f"{how_many(len(review.invoices), 'invoice')}, {Money(review.invoiced_pence)}"


def _clock(review: MonthReview) -> str:
    return f"{review.at.astimezone(LONDON):%H:%M}"


