"""The boxes of a package's form: what stands over each, what may be typed there, and what an empty form starts with.

A box is known by its name, the key of the cost file that it fills in (docs/formats/cost.md); one of a list also has its row,
`co_ordination.3.figure`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Value = str | bool | date | None

OWN = "own"
_OF_PAY = {"worked_pay": "of pay for work", "all_pay": "of all pay, leave included"}
_ON_COST = {"by_law": "As the law asks", "percent": "A percentage of our own", "none": "None"}
_KINDS = {"hour": "£ an hour", "visit": "£ a visit", "week": "£ a week", "on_cost": "% on cost", "of_price": "% of the price"}
PERCENTAGES = ("on_cost", "of_price")


@dataclass(frozen=True)
class Box:
    """What stands over a box; the sign that may be typed with its number; whether it has to be filled in."""

    label: str
    mark: str = ""
    needed: bool = True
    start: Value = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    help: str | None = None


@dataclass(frozen=True)
class Rows:
    """A list of the form: what a row of it is called, and what asks for one more."""

    title: str
    row: str
    add: str


LISTS = {
    "contracts": Rows("The team’s contracts", "contract", "Add a contract"),
    "paid_time": Rows("Paid time that is not support", "line", "Add paid time"),
    "other": Rows("Other costs of employment", "line", "Add a cost of employment"),
    "other_direct": Rows("What else is bought for the person", "line", "Add something that is bought"),
    "co_ordination": Rows("Service co-ordination", "line", "Add a line of co-ordination"),
    "company_costs": Rows("Company costs", "line", "Add a company cost"),
    "days": Rows("The same package from another day", "day", "Price it from another day too"),
}

BOXES = {
    "name": Box("What the package is called", help="Such as “Outreach, 20 hours a week”. Leave the person’s name out: a cost file may be passed on."),
    "on": Box("The day whose rates count", start=None, help="Wages change on 1 April, tax on 6 April. A price is at the rates of one day."),
    "support.hours_per_week": Box("Hours of support a week"),
    "support.visits_per_week": Box("Visits a week", needed=False, help="Needed where travel or a cost is given for each visit."),
    "support.weeks_per_year": Box("Weeks a year", needed=False,
                                  help="52, or 365/7 for every day of a year. Empty: there is no price for a year."),
    "sleep_ins": Box("Staff sleep in", start=False),
    "sleep_ins.nights_per_week": Box("Nights a week"),
    "sleep_ins.flat_per_night": Box("Flat pay a night, £", "£"),
    "sleep_ins.paid_hours_per_night": Box("Hours always paid in full", needed=False),
    "sleep_ins.disturbed_hours_per_night": Box("More hours awake, expected", needed=False,
                                               help="Hours awake and working that are expected beyond those that are always paid."),
    "other_direct.line": Box("What it is"),
    "other_direct.amount": Box("Amount, £", "£"),
    "other_direct.per": Box("For each", start="week", choices={"hour": "hour", "visit": "visit", "week": "week"}),
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
    "paid_time.percent": Box("% of pay", "%"),
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


def box_of(name: str) -> Box:
    """The box of a name, whichever row it is of."""
    return BOXES[re.sub(r"\.\d+", "", name)]


def is_of_a_row(name: str) -> bool:
    """Whether a box is one of a list's."""
    return name.count(".") == 2


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
