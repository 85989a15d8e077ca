"""What divided overheads look like: services beside each other, each pool with its driver, how it is made, and what no price earns."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import streamlit as st
from markupsafe import Markup

from basics.money import Money
from basics.rounding import tenth
from costing.explain import explain
from costing.overheads import Divided, DividedPool, ServiceCost
from costing.package import Section
from costing.recovered import Recovered
from ringfence.screens.components.frame import part
from ringfence.screens.components.markup import NOT_KNOWN, pounds, under
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as column

HUNDREDTH = Decimal("0.01")


def show_divided(found: Divided) -> None:
    """Every service, every pool, and each figure opened down to the accounts."""
    part(f"{found.overheads.name}, {found.overheads.period}")
    table("Each service in a year", [column("Pounds a year"), *(figures(each.service.name) for each in found.services), figures("Together")],
          _services(found), note=f"The costs of the list add to £{found.overheads.accounts_total.value:,.2f}, the total of the accounts.")
    part("How each pool is divided", "A pool may give to pools after it: what it received stands beside its own costs.")
    table("Each pool and its parts", [column("Pool"), column("Divided by"), figures("Own costs"), figures("From earlier pools"), figures("Whole"),
                                      column("Parts")], map(_pool, found.pools))
    st.html(Markup('<div class="rf-worked">{}</div>').format(Markup("").join(map(_worked_out, found.services))))


def show_recovered(earned: Sequence[Recovered]) -> None:
    """What prices earn of the overheads of each service that somebody said a price of."""
    lost, beyond = Money.total(each.not_recovered for each in earned), Money.total(each.beyond for each in earned)
    table("What prices earn of overheads in a year",
          [column("Service"), figures("Overheads"), figures("In an hour"), figures("Earned"), figures("Not recovered"), figures("Beyond")],
          [[each.service, *map(pounds, (each.overheads, each.charged_per_hour, each.recovered, each.not_recovered, each.beyond))] for each in earned],
          total=["Together", pounds(Money.total(each.overheads for each in earned)), "", pounds(Money.total(each.recovered for each in earned)),
                 pounds(lost), pounds(beyond)],
          note="Over the hours of support in the file. What one service earns beyond its own does not undo what another does not earn.")


def _services(found: Divided) -> list[Row]:
    services = found.services
    return [
        _money("Direct spend", [each.direct for each in services]),
        *(_money(pool.pool.name, [_of_pool(each, pool) for each in services], of=pool.pool.section.value) for pool in found.pools),
        *(_money(section.value, [each.of(section) for each in services]) for section in (Section.COORDINATION, Section.COMPANY)),
        _money("Full cost", [each.full_cost for each in services]),
        ["Overheads, an hour of support", *(_per_hour(each) for each in services), ""],
        ["Overheads, % of direct spend", *(_percent(each) for each in services), ""]]


def _money(label: str, amounts: Sequence[Money], *, of: str = "") -> Row:
    return [Markup("{}{}").format(label, under(of)) if of else label, *map(pounds, amounts), pounds(Money.total(amounts))]


def _of_pool(service: ServiceCost, pool: DividedPool) -> Money:
    return Money.total(each.money for each in service.parts if each.pool is pool.pool)


def _per_hour(service: ServiceCost) -> Markup:
    if service.per_hour is None:
        return NOT_KNOWN
    return Markup('<span class="rf-figure">£{}</span>').format(f"{service.per_hour.value.quantize(HUNDREDTH, ROUND_HALF_UP):.2f}")


def _percent(service: ServiceCost) -> Markup:
    if service.percent_of_direct is None:
        return NOT_KNOWN
    return Markup('<span class="rf-figure">{}</span>').format(str(tenth(service.percent_of_direct)))


def _pool(found: DividedPool) -> Row:
    parts = Markup("<br>").join(Markup("{} {}").format(each.to, pounds(each.money)) for each in found.parts)
    return [found.pool.name, found.pool.driver.in_words.capitalize() if found.pool.driver else "", pounds(found.own), pounds(found.received),
            pounds(found.whole), parts]


def _worked_out(service: ServiceCost) -> Markup:
    """The same steps as `ringfence overheads --explain`, for one service."""
    told = [each.figure for each in service.parts] + ([service.per_hour] if service.per_hour is not None else [])
    steps = Markup("").join(Markup("<li>{}</li>").format(str(step)) for step in explain(*told))
    return Markup("<details><summary>How was this worked out? <b>{}</b></summary><ol>{}</ol></details>").format(service.service.name, steps)
