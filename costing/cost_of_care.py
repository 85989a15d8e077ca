"""The lines of a price in the order of a cost-of-care return (England 2022, Annex B): care worker, business, return.

A line of pay finds its row by how it is made. A line with a name of one's own finds it by the words of the name, if they point to one row
and no other; anything else is listed under its own name at the end, so that nothing is guessed and nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from basics.money import Money
from costing.figure import Figure, Operation, leaves_first
from costing.package import Per, Section
from costing.price import Price, PriceLine


class Group(StrEnum):
    """The parts of the return, and what has no row in it."""

    CARE_WORKER = "Care worker"
    BUSINESS = "Business"
    RETURN = "Return"
    BESIDE = "Without a row in the return"


CARE_WORKER_ROWS = ("Direct care", "Travel time", "Mileage", "PPE", "Training", "Holiday", "Other non-contact time", "Sickness and parental pay",
                    "Notice and suspension pay", "National Insurance", "Pension")
BUSINESS_ROWS = ("Back office", "Travel costs", "Rent and rates", "Recruitment and DBS", "External training", "IT", "Telephony", "Stationery",
                 "Insurance", "Legal and finance", "Marketing", "Audit and compliance", "Uniforms", "Assistive technology",
                 "Head office recharge", "Other", "CQC fees")
RETURN_ROW = "Return"

_PAID_TIME = {
    "Training": "train(ing)?|induction|learning",
    "Sickness and parental pay": "sick(ness)?|parental|maternity|paternity|ssp",
    "Notice and suspension pay": "notice|suspension",
}
_BOUGHT = {
    "PPE": "ppe|gloves?|masks?|aprons?",
    "Back office": "office|managers?|management|co-?ordinat(or|ors|ion)|team leaders?|supervisors?|administrat(or|ors|ion)|schedul(er|ers|ing)",
    "Travel costs": "parking|vehicles?|cars?|minibus",
    "Rent and rates": "rent|rates|utilities|premises|heating|electricity",
    "Recruitment and DBS": "recruitment|dbs",
    "External training": "training",
    "IT": "it|software|computers?|hardware",
    "Telephony": "telephony|telephones?|phones?|mobiles?",
    "Stationery": "stationery|postage|printing",
    "Insurance": "insurance",
    "Legal and finance": "legal|finance|accountan(cy|ts?)|bank|payroll",
    "Marketing": "marketing|advertising|website",
    "Audit and compliance": "audit|compliance|quality",
    "Uniforms": "uniforms?",
    "Assistive technology": "assistive|telecare",
    "Head office recharge": "recharges?|central",
    "CQC fees": "cqc|regulator",
}
_ON_COSTS = {"Holiday pay": "Holiday", "Employer National Insurance": "National Insurance", "Employer pension": "Pension"}


@dataclass(frozen=True)
class CareRow:
    """A row of the return with the lines of the price that stand in it; without any it is nil."""

    group: Group
    row: str
    lines: tuple[PriceLine, ...]

    @property
    def shown(self) -> Money:
        return Money.total(line.shown for line in self.lines)


def cost_of_care(price: Price) -> tuple[CareRow, ...]:
    """Every row of the return in its order, then the lines that have none. The rows and the rounding of the price add to the price."""
    pay = PayLines(price)
    held: dict[str, list[PriceLine]] = {}
    beside = []
    for line in price.lines:
        row = _row_of(line, week_of(line, price), pay)
        if row is None:
            beside.append(CareRow(Group.BESIDE, line.label, (line,)))
        else:
            held.setdefault(row, []).append(line)
    return (*(CareRow(group, row, tuple(held.get(row, ()))) for group, row in _rows()), *beside)


def _rows() -> Iterator[tuple[Group, str]]:
    yield from ((Group.CARE_WORKER, row) for row in CARE_WORKER_ROWS)
    yield from ((Group.BUSINESS, row) for row in BUSINESS_ROWS)
    yield Group.RETURN, RETURN_ROW


class PayLines:
    """Which figures of a price are pay for work, and which are paid time or leave, over all grades."""

    def __init__(self, price: Price) -> None:
        sums = [figure for figure in leaves_first(*price.told) if figure.operation is Operation.SUM]
        works = [figure for figure in sums if is_of_a_grade(figure.label, "Pay for work")]
        self.work = {line for figure in works for line in figure.parts}
        self.other = {line for figure in sums if is_of_a_grade(figure.label, "All pay") for line in figure.parts} - set(works)


def _row_of(line: PriceLine, week: Figure, pay: PayLines) -> str | None:
    if line.section is Section.SURPLUS:
        return RETURN_ROW
    if line.section is Section.CONTINGENCY:
        return None
    if week in pay.work:
        return "Travel time" if re.match(r"Travel time(, |$)", line.label) else "Direct care"
    on_cost = next((row for label, row in _ON_COSTS.items() if line.section is Section.DIRECT and is_of_a_grade(line.label, label)), None)
    if week in pay.other:
        return on_cost or _by_words(line.label, _PAID_TIME) or "Other non-contact time"
    if line.section is Section.DIRECT and re.match(r"Mileage(, |$)", line.label):
        return "Mileage"
    return on_cost or _by_words(line.label, _BOUGHT)


def _by_words(label: str, words: dict[str, str]) -> str | None:
    """The one row that the words of a label point to."""
    found = [row for row, pattern in words.items() if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", label, re.IGNORECASE)]
    return found[0] if len(found) == 1 else None


def is_of_a_grade(label: str, of: str) -> bool:
    """“All pay”, or of a named grade, “All pay, Senior”."""
    return label == of or label.startswith(f"{of}, ")


def week_of(line: PriceLine, price: Price) -> Figure:
    """A line as it was in pounds a week, exactly, before it became a part of what is quoted."""
    shown = line.figure.parts[0]
    return shown if price.quoted_per is Per.WEEK else shown.parts[0]
