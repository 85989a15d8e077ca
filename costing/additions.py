"""What comes on top of direct support: service co-ordination, company costs, contingency and surplus.

“On cost” and “of price” are different settings. On cost: co-ordination and company costs are a percentage of direct support;
contingency and surplus, of full cost (direct support, co-ordination and company costs). Of price: a percentage of the whole price,
so the price is what its other costs are the rest of; all such lines are solved together, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from basics.errors import InputError
from costing.amounts import amount_per_week
from costing.direct import direct_support
from costing.explain import in_words
from costing.figure import Figure, Unit, a_week, share, total, whole_of
from costing.package import Amount, Basis, Package, Percentage, Section

Addition = Amount | Percentage
Line = tuple[Section, Figure]

WHOLE_PERCENT = 100


@dataclass(frozen=True)
class Built:
    """The price of a week before any rounding, and its lines; the lines add to it exactly."""

    price: Figure
    lines: tuple[Line, ...]

    def of(self, *sections: Section) -> Fraction:
        """What some sections come to in a week, exactly."""
        return sum((line.exact for section, line in self.lines if section in sections), Fraction(0))


def build_day(package: Package) -> Built:
    """Every line of the package in pounds a week, at the rates of its first day. Raises `InputError` where the lines “of price” leave
    nothing for the rest."""
    direct = direct_support(package)
    costs = _Added(package, Section.COORDINATION, Section.COMPANY)
    extras = _Added(package, Section.CONTINGENCY, Section.SURPLUS)
    direct_total = a_week(total(direct), "Direct support")
    cost_lines = costs.known(direct_total)
    known_cost = a_week(total([direct_total, *cost_lines.values()]),
                       "Full cost, without what is of the price" if costs.of_price else "Full cost")
    extra_lines = extras.known(known_cost)
    price = _price(costs, extras, known_cost, list(extra_lines.values()))
    cost_lines |= costs.shares(price)
    if costs.of_price:
        full_cost = a_week(total([direct_total, *cost_lines.values()]), "Full cost")
        extra_lines = extras.known(full_cost)
    extra_lines |= extras.shares(price)
    return Built(price, (*((Section.DIRECT, line) for line in direct), *costs.lines(cost_lines), *extras.lines(extra_lines)))


class _Added:
    """The additions of some sections of a package, in their order."""

    def __init__(self, package: Package, *sections: Section) -> None:
        held: dict[Section, Iterable[Addition | None]] = {
            Section.COORDINATION: package.coordination,
            Section.COMPANY: package.company,
            Section.CONTINGENCY: (package.contingency,),
            Section.SURPLUS: (package.surplus,),
        }
        self.support = package.support
        self.held = [(section, each) for section in sections for each in held[section] if each is not None]
        percentages = [each for _, each in self.held if isinstance(each, Percentage)]
        self.of_price = [each for each in percentages if each.basis is Basis.OF_PRICE]
        self.on_cost = [each for each in percentages if each.basis is Basis.ON_COST]

    def known(self, cost: Figure) -> dict[Addition, Figure]:
        """The lines that do not depend on the price: amounts, and percentages of a cost."""
        lines: dict[Addition, Figure] = {each: a_week(share(each.percent, cost), each.label) for each in self.on_cost}
        lines.update((each, amount_per_week(each, self.support)) for _, each in self.held if isinstance(each, Amount))
        return lines

    def shares(self, price: Figure) -> dict[Addition, Figure]:
        """The lines that are a share of the price, once it is known."""
        return {each: a_week(share(each.percent, price), each.label) for each in self.of_price}

    def lines(self, figures: dict[Addition, Figure]) -> tuple[Line, ...]:
        return tuple((section, figures[each]) for section, each in self.held)


def _price(costs: _Added, extras: _Added, known_cost: Figure, known_extras: list[Figure]) -> Figure:
    """The price P of P = known + taken% of P."""
    label = "Price of a week before rounding"
    if not costs.of_price and not extras.of_price:
        return a_week(total([known_cost, *known_extras]), label)
    taken = total(_taken(costs, extras)).called("Part of the price that is taken of it", Unit.PERCENT)
    if taken.exact >= WHOLE_PERCENT:
        raise _nothing_left([*costs.of_price, *extras.of_price], taken)
    known = a_week(total([known_cost, *known_extras]), "Cost that does not depend on the price")
    return a_week(whole_of(known, taken), label)


def _taken(costs: _Added, extras: _Added) -> list[Figure]:
    """The percentages of the price: those given, and what a percentage on full cost takes of the part of the price inside it."""
    given = [each.percent for each in extras.of_price]
    if not costs.of_price:
        return given
    inside = total(each.percent for each in costs.of_price).called("Part of the price that is full cost", Unit.PERCENT)
    return [inside, *given, *(share(each.percent, inside) for each in extras.on_cost)]


def _nothing_left(of_price: list[Percentage], taken: Figure) -> InputError:
    named = ", ".join(f"“{each.label}”" for each in of_price)
    return InputError(f"What is taken of the price comes to {in_words(taken)} of it, so nothing is left for the cost: {named}.",
                      "Lower a percentage, or give it on cost.")
