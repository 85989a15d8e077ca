"""people: being written."""

import streamlit as st

from ringfence.screens.components.frame import heading
from ringfence.screens.components.markup import address, button_link, link, pounds, tag
from ringfence.screens.components.table import figures, table, words


def page() -> None:
    heading("People and funds", "Sixty people", tag("On target"))
    s = st.text_input("Search", key="search", bind="query-params", live=True)
    table("x", [words("A"), figures("B")], [[link("Danny", address("fund", fund="x y")), pounds(1234)], ["Two "+s, pounds(None)]], total=["All", pounds(3)])
    st.html(button_link("Open", "/fund?fund=3", primary=True))
