"""What a price can be taken away as: the cost file, workbooks, and a page for the person whose support it is."""

from __future__ import annotations

from functools import partial

import streamlit as st

from basics.errors import RingfenceError
from basics.vocabulary import listed, say
from costing.cost_of_care import cost_of_care
from costing.price import Price, money
from ringfence.actions.cost_files import template_of
from ringfence.actions.costing import workbook_of
from ringfence.actions.desk import provider_here
from ringfence.actions.paid_for import PageForm, page_for_person, what_is_paid_for
from ringfence.documents.words import share_percent
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import words
from ringfence.screens.components.markup import pounds
from ringfence.screens.components.table import figures, table
from ringfence.screens.components.table import words as in_words
from ringfence.screens.cost_pricing import Outcome

FILE_NAME = "package.cost.yaml"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {PageForm.PDF: "application/pdf", PageForm.HTML: "text/html"}


def downloads(found: Outcome) -> None:
    """The cost file first; the rest is made when it is asked for."""
    if found.price is None:
        words("The cost file can be downloaded once the form gives a price.", quiet=True)
        return
    st.download_button("Download the cost file", found.file, FILE_NAME, "application/yaml", type="primary", on_click="ignore")
    words(f"“ringfence cost {FILE_NAME}” gives the same price.", quiet=True)
    with st.popover("Take it away as a workbook"):
        st.download_button("Download the price with its formulas", partial(workbook_of, found.price), "price.xlsx", WORKBOOK, on_click="ignore")
        words("Every figure is worked out by formulas that can be followed and changed. One of its sheets has the lines in the order of a "
              "cost-of-care return.", quiet=True)
        st.download_button("Download the form as a workbook", partial(template_of, found.file, FILE_NAME), "package.cost.xlsx", WORKBOOK,
                           on_click="ignore")
        words("The boxes of this page as cells. Fill them in, and open the workbook here again.", quiet=True)


def for_the_person(price: Price) -> None:
    """What the person pays for, as they read it, and the page to give to them."""
    words("A page for the person whose support it is, without jargon. Nothing of it is stored.")
    record = what_is_paid_for(price)
    rows = [[listed(f"paid.{part.purpose}")[0], pounds(part.per_week), share_percent(part.percent)] for part in record.parts]
    rows += [[say("paid.rounding"), pounds(record.rounding), say("paid.share.none")]] if record.rounding else []
    first, *rest = listed("paid.columns")
    table(say("paid.title"), [in_words(first), *map(figures, rest)], rows,
          total=(say("paid.total"), pounds(record.per_week), say("paid.share.all")))
    ask = st.text_input("Whom can they ask about it?", key="cost-ask", max_chars=100, autocomplete="off",
                        placeholder="Asha Patel, 01632 960 101")
    try:
        pages = {form: page_for_person(price, form, ask=ask, provider=provider_here()[0]) for form in KINDS}
    except RingfenceError as error:
        show_problems(error)
        return
    with st.container(horizontal=True):
        for form, page in pages.items():
            st.download_button(f"Download the page as {form.name}", page, f"what-you-pay-for{form}", KINDS[form], on_click="ignore")


def as_a_return(price: Price) -> None:
    """The lines in the order of a cost-of-care return; rows in which nothing stands are nil."""
    rows = [[row.row, row.group.value, pounds(row.shown)] for row in cost_of_care(price)]
    rows += [["Rounding", "", pounds(price.rounding)]] if price.rounding else []
    table("In the order of a cost-of-care return", [in_words("Row of the return"), in_words("Part"), figures(f"£ per {price.quoted_per}")], rows,
          total=("Price: the sum of all rows", "", pounds(money(price.quoted))))
