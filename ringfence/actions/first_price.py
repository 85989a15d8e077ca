"""From a list of overheads to a first price: what a new finance manager does in the first ten minutes. Nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from basics.errors import InputError, Problem, Refused
from basics.money import Money
from costing.price import Price
from ringfence.actions.costing import as_cost_file, example_content, price_of_content

FILE_NAME = "first-price.cost.yaml"
FINEST = Decimal("0.0001")
"""A figure of an hour is typed into the cost file, with four decimals like every number that has no last one."""
LONGEST_LINE, MOST_LINES = 80, 60


@dataclass(frozen=True)
class Overhead:
    """A line of the accounts and what it costs in a year."""

    line: str
    pounds: Money


@dataclass(frozen=True)
class FirstPrice:
    """What the lists come to, an hour of support of each, the cost file that they make, and its price."""

    co_ordination: tuple[Overhead, ...]
    company: tuple[Overhead, ...]
    hours_in_a_year: Decimal
    content: Mapping[str, Any]
    price: Price

    @property
    def file(self) -> bytes:
        """The cost file: Cost a package opens it, and `ringfence cost` prices the same."""
        return as_cost_file(self.content)

    def an_hour(self, lines: Sequence[Overhead]) -> Decimal:
        return sum((_an_hour(each, self.hours_in_a_year) for each in lines), Decimal())


def overheads_typed(text: str, place: str) -> tuple[Overhead, ...]:
    """Lines as somebody types or pastes them: “Rent = 24,000”, or with a tab, a colon or a pound sign between. Raises `Refused` with every line
    that cannot be read."""
    found, problems = list[Overhead](), list[Problem]()
    for n, said in enumerate(text.splitlines(), start=1):
        if not said.strip():
            continue
        name, pounds = _parted(said)
        try:
            _refuse_unlike(said, name)
            amount = Money.parse(pounds)
            if amount.pence < 0:
                raise InputError(f"{amount} is below nil.", "Leave out what brings money in.")
            found.append(Overhead(name[:LONGEST_LINE], amount))
        except InputError as error:
            problems.append(Problem(f"{place}, line {n}", error.problem.what, error.problem.to_do))
    if len(found) > MOST_LINES:
        problems.append(Problem(place, f"These are {len(found)} lines, and {MOST_LINES} are read here.", "Join the small ones."))
    if problems:
        raise Refused("The lists cannot be read yet:", problems)
    return tuple(found)


def _refuse_unlike(said: str, name: str) -> None:
    """Raises `InputError` for a line that is not one name and its pounds; a sum of other lines would make a price of twice the overheads."""
    if not name:
        raise InputError(f"“{said.strip()[:LONGEST_LINE]}” is not a name and pounds.", "Write it like “Rent = 24,000”.")
    if len(list(filter(str.strip, said.split("\t")))) > 2:
        raise InputError(f"“{name.split('=')[0]}” has more than one column of figures.", "Paste two columns: what it is, and the pounds of one year.")
    if re.match(r"((sub|grand)[ -]?)?totals?\b", name, re.IGNORECASE):
        raise InputError(f"“{name[:LONGEST_LINE]}” would be counted beside the lines that it adds up.", "Take it out, or call it something else.")


def _parted(said: str) -> tuple[str, str]:
    """A line’s name and its pounds; no name where nothing parts the two. A number alone does not: “Office 365” may be a name."""
    line = said.replace("\t", "=")
    mark = next((each for each in "=:£" if each in line), "=")
    name, _, pounds = line.rpartition(mark)
    name = name.strip("= ")
    return (name[:-1].strip(), f"-{pounds}") if mark == "£" and name.endswith("-") else (name, pounds)


def first_price(co_ordination: Sequence[Overhead], company: Sequence[Overhead], hours_in_a_year: Decimal, hours_per_week: Decimal,
                pay_per_hour: Decimal | None = None) -> FirstPrice:
    """The price of an hour of support that bears its part of the lists: each line by the hours that the whole organisation supports in a year.

    Staff and on-costs are those of the documented example, without its visits and their travel, at the National Living Wage where no pay is
    given. Raises `InputError` for hours of nil, or where one package has more hours than the whole organisation in a year.
    """
    if hours_in_a_year <= 0 or hours_per_week <= 0:
        raise InputError("Hours of support must be more than nil.", "Give the hours of a year, and of a week of this package.")
    if hours_per_week * 52 > hours_in_a_year:
        raise InputError("This package alone has more hours than the whole organisation supports in a year.", "Check both.")
    example = dict(example_content())
    content = {
        **example, "name": f"A first price, {hours_per_week.normalize():f} hours a week",
        "support": {**{key: value for key, value in example["support"].items() if key != "visits_per_week"}, "hours_per_week": hours_per_week},
        "staff": {**{key: value for key, value in example["staff"].items() if key != "travel"},
                  **({"pay_per_hour": pay_per_hour} if pay_per_hour is not None else {})},
        "co_ordination": list(_lines(co_ordination, hours_in_a_year)), "company_costs": list(_lines(company, hours_in_a_year))}
    return FirstPrice(tuple(co_ordination), tuple(company), hours_in_a_year, content, price_of_content(as_cost_file(content), FILE_NAME))


def _lines(overheads: Sequence[Overhead], hours: Decimal) -> Iterator[dict[str, Any]]:
    for each in overheads:
        yield {"line": each.line, "amount": _an_hour(each, hours), "per": "hour"}


def _an_hour(each: Overhead, hours: Decimal) -> Decimal:
    return (each.pounds.pounds / hours).quantize(FINEST, ROUND_HALF_UP)
