"""One published figure or pay scale: every value it had, where each is written, and a form for the next."""

from __future__ import annotations

from markupsafe import Markup

from basics.periods import day_in_figures, day_in_words
from costing.parameter import Parameter
from costing.pay_scale import PayScale
from ringfence.actions.parameters import listed, value_in_words
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import back_to, heading, part, words
from ringfence.screens.components.markup import address, tag
from ringfence.screens.components.table import figures, table
from ringfence.screens.components.table import words as column
from ringfence.screens.rates_forms import next_table_form, next_value_form, said_done


def one_figure(parameter: Parameter) -> None:
    """The history of a figure, the newest value first, and the form for the one that follows."""
    back_to(("Rates", address("rates")))
    now = listed(parameter, acting().today).now
    until = day_in_words(parameter.known_until)
    heading(parameter.name, f"{value_in_words(parameter, now.value)} today. Known until {until}." if now
            else f"Not known today. The last value was known until {until}.")
    said_done()
    words(parameter.about)
    words(Markup("Set by {}. A cost file calls it <code>{}</code>.").format(parameter.set_by, parameter.key), quiet=True)
    part("Every value")
    rows = [[day_in_figures(value.starts_on), day_in_figures(last), value_in_words(parameter, value), _written(value.reference, value.from_memory)]
            for value, last in reversed(list(parameter.periods))]
    columns = [column("From"), column("To"), figures("Value"), column("Where it is written")]
    table(f"Values of {parameter.name}", columns, rows)
    next_value_form(parameter)


def one_scale(scale: PayScale) -> None:
    """What each point is paid, and the form for what it will be paid."""
    back_to(("Rates", address("rates")))
    today = acting().today
    heading(scale.name, f"{len(scale.points)} points. Known until {day_in_words(scale.known_until)}.")
    said_done()
    words(scale.about)
    first = next(iter(scale.points))
    words(Markup("Set by {}. In a cost file: <code>pay_per_hour: {{scale: {}, point: {}}}</code>").format(scale.set_by, scale.name, first),
          quiet=True)
    part("Every point")
    rows = []
    for point, parameter in scale.points.items():
        shown = listed(parameter, today)
        at = shown.now or shown.later or shown.before
        rows.append([point, scale.grade_of(point), shown.in_words(at) if at else "", day_in_figures(at.first) if at else "",
                     day_in_figures(parameter.known_until)])
    columns = [column("Point"), column("Grade"), figures("Pay"), column("From"), column("Known until")]
    table(f"Points of {scale.name}", columns, rows)
    next_table_form(scale)


def _written(reference: str, from_memory: bool) -> Markup:
    mark = Markup(" {}").format(tag("From memory", "orange")) + Markup(" Check it before you rely on it.") if from_memory else Markup("")
    return Markup("{}{}").format(reference, mark)
