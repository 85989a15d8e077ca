"""What employing people costs: the weekly thresholds of each worker, leave, and the costs that are a percentage of pay.

National Insurance and pension are no flat percentages: both start above a weekly threshold for each worker, so two workers on
16 hours cost less than one on 32. What the whole team's contracts cost, for each pound of its pay, is what a pound of this pay costs.
"""

from __future__ import annotations

from costing.figure import Figure, Unit, at_least, at_most, fixed, share, total, where_above
from costing.package import AutoEnrolment, Contract, Holiday, HolidayMethod, NationalInsurance

WEEKS_IN_A_YEAR = 52


def national_insurance(pay_per_week: Figure, terms: NationalInsurance) -> Figure:
    """What the employer pays on one worker's week, in pounds."""
    above = at_least(pay_per_week - terms.threshold_per_week, 0).called("Pay above the NI threshold", Unit.POUNDS_PER_WEEK)
    return share(terms.rate, above).called("Employer NI for one worker", Unit.POUNDS_PER_WEEK)


def auto_enrolment(pay_per_week: Figure, terms: AutoEnrolment) -> Figure:
    """The least that the employer pays into one worker's pension for a week, in pounds; nil for a worker who earns no more than the
    trigger. The yearly thresholds are divided by 52."""
    in_band = at_most(pay_per_week, terms.upper_per_year / WEEKS_IN_A_YEAR) - terms.lower_per_year / WEEKS_IN_A_YEAR
    banded = at_least(in_band, 0).called("Pay inside the pension band", Unit.POUNDS_PER_WEEK)
    due = where_above(share(terms.rate, banded), pay_per_week, terms.trigger_per_year / WEEKS_IN_A_YEAR)
    return due.called("Employer pension for one worker", Unit.POUNDS_PER_WEEK)


def on_a_pound_of_pay(
    pay_per_hour: Figure, contracts: tuple[Contract, ...], terms: NationalInsurance | AutoEnrolment, label: str,
) -> Figure:
    """What the team's contracts cost in National Insurance or pension for each pound of its pay."""
    costs, pays = [], []
    for contract in contracts:
        pay = _pay_per_week(pay_per_hour, contract)
        cost = national_insurance(pay, terms) if isinstance(terms, NationalInsurance) else auto_enrolment(pay, terms)
        costs.append(cost * contract.workers)
        pays.append(pay * contract.workers)
    return (total(costs) / total(pays)).called(f"{label} on each pound of pay", Unit.POUNDS)


def holiday_pay(earning: Figure, holiday: Holiday) -> Figure:
    """The cost of leave that `earning` brings, by the method that the package names."""
    weeks = fixed(WEEKS_IN_A_YEAR, "Paid weeks", Unit.WEEKS_PER_YEAR)
    if holiday.method is HolidayMethod.OF_WORKED_PAY:
        weeks = (weeks - holiday.weeks_per_year).called("Weeks worked", Unit.WEEKS_PER_YEAR)
    return earning * (holiday.weeks_per_year / weeks)


def _pay_per_week(pay_per_hour: Figure, contract: Contract) -> Figure:
    hours = f"{contract.hours_per_week.value.normalize():f}"
    return (pay_per_hour * contract.hours_per_week).called(f"Pay for a contract of {hours} hours", Unit.POUNDS_PER_WEEK)
