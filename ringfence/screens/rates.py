"""Rates: every published figure, what counts today and until when, the provider's pay scales, and a way to add to them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby

import streamlit as st
from markupsafe import Markup, escape

from basics.errors import NotKnown, RingfenceError
from basics.periods import day_in_figures
from costing.parameter import Parameter, Parameters
from costing.pay_scale import PayScale
from ringfence.actions.parameters import (
    PARAMETERS_VARIABLE,
    ListedFigure,
    Standing,
    listed_figures,
    listed_scales,
    own_folder,
    published,
    standing_of_scale,
)
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import back_to, heading, part, words
from ringfence.screens.components.markup import NOT_KNOWN, address, how_many, link, tag
from ringfence.screens.components.paged import announce
from ringfence.screens.components.table import Row, table, table_html
from ringfence.screens.components.table import words as column
from ringfence.screens.one_rate import one_figure, one_scale
from ringfence.screens.rates_forms import new_scale_form, said_done

PAGE = "rates"
COLOURS = {Standing.ENDS_SOON: "orange", Standing.NOT_KNOWN: "red"}
FROM_MEMORY = "From memory"
NO_END = date(2099, 12, 31)
"""A figure that is history, and that nobody will change, is known until this day."""


def page() -> None:
    """The list, or the figure or scale that the address names."""
    try:
        shown = _asked(published())
    except NotKnown as error:
        back_to(("Rates", address(PAGE)))
        heading("This is not among the rates", f"{error.problem.what} Choose one on the page above.")
        return
    except RingfenceError as error:
        heading("Rates", "Something has to be put right before rates are shown here.")
        show_problems(error)
        return
    if isinstance(shown, Parameter):
        one_figure(shown)
    elif isinstance(shown, PayScale):
        one_scale(shown)
    else:
        _every(acting().today)


def _asked(known: Parameters) -> Parameter | PayScale | None:
    """What the address names. Raises `NotKnown` where there is no such figure or scale."""
    figure, scale = st.query_params.get("figure"), st.query_params.get("scale")
    if figure is not None:
        return known[figure]
    return None if scale is None else known.scale(scale)


def _every(today: date) -> None:
    figures, scales = listed_figures(today), listed_scales()
    heading("Rates", _left_to_do(figures))
    said_done()
    announce(f"{how_many(len(figures), 'published figure')}, {how_many(len(scales), 'pay scale')} of your own.")
    part("Your pay scales", "A cost file names a point of a scale in the place of pay an hour." if scales else "")
    table("Your pay scales", [column("Scale"), column("Points"), column("Known until"), column("Status")],
          [_scale_row(each, today) for each in scales],
          empty="You have no pay scale here. Add one below to price a package from a grade or point.")
    new_scale_form()
    for set_by, held in groupby(figures, key=lambda each: each.parameter.set_by):
        part(set_by[0].upper() + set_by[1:])
        st.html(Markup('<div class="rf-rates">') + _figures_table(set_by, list(held)) + Markup("</div>"))
    words(Markup("What the accounts cost beyond support itself, divided among services: {}.").format(link("Overheads", address("overheads"))))
    words(Markup("Your own figures and scales are files in the folder {}, which the command reads too; {} names another. "
                 "Everything that Ringfence knew before stays as it was.").format(own_folder(), PARAMETERS_VARIABLE), quiet=True)


def _left_to_do(figures: tuple[ListedFigure, ...]) -> str:
    counts = Counter(each.standing for each in figures)
    said = []
    if counts[Standing.ENDS_SOON]:
        said.append(f"{counts[Standing.ENDS_SOON]} end within six months: add the next value once it is published.")
    if counts[Standing.NOT_KNOWN]:
        said.append(f"{counts[Standing.NOT_KNOWN]} are not known today, and stop a price that needs them.")
    return " ".join(said) or "Every published figure is known for more than six months."


def _figures_table(set_by: str, held: list[ListedFigure]) -> Markup:
    return table_html(f"Set by {set_by}", [column("Figure"), column("Today"), column("Before"), column("Known until"), column("Status")],
                      map(_row, held))


def _row(each: ListedFigure) -> Row:
    until = "No end" if each.parameter.known_until >= NO_END else escape(day_in_figures(each.parameter.known_until))
    return [link(each.parameter.name, address(PAGE, figure=each.parameter.key)), _today(each), _before(each), until, _status(each)]


def _today(each: ListedFigure) -> Markup:
    now = Markup("{}{}").format(each.in_words(each.now), _under(f"since {day_in_figures(each.now.first)}")) if each.now else NOT_KNOWN
    if each.later:
        now += _under(f"then {each.in_words(each.later)} from {day_in_figures(each.later.first)}")
    return now


def _before(each: ListedFigure) -> Markup:
    if each.before is None:
        return Markup("")
    marked = ", from memory" if each.before.from_memory else ""
    return Markup("{}{}").format(each.in_words(each.before), _under(f"until {day_in_figures(each.before.last)}{marked}"))


def _status(each: ListedFigure) -> Markup:
    tags = [tag(each.standing, COLOURS[each.standing])] if each.standing in COLOURS else []
    if each.now and each.now.from_memory:
        tags.append(tag(FROM_MEMORY, "orange"))
    return Markup(" ").join(tags)


def _scale_row(scale: PayScale, today: date) -> Row:
    standing = standing_of_scale(scale, today)
    return [link(scale.name, address(PAGE, scale=scale.name)), str(len(scale.points)), day_in_figures(scale.known_until),
            tag(standing, COLOURS[standing]) if standing in COLOURS else ""]


def _under(text: str) -> Markup:
    return Markup('<span class="rf-under">{}</span>').format(text)
