"""The boxes of a package's form: what stands over each, what may be typed there, and what an empty form starts with.

A box is known by its name, the key of the cost file that it fills in (docs/formats/cost.md); one of a list also has its row,
`co_ordination.3.figure`. What belongs to a row stands behind it: `grades.2/contracts.5.workers` is of the grade in row 2.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Value = str | bool | date | None

OWN = "own"
THE_STAFF = "staff"
_OF_PAY = {"worked_pay": "of pay for work", "all_pay": "of all pay, leave included"}
_ON_COST = {"by_law": "As the law asks", "percent": "A percentage of our own", "none": "None"}
_KINDS = {"hour": "£ an hour", "visit": "£ a visit", "week": "£ a week", "month": "£ a month", "year": "£ a year", "on_cost": "% on cost",
          "of_price": "% of the price"}
PERCENTAGES = ("on_cost", "of_price")


@dataclass(frozen=True)
class Box:
    """What stands over a box; the sign that may be typed with its number; whether it has to be filled in, or what an empty one means."""

    label: str
    mark: str = ""
    needed: bool = True
    start: Value = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    help: str | None = None
    if_empty: str | None = None


@dataclass(frozen=True)
class Rows:
    """A list of the form: what a row of it is called, what asks for one more, and the first box of a row."""

    title: str
    row: str
    add: str
    first: str = "line"


LISTS = {
    "parts": Rows("The parts of the support", "part", "Add a part"),
    "grades": Rows("Other grades of staff", "grade", "Add a grade", "grade"),
    "contracts": Rows("The team’s contracts", "contract", "Add a contract", "hours_per_week"),
    "paid_time": Rows("Paid time that is not support", "line", "Add paid time"),
    "unsocial_hours": Rows("Additions to pay for unsocial hours", "line", "Add an addition to pay"),
    "other": Rows("Other costs of employment", "line", "Add a cost of employment"),
    "other_direct": Rows("What else is bought for the person", "line", "Add something that is bought"),
    "co_ordination": Rows("Service co-ordination", "line", "Add a line of co-ordination"),
    "company_costs": Rows("Company costs", "line", "Add a company cost"),
    "funders": Rows("Who pays", "funder", "Add a funder", "funder"),
    "days": Rows("The same package from another day", "day", "Price it from another day too", "day"),
}

BOXES = {
    "name": Box("What the package is called", help="Such as “Outreach, 20 hours a week”. Leave the person’s name out: a cost file may be passed on."),
    "on": Box("The day whose rates count", start=None, help="Wages change on 1 April, tax on 6 April. A price is at the rates of one day."),
    "until": Box("Until, for a longer time", needed=False, start=None, if_empty="One day",
                 help="Empty: the rates of that one day. With a last day there is one price for all the days, each at its own rates."),
    "pay_periods": Box("When the staff are paid"),
    "support": Box("A week of support is", start="hours", choices={"hours": "so many hours", "parts": "made of parts"}),
    "support.hours_per_week": Box("Hours of support a week"),
    "support.visits_per_week": Box("Visits a week", needed=False, help="Needed where travel or a cost is given for each visit."),
    "support.weeks_per_year": Box("Weeks a year", needed=False,
                                  help="52, or 365/7 for every day of a year. Empty: there is no price for a year."),
    "support.empty_percent": Box("Places stand empty, % of the time", "%", needed=False, if_empty="Never",
                                 help="Who lives in a shared home carries what its empty places leave unpaid, as a line of its own."),
    "parts.kind": Box("Kind"),
    "parts.line": Box("What it is called"),
    "parts.grade": Box("Given by", start=THE_STAFF),
    "parts.hours_per_week": Box("Hours a week"),
    "parts.minutes": Box("Minutes of one"),
    "parts.per_week": Box("How many a week"),
    "parts.nights_per_week": Box("Nights a week"),
    "parts.hours_per_night": Box("Hours of a night"),
    "parts.flat_per_night": Box("Flat pay a night, £", "£"),
    "parts.paid_hours_per_night": Box("Hours always paid", if_empty="None"),
    "parts.disturbed_hours_per_night": Box("More hours awake", if_empty="None",
                                           help="Hours awake and working that are expected beyond those that are always paid."),
    "parts.times_per_week": Box("Times a week"),
    "parts.flat_per_time": Box("Flat pay a time, £", "£"),
    "parts.worked_hours_per_time": Box("Hours worked in one", if_empty="None", help="Hours that are expected to be worked in one, at the full rate."),
    "parts.staff_at_once": Box("Staff at once", if_empty="One", help="2 is two at once (2:1): both are paid, and their hours count twice."),
    "parts.places": Box("Shared by places", if_empty="Not shared",
                        help="All places in the agreed split, empty or away included, so that nobody’s share rises when a neighbour is away."),
    "parts.people": Box("People planned", help="How many are planned to be there: they share the cost."),
    "sleep_ins": Box("Staff sleep in", start=False),
    "sleep_ins.nights_per_week": Box("Nights a week"),
    "sleep_ins.flat_per_night": Box("Flat pay a night, £", "£"),
    "sleep_ins.paid_hours_per_night": Box("Hours always paid in full", needed=False),
    "sleep_ins.disturbed_hours_per_night": Box("More hours awake, expected", needed=False,
                                               help="Hours awake and working that are expected beyond those that are always paid."),
    "other_direct.line": Box("What it is"),
    "other_direct.amount": Box("Amount, £", "£"),
    "other_direct.per": Box("For each", start="week", choices={each: each for each in ("hour", "visit", "week", "month", "year", "once")}),
    "other_direct.over_weeks": Box("Recovered over how many weeks"),
    "other_direct.times": Box("How many", needed=False, if_empty="One", help="Five meals a week are 5, with the amount of one meal."),
    "other_direct.sharing": Box("Shared by", start="nobody", choices={"nobody": "nobody", "people": "people", "places": "places of a home"},
                                help="People such as a household; or all places of the home, which may stand empty."),
    "other_direct.sharers": Box("How many share it"),
    "other_direct.charged": Box("It is charged", start=True),
    "grades.grade": Box("What this grade is called"),
    "funders.funder": Box("Who pays"),
    "funders.kind": Box("Pays", start="percent", choices={"percent": "% of the price", "pounds_per_week": "£ a week", "rest": "the rest"}),
    "funders.figure": Box("Figure", "£%"),
    "funders.takes_contingency": Box("Takes contingency", start=True),
    "organisation.pay_bill_per_year": Box("Pay bill of the whole organisation a year, £", "£", needed=False, if_empty="Not counted"),
    "organisation.apprenticeship_levy": Box("Apprenticeship levy", start="none", choices={"none": "None", "by_law": "As the law asks"}),
    "organisation.employment_allowance": Box("Employment Allowance", start="unsaid", choices={
        "unsaid": "Not said", "yes": "Claimed", "no": "Not claimed"}),
    "organisation.reason": Box("Why it is claimed, or not", help="Such as “Over half of our work is for a public body, so we may not claim it”."),
    "cap.percent": Box("The lines come to at most, %", "%", needed=False, if_empty="No cap"),
    "cap.basis": Box("Per cent", start="of_price", choices={"of_price": "of the price", "on_cost": "of direct support"}),
    "cap.lines": Box("The lines under the cap", needed=False, if_empty="No cap",
                     help="As they are called in the price, with semicolons between them."),
    "cap": Box("A cap on some lines"),
    "vat": Box("VAT on the amount"),
    "staff.unsocial_hours": Box("Additions to pay for unsocial hours"),
    "unsocial_hours.line": Box("What it is"),
    "unsocial_hours.percent": Box("On top, %", "%"),
    "unsocial_hours.kind": Box("On", start="percent_of_hours", choices={
        "percent_of_hours": "% of the hours", "hours_per_week": "hours a week", "parts": "parts, by name"}),
    "unsocial_hours.figure": Box("Which hours", "%",
                                 help="A percentage of all hours, or hours a week; or names of parts, with semicolons between them."),
    "bank_holidays.days_per_year": Box("Bank holidays a year", needed=False, if_empty="None",
                                       help="Those on which pay is above plain pay. Support is taken to be spread evenly over the year."),
    "bank_holidays.pay_multiple": Box("Paid at times plain pay", needed=False, help="2 is double pay."),
    "agency.percent_of_hours": Box("An agency gives, % of the hours", "%", needed=False, if_empty="None"),
    "agency.rate_per_hour": Box("At, £ an hour", "£", needed=False),
    "vacancies.percent_of_hours": Box("Empty posts, % of the hours", "%", needed=False, if_empty="None"),
    "vacancies.kind": Box("Empty posts are covered", start="agency_rate_per_hour", choices={
        "agency_rate_per_hour": "by an agency, at £ an hour", "overtime_multiple": "as overtime, at times plain pay"}),
    "vacancies.figure": Box("At £ an hour, or times plain pay", "£", needed=False),
    "sickness.days_per_year": Box("Days sick a year, of each worker", needed=False, if_empty="None"),
    "sickness.days_per_week": Box("Working days a week", needed=False),
    "sickness.spells_per_year": Box("Spells of sickness a year", needed=False,
                                    help="Needed on days before April 2026, when the first days went unpaid."),
    "sickness.pay": Box("Sick days are paid", start="by_law", choices={"by_law": "As the law asks", "full": "In full"}),
    "staff": Box("Staff are paid for this support", start=True),
    "staff.pay": Box("Pay an hour is", start="national_living_wage"),
    "staff.pay_per_hour": Box("Pay an hour, £", "£"),
    "staff.addition_per_hour": Box("On top of that, £ an hour", "£", needed=False),
    "contracts.hours_per_week": Box("Hours a week"),
    "contracts.workers": Box("Workers", help="A part counts: 0.5 is half of a worker."),
    "travel": Box("Travel is paid", start="none", choices={"none": "No", "visit": "For each visit", "hour": "For each hour of support"}),
    "travel.minutes": Box("Paid minutes for each", needed=False),
    "travel.miles": Box("Paid miles for each", needed=False),
    "travel.mileage": Box("Pay a mile is", start=OWN),
    "travel.pay_per_mile": Box("Pay a mile, £", "£", needed=False),
    "paid_time.line": Box("What it is"),
    "paid_time.figure": Box("Figure", "%"),
    "paid_time.kind": Box("Counted as", start="percent", choices={"percent": "% of pay", "hours_per_year": "hours a year"}),
    "paid_time.earns_holiday": Box("Earns holiday", start=True),
    "holiday": Box("Holiday is counted", start="of_worked_pay",
                   choices={"of_worked_pay": "Of pay for work: 5.6 ÷ 46.4", "of_all_paid": "Of all paid weeks: 5.6 ÷ 52", "none": "Not at all"}),
    "holiday.weeks_per_year": Box("Weeks of leave a year", start="5.6"),
    "national_insurance": Box("Employer National Insurance", start="by_law", choices=_ON_COST),
    "national_insurance.percent": Box("National Insurance, %", "%"),
    "national_insurance.of": Box("National Insurance is taken", start="all_pay", choices=_OF_PAY),
    "pension": Box("Employer pension", start="by_law", choices=_ON_COST),
    "pension.percent": Box("Pension, %", "%"),
    "pension.of": Box("Pension is taken", start="all_pay", choices=_OF_PAY),
    "other.line": Box("What it is"),
    "other.percent": Box("Per cent", "%"),
    "other.of": Box("Taken", start="all_pay", choices=_OF_PAY),
    "co_ordination.line": Box("What it is"),
    "co_ordination.figure": Box("Figure", "£%"),
    "co_ordination.kind": Box("Counted as", start="hour", choices=_KINDS),
    "company_costs.line": Box("What it is"),
    "company_costs.figure": Box("Figure", "£%"),
    "company_costs.kind": Box("Counted as", start="on_cost", choices=_KINDS),
    "contingency.kind": Box("Contingency", start="none", choices={"none": "None", **_KINDS}),
    "contingency.figure": Box("Contingency, figure", "£%"),
    "surplus.kind": Box("Surplus", start="none", choices={"none": "None", **_KINDS}),
    "surplus.figure": Box("Surplus, figure", "£%"),
    "quote.per": Box("The price is quoted for", start="hour", choices={"hour": "an hour", "week": "a week"}),
    "quote.step_pence": Box("It is rounded", start="1", choices={
        "1": "to the nearest penny", "4": "up to 4p, so that a quarter of an hour is whole pence", "7": "up to 7p, so that a day of the week is"}),
    "days.day": Box("Another day", start=None),
}


def own_name(name: str) -> str:
    """A name without the row that it belongs to: `contracts.5.workers` of `grades.2/contracts.5.workers`."""
    return name.rpartition("/")[2]


def box_of(name: str) -> Box:
    """The box of a name, whichever row it is of."""
    return BOXES[re.sub(r"\.\d+", "", own_name(name))]


def is_of_a_row(name: str) -> bool:
    """Whether a box is one of a list whose rows are a line each, so that what is wrong stands under the whole of the line."""
    own = own_name(name)
    return own.count(".") == 2 and not own.startswith(("parts.", "grades."))


def in_plain_words(text: str) -> str:
    """A message with the keys of a cost file turned into what stands over their boxes."""
    return re.sub(r"\b(?:[a-z]+\.)?([a-z]+_[a-z_]+)\b(?!\.\w|/)", lambda found: _WORDS.get(found[0]) or _WORDS.get(found[1], found[0]), text)


def _words() -> dict[str, str]:
    """By key of the cost file, whole and, where no other box shares it, without its group; and by choice."""
    keys = {name: name.rpartition(".")[2] for name in BOXES}
    alone = {key for key, times in Counter(keys.values()).items() if times == 1}
    words = {key: BOXES[name].label for name, key in keys.items() if key in alone} | {name: box.label for name, box in BOXES.items()}
    words |= {value: said for box in BOXES.values() for value, said in box.choices.items()}
    return {key: f"“{said}”" for key, said in words.items() if "_" in key}


_WORDS = _words()
