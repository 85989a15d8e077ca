"""“What is this?”: what words mean, opened where they stand, without leaving the page."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from ringfence.actions.glossary import WORDS
from ringfence.screens.components.markup import address, link


def what_is(*words: str) -> None:
    """Draw a line that opens to the meaning of these words, each with the page that tells more."""
    st.html(what_is_html(*words))


def meaning(word: str) -> str:
    """What a word means, for the “?” beside a box: its `help`."""
    return WORDS[word].means


def what_is_html(*words: str) -> Markup:
    """The same as HTML."""
    said = Markup("").join(Markup("<dt>{}</dt><dd>{} {}</dd>").format(
        each[:1].upper() + each[1:], WORDS[each].means, link(f"More about {each}", address("help", about=WORDS[each].page))) for each in words)
    return Markup('<details class="rf-what"><summary>What is this? <span class="rf-what-words">{}</span></summary><dl>{}</dl></details>').format(
        ", ".join(words), said)
