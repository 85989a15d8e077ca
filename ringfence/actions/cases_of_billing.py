"""Our figures for the cases of what funders are asked for: support rated as a month end rates it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from basics.money import Money
from basics.people import FunderKind
from basics.periods import Month, Period
from invoicing.delivery import BY_DELIVERY, GIVEN, Agreements, Delivery, Funding, PlannedSupport, Rate, Terms, WeeklyPart
from invoicing.rating import rate
from invoicing.terms import BY_VISIT, ON_THE_TOTAL
from isf.weekly import PeriodRounding, WeeklyBasis
from ringfence.actions.weekly_left import sum_of
from ringfence.importing.cases_file import CaseFile

FUND, PERSON, TERMS = "fund", "person", "terms"


def contribution(case: CaseFile) -> dict[str, Decimal]:
    """A month that a council, the NHS and the person pay for together; and the same month once one of its visits is taken back."""
    given, month = case.inputs, Month.of(case.inputs["month_from"])
    agreed = _agreed(month.period, given["percent"], given["contribution_weekly"])
    alone = replace(agreed, fundings=tuple(each for each in agreed.fundings if not each.weekly))
    credited = given["credit"]
    visits = [("rest of the month", given["charge"] - credited), ("credited", credited)]
    gross, whole, after = (_asked(month, by, of) for by, of in ((alone, visits), (agreed, visits), (agreed, visits[:1])))
    found = {"ICB": whole["ICB"], "Council, gross": gross["Council"], "Contribution": whole["Person"], "Council, net": whole["Council"],
             "All": sum(whole.values()), "Credit: ICB": whole["ICB"] - after["ICB"], "Credit: Council": whole["Council"] - after["Council"],
             "Contribution, after the credit": after["Person"]}
    return {name: Money(pence).pounds for name, pence in found.items()}


def _agreed(period: Period, percent: dict[str, Decimal], weekly: Decimal) -> Agreements:
    """Shares on the month's total; the person's sum a week counts by days, and bears on the council's part."""
    kinds = {"ICB": FunderKind.ICB, "Council": FunderKind.COUNCIL}
    shares = tuple(Funding(FUND, payer, BY_DELIVERY, Decimal(part), TERMS, "", period, kind=kinds[payer]) for payer, part in percent.items())
    own = WeeklyPart(weekly, WeeklyBasis.DAILY, PeriodRounding.ALONE, "Council")
    person = Funding(FUND, "Person", BY_DELIVERY, Decimal(0), TERMS, "", period, own, FunderKind.PERSON)
    return Agreements((PlannedSupport(1, PERSON, FUND, "support", "Support", None, "", period),), (*shares, person), (),
                      (Terms(TERMS, period.first, funder_share=ON_THE_TOTAL, line=BY_VISIT),), ())


def _asked(month: Month, agreed: Agreements, visits: Sequence[tuple[str, Decimal]]) -> Counter[str]:
    """What each payer is asked for, in pence: each visit is of a kind of its own, counted once at what it cost."""
    line, = agreed.plan
    by = replace(agreed, plan=tuple(replace(line, id=n, support_type=name, rate_code=name) for n, (name, _) in enumerate(visits, start=1)),
                 rates=tuple(Rate(name, "item", pounds, month.period) for name, pounds in visits))
    rated = rate((_given(n, name, month.first) for n, (name, _) in enumerate(visits, start=1)), by, through=month.last, left=sum_of)
    found = Counter[str]()
    for charge in rated.charges:
        found[str(charge.funder)] += charge.pence
    return found


def _given(n: int, name: str, on: date) -> Delivery:
    return Delivery(n, f"V{n}|C|{PERSON}", f"V{n}", "C", PERSON, name, GIVEN, on, None, None, 0, 0, 1, "")
