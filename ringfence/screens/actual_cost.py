"""Actual cost: what the payroll paid beside what each service was priced with, why they differ, and the pay that no person explains."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from basics.errors import InputError, RingfenceError
from ringfence.actions.actual_cost import ActualBeside, actual_of_content, example_files
from ringfence.actions.uploading import Sent, sent
from ringfence.screens.actual_cost_kept import keep_totals
from ringfence.screens.actual_cost_shown import show
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import heading, part, words
from ringfence.screens.components.markup import how_many

FOUND, EXAMPLE = "actual-found", "actual-example"
TABLES = ["csv", "xlsx", "yaml", "yml"]
LARGEST_MB = 200
STORED = "Nothing is stored but the totals that somebody keeps for the trustees."


@dataclass(frozen=True)
class Tried:
    """What came of some files: kept with this browser, so that turning a page of a list does not read them again."""

    key: tuple[str, ...]
    found: ActualBeside | None
    refused: RingfenceError | None


def page() -> None:
    """Draw the page: which files to send, and what they say."""
    acting()
    above = st.container()
    services, others = _boxes()
    if services is not None:
        st.session_state.pop(EXAMPLE, None)
        first_line = _of_files(services, others)
    elif st.session_state.get(EXAMPLE):
        _show([Sent("", content, name) for name, content in example_files().items()])
        first_line = "This is the documented example, of an invented week. Send your own files to see yours."
    else:
        first_line = "Send a payroll and a rota: they are held beside your prices. Nothing is stored."
    with above:
        heading("What did the support really cost?", first_line)


def _boxes() -> tuple[UploadedFile | None, list[UploadedFile]]:
    part("The files", "A file of services names the payroll, the rota, and a cost file for each service. Send it with those that it names. "
                      "Names of people are needed in none of them.")
    left, right = st.columns(2)
    services = left.file_uploader("The file of services", type=["yaml", "yml"], key="actual-services", max_upload_size=5)
    others = right.file_uploader("The payroll, the rota and the cost files", type=TABLES, accept_multiple_files=True, key="actual-others",
                                 max_upload_size=LARGEST_MB)
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, (name, content) in zip(("file of services", "payroll", "rota"), example_files().items(), strict=False):
            st.download_button(f"An example of a {label}", content, name, on_click="ignore", key=f"actual-{name}")
        if services is None:
            st.button("Show what the example says", key="actual-show", on_click=_show_example)
    return services, others


def _show_example() -> None:
    st.session_state[EXAMPLE] = True


def _of_files(services: UploadedFile, others: Sequence[UploadedFile]) -> str:
    if not others:
        words("Now the files that it names: the payroll, the rota, and the cost file of each service.")
        return "The file of services is here; those that it names are not yet."
    return _show([sent("", each.getvalue(), each.name) for each in (services, *others)])


def _show(files: Sequence[Sent]) -> str:
    """What the files say, of which the first names the others; in one line, what that comes to."""
    key = tuple(f"{each.name} {hashlib.sha256(each.content).hexdigest()}" for each in files)
    tried = st.session_state.get(FOUND)
    if not isinstance(tried, Tried) or tried.key != key:
        with st.spinner("Reading the payroll and the rota …"):
            tried = st.session_state[FOUND] = _tried(key, files)
    if tried.refused is not None:
        show_problems(tried.refused)
        return "The files do not go together yet. Nothing is stored."
    assert tried.found is not None
    show(tried.found)
    if st.session_state.get(EXAMPLE):
        words("Totals by service are kept for the trustees from files of your own.", quiet=True)
    else:
        keep_totals(tried.found)
    dearer = len(tried.found.found.dearer)
    return (f"{how_many(dearer, 'service')} of {len(tried.found.found.services)} cost more than {'it was' if dearer == 1 else 'they were'} "
            f"priced to. {STORED}" if dearer else f"No service cost more than it was priced to. {STORED}")


def _tried(key: tuple[str, ...], files: Sequence[Sent]) -> Tried:
    services, *others = files
    try:
        _refuse_twice(others)
        return Tried(key, actual_of_content(services.content, services.name, {each.name: each.content for each in others}), None)
    except RingfenceError as error:
        return Tried(key, None, error)


def _refuse_twice(files: Sequence[Sent]) -> None:
    for name, times in Counter(each.name for each in files).items():
        if times > 1:
            raise InputError(f"{times} files are called {name}.", "Take away those that are not meant.", name)
