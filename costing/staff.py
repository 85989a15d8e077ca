"""What employing people costs: the weekly thresholds of each worker, leave, and the costs that are a percentage of pay.

National Insurance and pension are no flat percentages: both start above a weekly threshold for each worker, so two workers on
16 hours cost less than one on 32. What the whole team's contracts cost, for each pound of its pay, is what a pound of this pay costs.
"""

from __future__ import annotations

from collections.abc import Mapping

from basics.errors import NotKnown
from costing.figure import Figure, Unit, at_least, at_most, fixed, share, total, where_above
from costing.package import AutoEnrolment, Contract, Holiday, HolidayMethod, NationalInsurance

WEEKS_IN_A_YEAR = 52


def pay_per_week(pay_per_hour: Figure, contract: Contract) -> Figure:
    """What one worker on this contract is paid for a week."""
    return (pay_per_hour * contract.hours_per_week).called(f"Pay for a week {contract.in_words}", Unit.POUNDS_PER_WEEK)


def national_insurance(pay: Figure, terms: NationalInsurance, whose: str = "for one worker") -> Figure:
    """What the employer pays on the week's pay of one worker, in pounds."""
    above = at_least(pay - terms.threshold_per_week, 0).called(f"Pay above the NI threshold {whose}", Unit.POUNDS_PER_WEEK)
    return share(terms.rate, above).called(f"Employer NI {whose}", Unit.POUNDS_PER_WEEK)


def auto_enrolment(pay: Figure, terms: AutoEnrolment, whose: str = "for one worker") -> Figure:
    """The least that the employer pays into one worker's pension for a week's pay, in pounds; nil for a worker who earns no more
    than the trigger. The yearly thresholds are divided by 52."""
    in_band = at_most(pay, terms.upper_per_year / WEEKS_IN_A_YEAR) - terms.lower_per_year / WEEKS_IN_A_YEAR
    banded = at_least(in_band, 0).called(f"Pay inside the pension band {whose}", Unit.POUNDS_PER_WEEK)
    due = where_above(share(terms.rate, banded), pay, terms.trigger_per_year / WEEKS_IN_A_YEAR)
    return due.called(f"Employer pension {whose}", Unit.POUNDS_PER_WEEK)


def on_a_pound_of_pay(
    contracts: Mapping[Contract, Figure], terms: NationalInsurance | AutoEnrolment, label: str,
) -> Figure:
    """What the team costs in National Insurance or pension for each pound of its pay. `contracts` holds the week's pay of each.
    Raises `NotKnown` where nobody has said what hours the team is contracted for."""
    if not contracts:
        raise NotKnown(f"{label} by law depends on contracted hours, and there are no contracts.", "Add contracts to staff.")
    costs, pays = [], []
    for contract, pay in contracts.items():
        costs.append(_on_one_worker(pay, terms, contract.in_words) * contract.workers)
        pays.append(pay * contract.workers)
    return (total(costs) / total(pays)).called(f"{label} on each pound of pay", Unit.POUNDS)


def holiday_pay(earning: Figure, holiday: Holiday) -> Figure:
    """The cost of leave that `earning` brings, by the method that the package names."""
    weeks = fixed(WEEKS_IN_A_YEAR, "Paid weeks", Unit.WEEKS_PER_YEAR)
    if holiday.method is HolidayMethod.OF_WORKED_PAY:
        weeks = (weeks - holiday.weeks_per_year).called("Weeks worked", Unit.WEEKS_PER_YEAR)
    return earning * (holiday.weeks_per_year / weeks)


def _on_one_worker(pay: Figure, terms: NationalInsurance | AutoEnrolment, whose: str) -> Figure:
    return national_insurance(pay, terms, whose) if isinstance(terms, NationalInsurance) else auto_enrolment(pay, terms, whose)
