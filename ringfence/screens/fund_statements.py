"""The statements of one fund: in which form they come and when that was last asked, each month’s, and which were published."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.periods import day_in_figures, day_in_words, day_of
from isf.statement_forms import Form
from ringfence.actions.acting import Acting
from ringfence.actions.one_fund import Fund
from ringfence.actions.published import Publication, versions_of_fund
from ringfence.actions.recording import record_content
from ringfence.actions.statement_forms import KnownForm, form_of_person
from ringfence.screens.components.desk import kept
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import part, tell_done
from ringfence.screens.components.frame import words as sentence
from ringfence.screens.components.markup import tag, under
from ringfence.screens.components.offered import is_offered
from ringfence.screens.components.table import table
from ringfence.screens.components.table import words as text
from ringfence.screens.statements import ways

DONE = "form-recorded"


def statements(caller: Acting, fund: Fund) -> None:
    """Draw the part of a fund’s page that is about its statements."""
    known, versions = _read(caller, fund.person, fund.key)
    part("Statements of this fund")
    tell_done(DONE)
    _form(caller, known)
    _asked(caller, fund, known)
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
        sentence("Nobody has recorded in which form they are needed, so they are standard: letters of 15 points. Ask, and record the answer.")
        return
    needs = f" {known.needs}." if known.needs else ""
    sentence(f"They come in {known.form.value}.{needs} Recorded on {day_in_words(known.recorded_on)}, last asked about on "
             f"{day_in_words(known.reviewed_on)}; ask again by {day_in_words(known.review_by)}.")
    if known.review_by <= caller.today:
        st.html(Markup('<p class="rf-note">A year has gone by since anybody asked whether that is still right.</p>'))


def _asked(caller: Acting, fund: Fund, known: KnownForm | None) -> None:
    """What somebody was told when they asked; it counts at once, with the user’s name. The same again says that it is still right."""
    with st.expander("Record in which form they are needed"):
        if not is_offered("Record in which form they are needed"):
            return
        stands = list(Form).index(known.form) if known else 0
        with st.form("form-of-statements", border=False):
            form = st.selectbox("Form of the statements", list(Form), stands, format_func=lambda each: each.value.capitalize(),
                                key=f"form-{fund.person}")
            needs = st.text_input("What they need, in words", known.needs if known else "", key=f"form-needs-{fund.person}", autocomplete="off",
                                  placeholder="Letters of 18 points")
            on = st.date_input("Asked on", caller.today, max_value=caller.today, format="DD/MM/YYYY", key=f"form-on-{fund.person}")
            if st.form_submit_button("Record the form", type="primary"):
                _record(caller, fund, _said(fund, known, form or Form.STANDARD, needs.strip(), on if isinstance(on, date) else caller.today))


def _said(fund: Fund, known: KnownForm | None, form: Form, needs: str, on: date) -> dict[str, object]:
    """The answer as a file would hold it; where it is what was recorded, that was looked at and stays."""
    stays = known is not None and (known.form, known.needs) == (form, needs)
    days = {"on": known.recorded_on, "reviewed_on": on} if known and stays else {"on": on}
    return {"person": fund.person, "form": form.value, **days, **({"needs": needs} if needs else {})}


def _record(caller: Acting, fund: Fund, item: dict[str, object]) -> None:
    try:
        record_content(caller, {"statement_forms": [item]}, "the form of the statements")
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = f"Recorded: statements of {fund.known_as} come in {item['form']}."
    st.rerun()


def _published(versions: tuple[Publication, ...]) -> Markup:
    """Every version that was published, the latest first."""
    if not versions:
        return tag("Not published", "grey")
    return Markup("").join(
        (tag("Replaced", "grey") if each.is_replaced else tag("Published", "green"))
        + under(f"Version {each.version}, {each.form.value}, {day_in_figures(day_of(each.at))}, {each.by}") for each in reversed(versions))
