"""The terms of one fund: what each funder’s say and where that is written, what nobody knows, how the budget is held and who decides."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st
from markupsafe import Markup

from basics.periods import day_in_words
from isf.fund_terms import IN_WORDS, in_words
from ringfence.actions.acting import Acting
from ringfence.actions.fund_terms_known import KnownTerms, held_and_decided, terms_of_fund
from ringfence.screens.components.desk import kept
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.table import table
from ringfence.screens.components.table import words as text


def terms(caller: Acting, fund: str) -> None:
    """Draw the part of a fund’s page that is about its terms."""
    found, others = _read(caller, fund)
    part("Terms", Markup("").join(Markup("{} ").format(each) for each in others))
    for known in found:
        _one(known)
    if not found:
        st.html('<p class="rf-empty">No terms are recorded for this fund, so nobody can say what may stay in it, or when the support is '
                'reviewed. They come in with an <a href="/import">apply file</a>.</p>')


@kept(64)
def _read(caller: Acting, fund: str) -> tuple[list[KnownTerms], tuple[str, ...]]:
    return terms_of_fund(caller, fund), held_and_decided(caller, fund)


def _one(known: KnownTerms) -> None:
    until = f" until {day_in_words(known.until)}" if known.until else ""
    name = f"Terms of {known.payer}, from {day_in_words(known.from_on)}{until}"
    with st.expander(name):
        table(name, [text("Term"), text("What is agreed"), text("Where it is written")], _rows(known), empty="Nothing of these terms is known.")
        if known.terms.unknown:
            words(f"Not known: {'; '.join(IN_WORDS[each] for each in known.terms.unknown)}.", quiet=True)


def _rows(known: KnownTerms) -> Iterator[list[str]]:
    for name, value in known.terms.known.items():
        yield [name.replace("_", " ").capitalize(), in_words(value), known.terms.sources.get(name, "")]
