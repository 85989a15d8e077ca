"""What would come in, and what came in: counts in words, what did not and why, and the button that brings it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from ringfence.actions.applying import Applied
from ringfence.actions.importing import Imported
from ringfence.actions.uploading import PEOPLE, Sent
from ringfence.screens.components.frame import part, unsaved, words
from ringfence.screens.components.markup import address, how_many, link
from ringfence.screens.import_problems import download_of, rows_not_taken, show_conflicts, show_problems_of, show_renamed

FIRST_SHOWN = 12
SHORT_DIGEST = 12


@dataclass(frozen=True)
class Outcome:
    """What came of a file, whether it was only tried or brought in."""

    kind: str
    name: str
    found: Imported | Applied


def counted(kind: str, count: int) -> str:
    """“1,204 visits”, “3 people”."""
    return how_many(count, "person", "people") if kind == PEOPLE else how_many(count, "visit")


def show_would(file: Sent, found: Imported | Applied) -> str:
    """Say what a file would bring. Gives the words of the button that brings it in; empty where there is nothing to bring."""
    if isinstance(found, Applied):
        return _would_apply(file, found)
    part(f"What {file.name} would bring", "Tried, and not stored yet.")
    st.html(Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(each) for each in _counts(file, found, would=True))))
    return _verb(file.kind, found)


def show_done(done: Outcome) -> None:
    """Say what a file brought, and what of it did not come in."""
    found = done.found
    if isinstance(found, Applied):
        st.html(Markup('<div class="rf-done" role="status">{}</div>').format(_applied(done.name, found)))
        return
    first = _first_words(done, found)
    rest = " ".join(f"{each}." for each in _counts(done, found, would=False))
    st.html(Markup('<div class="rf-done" role="status"><strong>{}</strong> {}</div>').format(first, rest))
    show_details(done.name, found)


def _first_words(done: Outcome, found: Imported) -> str:
    if found.import_id is None:
        return f"{done.name}: nothing new."
    return f"{done.name} is brought in as import {found.import_id}."


def _counts(of: Sent | Outcome, found: Imported, *, would: bool) -> Iterator[str]:
    kind = of.kind
    if found.new:
        yield f"{counted(kind, found.new)} {'would come' if would else 'came'} in"
    if found.changed:
        yield f"{how_many(found.changed, 'name')} {'would change' if would else 'changed'}; the one before is kept"
    if found.same:
        all_here = not (found.new or found.changed or found.conflicts)
        yield f"{'All ' if all_here and not found.problems else ''}{counted(kind, found.same)} {'is' if found.same == 1 else 'are'} here already"
    if found.conflicts:
        yield f"{counted(kind, found.conflicts)} came again with other content: what is kept stands"
    if found.problems:
        rows = how_many(rows_not_taken(of.name, found), "row")
        yield f"{rows} {'would' if would else 'did'} not come in: what is wrong with {'it' if rows.startswith('1 ') else 'them'} is below"


def show_details(name: str, found: Imported) -> None:
    """What is to be known of a file besides its counts: notices, what does not come in and why, what is in conflict."""
    if found.notices:
        _notices(found.notices)
    if found.renamed:
        show_renamed(found.renamed)
    if found.problems:
        show_problems_of(name, found, "problems")
        unsaved()
    if found.differing:
        part("In conflict", "What is kept stands until a person decides. Correct the rota, or take back the import that they came with.")
        show_conflicts(f"Visits of {name} in conflict", found.differing, "differing")
    download_of(name, found)


def _notices(notices: Sequence[str]) -> None:
    items = Markup("").join(Markup("<li>{}</li>").format(each) for each in notices[:FIRST_SHOWN])
    more = Markup("<li>… and {} more like these.</li>").format(len(notices) - FIRST_SHOWN) if len(notices) > FIRST_SHOWN else Markup("")
    st.html(Markup('<div class="rf-note"><p>To know:</p><ul>{}{}</ul></div>').format(items, more))


def _verb(kind: str, found: Imported) -> str:
    if found.import_id is None:
        return ""
    if found.new and found.changed:
        return f"Bring in {counted(kind, found.new)} and change {how_many(found.changed, 'name')}"
    if found.changed:
        return f"Change {how_many(found.changed, 'name')}"
    if found.new:
        return f"Bring in {counted(kind, found.new)}"
    return f"List {counted(kind, found.conflicts)} in conflict"


def _would_apply(file: Sent, found: Applied) -> str:
    part(f"What {file.name} would do", "Tried on the books, and not stored yet.")
    if not found.said:
        words("It says nothing that is not there already. There is nothing to prepare.")
        return ""
    st.html(_listed(found.said[:FIRST_SHOWN]))
    if len(found.said) > FIRST_SHOWN:
        with st.expander(f"{len(found.said) - FIRST_SHOWN} more changes"):
            st.html(_listed(found.said[FIRST_SHOWN:]))
    words(Markup("Its digest will be <code>{}</code>.").format(found.digest[:SHORT_DIGEST]), quiet=True)
    return f"Prepare {how_many(len(found.said), 'change')} for approval"


def _applied(name: str, found: Applied) -> Markup:
    if not found.said:
        return Markup("<strong>{}: nothing new.</strong> Nothing is to be approved.").format(name)
    return Markup("<strong>{} is prepared: {}.</strong> Its digest begins <code>{}</code>. None of it counts until another person approves "
                  "it under {}.").format(name, how_many(len(found.said), "change"), found.digest[:SHORT_DIGEST],
                                         link("Waiting for approval", address("approvals")))


def _listed(said: Sequence[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(each) for each in said))
