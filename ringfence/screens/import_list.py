"""The imports so far, 25 a page, each to be opened; and the visits that came again with other content."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.periods import LONDON, day_in_figures
from ringfence.actions.acting import Acting
from ringfence.actions.import_opened import KINDS, SECTIONS, ImportTold, Listed, all_conflicts, told
from ringfence.actions.importing import Conflict, list_imports
from ringfence.actions.uploading import APPLY, PEOPLE, VISITS
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.markup import address, how_many, link, tag
from ringfence.screens.components.paged import in_address, paged
from ringfence.screens.components.table import Row, table
from ringfence.screens.components.table import words as text
from ringfence.screens.import_problems import show_conflicts

KIND_WORDS = {VISITS: "Visits", PEOPLE: "People", APPLY: "Agreements and money"}
ALL = "All"


@kept(8)
def _read(caller: Acting) -> tuple[tuple[Listed, ...], list[tuple[int, Conflict]]]:
    return tuple(reversed(list_imports(caller, *KINDS))), all_conflicts(caller)


def imports_and_conflicts() -> tuple[tuple[Listed, ...], list[tuple[int, Conflict]]]:
    """Every import, the last first, and every row in conflict; kept until something is written."""
    return _read(acting())


@st.fragment
def show_conflicts_so_far() -> None:
    """Visits that came again with other content, with the import that each came with."""
    conflicts = imports_and_conflicts()[1]
    part("Visits in conflict", f"{how_many(len(conflicts), 'visit')} came again with other content. What was known first is kept, and "
         "where that is right there is nothing to do. If the other is right, take back the import that brought the first, and bring the right "
         "file in again.")
    links = [link(str(import_id), address("import", **{"import": import_id})) for import_id, _ in conflicts]
    show_conflicts("Visits in conflict so far", [conflict for _, conflict in conflicts], "conflicts", of_import=links)


@st.fragment
def show_imports() -> None:
    """The imports so far: what kind, who, when, how much, and what became of it."""
    listed = imports_and_conflicts()[0]
    part("Imports so far")
    if not listed:
        words("Nothing has been brought in yet. Begin with the people, then what was agreed, then the visits.")
        return
    chosen = st.segmented_control("Which imports", [ALL, *KIND_WORDS.values()], default=ALL, required=True, **in_address("shown"))
    matches = [each for each in listed if chosen in (ALL, KIND_WORDS[each.kind])]

    def draw(rows: Sequence[Listed]) -> None:
        table(f"Imports, {len(matches):,} in all", [text("Import"), text("What"), text("Brought"), text("When and who"), text("Status")],
              map(_row, told(acting(), rows)), empty="There is no import of this kind yet.")
    paged(matches, "page", draw)


def brought(each: ImportTold) -> str:
    """“1,204 visits”, “60 people”, “1 contract, 45 fundings and 1 split”."""
    if each.kind != APPLY:
        if each.kind == PEOPLE:
            return how_many(each.rows, "person", "people")
        return how_many(each.rows, "visit") if each.rows or not each.conflicts else f"{how_many(each.conflicts, 'visit')} in conflict"
    counted = [how_many(count, *SECTIONS[name]) for name, count in each.sections]
    return " and ".join(filter(None, (", ".join(counted[:-1]), *counted[-1:])))


def status(each: ImportTold) -> Markup:
    """What became of an import."""
    if each.kind == APPLY:
        return tag("Approved") if each.approved_by else tag("Awaiting approval")
    if not each.rows:
        return tag("Listed", "grey")
    return tag("Taken back") if each.is_taken_back else tag("Stands", "blue")


def _row(each: ImportTold) -> Row:
    at = each.prepared_at.astimezone(LONDON)
    file = Markup('<span class="rf-under">{}</span>').format(each.file) if each.file else ""
    conflicts = Markup('<span class="rf-under">{} in conflict</span>').format(each.conflicts) if each.rows and each.conflicts else ""
    approved = f", approved by {each.approved_by}" if each.approved_by else ""
    return [link(Markup('<span class="rf-unseen">Import </span>{}').format(each.id), address("import", **{"import": each.id})),
            Markup("{}{}").format(KIND_WORDS[each.kind], file), Markup("{}{}").format(brought(each), conflicts),
            Markup('<span class="rf-figure">{} at {:%H:%M}</span><span class="rf-under">{}{}</span>').format(
                day_in_figures(at.date()), at, each.prepared_by, approved), status(each)]
