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
from costing.direct_lines import DirectLines, Kind, week_of
from costing.package import Section
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
_ROWS = {Kind.WORK: "Direct care", Kind.TRAVEL_TIME: "Travel time", Kind.MILEAGE: "Mileage", Kind.HOLIDAY: "Holiday",
         Kind.NATIONAL_INSURANCE: "National Insurance", Kind.PENSION: "Pension"}


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
    direct = DirectLines(price)
    held: dict[str, list[PriceLine]] = {}
    beside = []
    for line in price.lines:
        row = _row_of(line, price, direct)
        if row is None:
            beside.append(CareRow(Group.BESIDE, line.label, (line,)))
        else:
            held.setdefault(row, []).append(line)
    return (*(CareRow(group, row, tuple(held.get(row, ()))) for group, row in _rows()), *beside)


def _rows() -> Iterator[tuple[Group, str]]:
    yield from ((Group.CARE_WORKER, row) for row in CARE_WORKER_ROWS)
    yield from ((Group.BUSINESS, row) for row in BUSINESS_ROWS)
    yield Group.RETURN, RETURN_ROW


def _row_of(line: PriceLine, price: Price, direct: DirectLines) -> str | None:
    if line.section is Section.SURPLUS:
        return RETURN_ROW
    if line.section is Section.CONTINGENCY:
        return None
    kind = direct.kind(week_of(line, price)) if line.section is Section.DIRECT else Kind.BOUGHT
    if kind is Kind.EMPTY_PLACES:
        return None
    if kind is Kind.PAID_TIME:
        return _by_words(line.label, _PAID_TIME) or "Other non-contact time"
    return _ROWS.get(kind) or _by_words(line.label, _BOUGHT)


def _by_words(label: str, words: dict[str, str]) -> str | None:
    """The one row that the words of a label point to."""
    found = [row for row, pattern in words.items() if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", label, re.IGNORECASE)]
    return found[0] if len(found) == 1 else None
