"""What depends on the pay bill of the whole organisation: the apprenticeship levy, and the Employment Allowance off National Insurance."""

from __future__ import annotations

from costing.figure import Figure, Unit, at_least, share
from costing.terms import Organisation

LEVY = "Apprenticeship levy on pay"


def levy(organisation: Organisation, all_pay: Figure) -> list[Figure]:
    """The levy on this pay, in pounds a week: what it is on each pound of the pay bill. None where it is not asked for."""
    if organisation.levy is None:
        return []
    bill = organisation.pay_bill_per_year
    due = at_least(share(organisation.levy.rate, bill) - organisation.levy.allowance_per_year, 0)
    year = due.called("Apprenticeship levy of the organisation", Unit.POUNDS_PER_YEAR)
    return [((year / bill).called("Apprenticeship levy on each pound of pay", Unit.POUNDS) * all_pay).called(LEVY, Unit.POUNDS_PER_WEEK)]


def less_allowance(insurance: Figure, organisation: Organisation, all_pay: Figure) -> Figure:
    """National Insurance less the part of the Employment Allowance that falls to this pay; never below nil."""
    if organisation.employment_allowance is None:
        return insurance
    each = (organisation.employment_allowance / organisation.pay_bill_per_year).called("Employment Allowance on each pound of pay", Unit.POUNDS)
    due = insurance.called(f"{insurance.label}, before the Employment Allowance", insurance.unit)
    return at_least(due - each * all_pay, 0).called(insurance.label, insurance.unit)
