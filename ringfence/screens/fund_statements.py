"""The statements of one fund: in which form they come and when that was last asked, each month’s, and which were published."""

from __future__ import annotations

from collections import defaultdict

import streamlit as st
from markupsafe import Markup

from basics.periods import day_in_figures, day_in_words, day_of
from isf.statement_forms import Form
from ringfence.actions.acting import Acting
from ringfence.actions.one_fund import Fund
from ringfence.actions.published import Publication, versions_of_fund
from ringfence.actions.statement_forms import KnownForm, form_of_person
from ringfence.screens.components.desk import kept
from ringfence.screens.components.frame import part
from ringfence.screens.components.frame import words as sentence
from ringfence.screens.components.markup import tag, under
from ringfence.screens.components.table import table
from ringfence.screens.components.table import words as text
from ringfence.screens.statements import ways


def statements(caller: Acting, fund: Fund) -> None:
    """Draw the part of a fund’s page that is about its statements."""
    known, versions = _read(caller, fund.person, fund.key)
    part("Statements of this fund")
    _form(caller, known)
    table("Statements of this fund", [text("Month"), text("Open"), text("Published"), text("Seal")], [
        [issued.month.in_words, ways(issued.document_id, known.form if known else Form.STANDARD, fund.known_as),
         _published(versions.get(issued.document_id, ())), issued.seal] for issued in fund.statements],
        empty="No statement has been issued yet. Statements come with month end.",
        note="The seal ties a statement to the books that it was made from." if fund.statements else "")


@kept(64)
def _read(caller: Acting, person: str, fund: str) -> tuple[KnownForm | None, dict[int, tuple[Publication, ...]]]:
    versions = defaultdict[int, list[Publication]](list)
    for each in versions_of_fund(caller, fund):
        versions[each.document_id].append(each)
    return form_of_person(caller, person), {key: tuple(found) for key, found in versions.items()}


def _form(caller: Acting, known: KnownForm | None) -> None:
    if known is None:
        sentence("Nobody has recorded in which form they are needed, so they are standard: letters of 15 points. Ask, and record the answer "
                 "under “statement_forms”.")
        return
    needs = f" {known.needs}." if known.needs else ""
    sentence(f"They come in {known.form.value}.{needs} Recorded on {day_in_words(known.recorded_on)}, last asked about on "
             f"{day_in_words(known.reviewed_on)}; ask again by {day_in_words(known.review_by)}.")
    if known.review_by <= caller.today:
        st.html(Markup('<p class="rf-note">A year has gone by since anybody asked whether that is still right.</p>'))


def _published(versions: tuple[Publication, ...]) -> Markup:
    """Every version that was published, the latest first."""
    if not versions:
        return tag("Not published", "grey")
    return Markup("").join(
        (tag("Replaced", "grey") if each.is_replaced else tag("Published", "green"))
        + under(f"Version {each.version}, {each.form.value}, {day_in_figures(day_of(each.at))}, {each.by}") for each in reversed(versions))
