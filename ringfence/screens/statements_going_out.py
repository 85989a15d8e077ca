"""What goes out of a month: publishing its statements, and writing its documents to a folder, with what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from basics.periods import Month
from ringfence.actions.desk import desk
from ringfence.actions.documents_out import DocumentsOut
from ringfence.actions.publishing import Published
from ringfence.actions.statement_list import StatementOut
from ringfence.screens.components.desk import who
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import words
from ringfence.screens.components.markup import how_many
from ringfence.screens.components.offered import finance_button
from ringfence.screens.components.table import figures, table
from ringfence.screens.components.table import words as column
from ringfence.screens.components.work import finished, start, watching, works


def key(month: Month) -> tuple[str, ...]:
    """One thing at a time goes out of a month."""
    return "going-out", str(month)


def folder(month: Month) -> Path:
    """Where the documents of a month go that are sent."""
    return desk().documents / str(month) / "to-send"


def show_outcome(month: Month) -> None:
    """How far the work is that somebody asked for, or what came of it."""
    if watching(key(month)):
        return
    work = finished(key(month))
    if work is None or work.job.user != who():
        return
    if work.error:
        show_problems(work.error)
    elif isinstance(work.result, Published):
        _published(work.result)
    elif isinstance(work.result, DocumentsOut):
        _written(work.result)


def show_publishing(month: Month, found: Sequence[StatementOut], *, some: bool) -> None:
    """What is left to publish of the statements that are shown: `some` where a search has chosen them out of the month’s."""
    waiting = sum(1 for one in found if one.published is None or one.published.form is not one.form)
    if not waiting or _is_running(month):
        return
    words(f"{waiting:,} of {how_many(len(found), 'statement')} {'is' if waiting == 1 else 'are'} not published in the form that is needed, so nobody "
          f"outside has seen {'it' if waiting == 1 else 'them'}.")
    if finance_button(f"Publish {how_many(waiting, 'statement')} of {month.in_words}", type="primary", key="publish"):
        _publish(month, tuple(one.issued.fund for one in found) if some else ())


def show_writing(month: Month) -> None:
    """What can be done with all statements of a month, and its invoices."""
    if _is_running(month):
        return
    if st.button(f"Write all documents of {month.in_words} to a folder", key="write_documents"):
        start(key(month), "write documents", f"Documents of {month.in_words}", month=month, out=folder(month))
        st.rerun()
    if finance_button(f"Publish those of {month.in_words} again whose words have changed", key="publish_again"):
        _publish(month, ())


def _is_running(month: Month) -> bool:
    work = works().of(key(month))
    return work is not None and work.is_running


def _publish(month: Month, funds: tuple[str, ...]) -> None:
    start(key(month), "publish statements", f"Publishing {month.in_words}", month=month, funds=funds)
    st.rerun()


def _published(done: Published) -> None:
    count = done.new + done.again
    again = f" {how_many(done.again, 'of them is a new version', 'of them are new versions')}." if done.again else ""
    same = f" {done.same:,} stay as they were." if done.same else ""
    _done(f"{how_many(count, 'statement')} of {done.month.in_words} published", f"{again}{same}".strip())
    if done.set_aside:
        st.html(problem_summary(done.set_aside, "The others are published.", title=f"{how_many(len(done.set_aside), 'statement')} set aside"))


def _written(done: DocumentsOut) -> None:
    stood = f"{done.stood:,} stood there already. " if done.stood else ""
    _done(f"{how_many(done.written, 'document')} written to {done.folder}",
          f"{stood}Begin with index.html: it leads to every file, and to what is to be posted.")
    if done.set_aside:
        st.html(problem_summary(done.set_aside, "The others were written.", title=f"{how_many(len(done.set_aside), 'document')} set aside"))
    table("Control totals", [column("What"), figures("In the documents"), figures("In the books"), column("Do they agree?")],
          [[each.what, each.first, each.second, "Yes" if each.agrees else "No"] for each in done.controls], show_caption=True)


def _done(what: str, more: str) -> None:
    st.html(Markup('<div class="rf-done" role="status"><strong>{}.</strong> {}</div>').format(what, more))
