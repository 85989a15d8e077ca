"""Import: a file is tried first, then brought in; what did not come in is told, and an import can be taken back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

import streamlit as st

from basics.errors import RingfenceError
from ringfence.actions.applying import Applied
from ringfence.actions.importing import Imported
from ringfence.actions.uploading import APPLY, PEOPLE, VISITS, Sent, brought_in, example_file, looks_like, rehearsed, sent
from ringfence.actions.version import books_version
from ringfence.screens.components.desk import acting, who
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import heading, part, words
from ringfence.screens.components.markup import how_many
from ringfence.screens.components.offered import is_offered
from ringfence.screens.components.work import start, watching
from ringfence.screens.import_list import KIND_WORDS, imports_and_conflicts, show_conflicts_so_far, show_imports
from ringfence.screens.import_outcome import Outcome, show_details, show_done, show_would
from ringfence.screens.import_work import LARGE_BYTES, key, news
from ringfence.screens.one_import import TAKEN_BACK, one_import, taken_back_words

DONE, TRIED, TURN = "import-done", "import-tried", "import-turn"

ASKS_FOR = {
    VISITS: "One row is one carer’s visit to one person: visit, carer, person, support, date, planned minutes and planned carers are needed; "
            "start, end, outcome and reason may follow. CSV or Excel (.xlsx).",
    PEOPLE: "One row is one person: reference and name are needed, known as may follow. CSV or Excel (.xlsx).",
    APPLY: "Contracts, payers, prices, plans, splits and bank lines, as an apply file (YAML). It counts once another person approves it.",
}
EXAMPLES = {VISITS: "An example of a visits file", PEOPLE: "An example of a people file", APPLY: "An example of an apply file"}


@dataclass(frozen=True)
class Tried:
    """A file that was tried, under what it was and what the books were then: what would come in, or why none of it can.

    Of a large file the content is kept with it, for its box is gone while another process reads it.
    """

    key: str
    large: Sent | None
    found: Imported | Applied | None
    refused: RingfenceError | None


def page() -> None:
    above = st.container()
    works = watching(key())
    if not works:
        _take_in_news()
    asked = st.query_params.get("import")
    if asked:
        one_import(asked, above, works=works)
        return
    with st.spinner("Reading the imports …"):
        listed, conflicts = imports_and_conflicts()
    with above:
        heading("Import", _first_line(len(listed), len(conflicts)))
    if works:
        words("You can go on elsewhere; what came of it stands here.", quiet=True)
    else:
        before = st.container()
        _new_file()
        if isinstance(done := st.session_state.get(DONE), Outcome):
            with before:
                show_done(done)
    if conflicts:
        show_conflicts_so_far()
    show_imports()


def _first_line(imports: int, conflicts: int) -> str:
    if conflicts:
        return f"{how_many(conflicts, 'visit')} came again with other content. A file is tried first: nothing is stored until you bring it in."
    if not imports:
        return "Nothing is here yet. Bring in the people first, then what was agreed, then the visits."
    return "A file is tried first, and you see what would come in. Nothing is stored until you bring it in."


def _new_file() -> None:
    part("Bring in a file")
    if not is_offered("Bring in a file"):
        return
    kinds = {KIND_WORDS[kind]: kind for kind in (VISITS, PEOPLE, APPLY)}
    chosen = st.segmented_control("What is in it", list(kinds), default=KIND_WORDS[VISITS], key="kind", bind="query-params", required=True)
    kind = kinds[chosen or KIND_WORDS[VISITS]]
    turn = st.session_state.setdefault(TURN, 0)
    uploaded = st.file_uploader(f"The file of {chosen.lower() if chosen else ''}", key=f"file-{kind}-{turn}")
    with st.container(horizontal=True, vertical_alignment="center"):
        name, content = _example(kind)
        st.download_button(EXAMPLES[kind], content, name, on_click="ignore", key=f"example-{kind}")
        words(ASKS_FOR[kind], quiet=True)
    if uploaded is not None:
        st.session_state.pop(DONE, None)
        _try(sent(kind, uploaded.getvalue(), uploaded.name))
    elif isinstance(tried := st.session_state.get(TRIED), Tried) and tried.large is not None:
        st.session_state.pop(DONE, None)
        _show(tried.large, tried)
        if st.button(f"Leave {tried.large.name}"):
            del st.session_state[TRIED]
            st.rerun()


@cache
def _example(kind: str) -> tuple[str, bytes]:
    return example_file(kind)


def _try(file: Sent) -> None:
    """Try the file, once for each state of the books, and show what would come in with the button that brings it in."""
    at = _key(file)
    tried = st.session_state.get(TRIED)
    if not isinstance(tried, Tried) or tried.key != at:
        if len(file.content) > LARGE_BYTES:
            start(key(), "try file", f"Reading {file.name}", file=file)
            st.rerun()
        with st.spinner(f"Reading {file.name} …"):
            tried = st.session_state[TRIED] = _tried(at, file)
    _show(file, tried)


def _show(file: Sent, tried: Tried) -> None:
    if tried.refused is not None:
        show_problems(tried.refused)
        other = looks_like(file) if len(file.content) <= LARGE_BYTES else ""
        words(f"Nothing of the file was taken. It looks like a file of {KIND_WORDS[other].lower()}: choose “{KIND_WORDS[other]}” above."
              if other else "Nothing of the file was taken. Put it right and choose it again.")
    elif tried.found is not None:
        _offer(file, tried.found)


def _offer(file: Sent, found: Imported | Applied) -> None:
    """What would come in, the button that brings it in, and below it what would not come in."""
    verb = show_would(file, found)
    if verb and st.button(verb, type="primary", key="bring-in"):
        _bring_in(file)
    if isinstance(found, Imported):
        if not verb:
            words(_nothing_new(found))
        show_details(file.name, found)


def _nothing_new(found: Imported) -> str:
    if found.problems:
        return "There is nothing new in it to bring in."
    if found.same:
        return "There is nothing new in it, and nothing to do."
    return "It has headings, and no row under them. Check that it is the right file."


def _key(file: Sent) -> str:
    return "|".join((file.kind, file.name, hashlib.sha256(file.content).hexdigest(), books_version(acting()), who()))


def _tried(key: str, file: Sent) -> Tried:
    try:
        return Tried(key, None, rehearsed(acting(), file), None)
    except RingfenceError as error:
        return Tried(key, None, None, error)


def _bring_in(file: Sent) -> None:
    if len(file.content) > LARGE_BYTES:
        start(key(), "bring in file", f"Bringing in {file.name}", file=file)
        st.rerun()
    try:
        with st.spinner(f"Bringing in {file.name} …"):
            found = brought_in(acting(), file)
    except RingfenceError as error:
        show_problems(error)
        return
    _done(file, found)
    st.rerun()


def _done(file: Sent, found: Imported | Applied) -> None:
    """Remember what came in, and begin with an empty box."""
    st.session_state[DONE] = Outcome(file.kind, file.name, found)
    st.session_state.pop(TRIED, None)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def _take_in_news() -> None:
    """What came of a large file that another process read or brought in."""
    work = news()
    if work is None:
        return
    file: Sent | None = work.job.arguments.get("file")
    if file is None:
        st.session_state[TAKEN_BACK] = work.error or taken_back_words(work.job.arguments["import_id"], work.result)
    elif work.job.name == "try file":
        st.session_state[TRIED] = Tried(_key(file), file, work.result, work.error)
    elif work.error is not None:
        show_problems(work.error)
    else:
        _done(file, work.result)
