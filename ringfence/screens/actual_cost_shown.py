"""What an actual cost looks like: services beside their prices, how each difference is made, people, and pay that nobody explains."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.money import Money
from basics.periods import minutes_in_words
from costing.laid_pay import Cost, ServiceCost, Unexplained
from costing.paid_time import Gap
from costing.variances import VARIANCES
from ringfence.actions.actual_cost import ActualBeside, staffing_in_words, steps_in_words, who_carries_whom
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.markup import hours, how_many, pounds, under
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import Row, figures, table, table_html
from ringfence.screens.components.table import words as column


def show(beside: ActualBeside) -> None:
    """Everything that came of the files, the answer first."""
    found = beside.found
    part(f"{beside.name}, {beside.period}")
    words(Markup("<br>").join(who_carries_whom(found)))
    _services(found.services)
    st.html(Markup('<div class="rf-worked">{}</div>').format(Markup("").join(map(_worked_out, found.services))))
    _unexplained(beside)
    _gaps(found.gaps)
    _people(found.services)
    for notice in beside.notices:
        words(notice, quiet=True)


def _services(services: Sequence[ServiceCost]) -> None:
    """A variance that no service has is left out: most providers have no sleep-ins, or no agency."""
    named = [name for name in VARIANCES if any(each.cost.explained.variance(name) for each in services)]
    columns = [column("Service"), figures("Priced an hour"), figures("Cost an hour"), figures("Difference"), *map(figures, named)]
    table("Each service beside its price", columns, [_service(each, named) for each in services],
          note="Above nil, a service cost more than it was priced to. The difference is for all the hours that it delivered; the columns "
               "after it say why, and add to it. There is no total: what one service cost less does not undo what another cost more.")


def _service(each: ServiceCost, named: Sequence[str]) -> Row:
    cost = each.cost
    return [Markup("{}{}").format(each.service.name, under(f"{minutes_in_words(cost.minutes)} delivered")), pounds(each.service.priced.per_hour),
            pounds(cost.staffing.per_hour), pounds(cost.explained.difference), *(pounds(cost.explained.variance(name)) for name in named)]


def _worked_out(each: ServiceCost) -> Markup:
    told = Markup("").join(Markup("<p>{}</p>").format(sentence) for sentence in staffing_in_words(each))
    steps = table_html(f"From the priced cost of {each.service.name} to the actual one", [column("Step"), figures("Cost"), figures("Variance")],
                       [[step, pounds(cost), "" if variance is None else pounds(variance)] for step, cost, variance in steps_in_words(each)])
    return Markup("<details><summary>How was this worked out? <b>{}</b></summary>{}{}</details>").format(each.service.name, told, steps)


def _unexplained(beside: ActualBeside) -> None:
    found, listed = beside.found, beside.found.unexplained
    part("Paid time that no person explains", "Of workers whom the rota does not have. Ask what they did; then give it a kind, or complete the rota.")
    columns = [column("Worker"), column("Paid for"), figures("Hours"), figures("Cost"), column("In the cost of")]
    whole = ["All that no person explains", "", hours(sum(each.minutes for each in listed)), pounds(sum(each.pence for each in listed)), ""]
    paged(listed, "unexplained", lambda shown: table(
        "Paid time that no person explains", columns, map(_of_worker, shown), total=whole if listed else None,
        empty="All the paid time is of workers who supported somebody."))
    words(f"The cost of the people and this list add to {found.payroll}, the whole payroll. {found.in_no_service} of it is in no service.")


def _of_worker(each: Unexplained) -> Row:
    return [each.worker, each.kind.capitalize(), hours(each.minutes), pounds(each.pence), each.service or "No service"]


def _gaps(gaps: Sequence[Gap]) -> None:
    if not gaps:
        return
    part("Worked time on no visit", "What workers were paid to work beside what the rota has. It is in the cost of those whom they supported. "
                                    "Below nil, more was delivered than was paid as worked.")
    columns = [column("Worker"), figures("Paid to work"), figures("In the rota"), figures("On no visit"), figures("Cost")]
    paged(gaps, "gaps", lambda shown: table("Worked time on no visit", columns, [
        [each.worker, hours(each.paid_minutes), hours(each.rota_minutes), hours(each.minutes), pounds(each.money)] for each in shown]))


def _people(services: Sequence[ServiceCost]) -> None:
    part("By person", "People stand here by reference only. This is no bill: what somebody pays follows their plan.")
    name = st.selectbox("Service", [each.service.name for each in services], key="actual-service") if len(services) > 1 else services[0].service.name
    chosen = next(each for each in services if each.service.name == name)
    columns = [column("Person"), figures("Delivered"), figures("Cost an hour"), figures("As priced"), figures("Cost"), figures("Difference")]
    in_nobodys = chosen.cost.actual - Money.total(each.actual for each in chosen.people)
    note = f"{how_many(len(chosen.people), 'person', 'people')}, at {chosen.service.priced.per_hour} an hour as priced."
    if in_nobodys:
        note += f" {in_nobodys} of the service’s cost is nobody’s: it stands in the list above."
    paged(chosen.people, "people", lambda shown: table(f"People of {name}", columns, map(_person, shown), note=note))


def _person(cost: Cost) -> Row:
    explained = cost.explained
    return [cost.name, hours(cost.minutes), pounds(cost.staffing.per_hour), pounds(explained.priced), pounds(explained.actual),
            pounds(explained.difference)]
