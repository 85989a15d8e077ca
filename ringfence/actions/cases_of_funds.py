"""Our figures for the cases of keeping a fund: what may stay in it, and what is above that."""

from __future__ import annotations

from decimal import Decimal

from basics.money import Money
from basics.periods import DAYS_PER_WEEK
from isf.surplus import Held, cap, surplus
from ringfence.importing.cases_file import CaseFile


def of_surplus(case: CaseFile) -> dict[str, Decimal]:
    """A surplus beside its cap, of the net and of the gross budget, and again with an earmark."""
    given = {name: Money.parse(str(value)).pence for name, value in case.inputs.items() if not name.startswith("weeks")}
    weeks, gross = case.inputs["weeks_that_may_stay"], given["budget_a_week"]
    net = gross - given["contribution_a_week"]
    caps = {"net": cap(weeks, net, DAYS_PER_WEEK), "gross": cap(weeks, gross, DAYS_PER_WEEK)}
    plain, earmarked = Held(held=given["in_the_fund"]), Held(held=given["in_the_fund"], earmarks=(given["earmark"],))
    found = {"Fund a week": net, "Two weeks in advance": cap(case.inputs["weeks_in_advance"], net, DAYS_PER_WEEK)}
    found |= {f"Cap, {base}": pence for base, pence in caps.items()}
    found |= {f"Above the cap, {base}": surplus(plain) - pence for base, pence in caps.items()}
    found["Above the cap, net, with the earmark"] = surplus(earmarked) - caps["net"]
    return {name: Money(pence).pounds for name, pence in found.items()}
