"""What comes on top of direct support: service co-ordination, company costs, contingency and surplus.

“On cost” and “of price” are different settings. On cost: co-ordination and company costs are a percentage of direct support;
contingency and surplus, of full cost (direct support, co-ordination and company costs). Of price: a percentage of the whole price,
so the price is what its other costs are the rest of; all such lines are solved together, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from basics.errors import InputError
from costing.direct import amount_per_week, direct_support
from costing.explain import in_words
from costing.figure import Figure, Unit, share, total, whole_of
from costing.package import Amount, Basis, Package, Percentage, Section

Addition = Amount | Percentage
Held = tuple[Section, Addition]
Line = tuple[Section, Figure]

LARGEST_PERCENT = 100


@dataclass(frozen=True)
class Built:
    """The price of a week before any rounding, and its lines; the lines add to it exactly."""

    price: Figure
    lines: tuple[Line, ...]


def build(package: Package) -> Built:
    """Every line of the package in pounds a week. Raises `InputError` where the lines “of price” leave nothing for the rest."""
    direct = direct_support(package)
    direct_total = _week(total(direct), "Direct support")
    costs = _held(package, Section.COORDINATION, Section.COMPANY)
    extras = _held(package, Section.CONTINGENCY, Section.SURPLUS)
    price = _solved(package, direct_total, costs, extras) if _percents_of_price(costs + extras) else None
    cost_lines = _lines(package, costs, direct_total, price)
    full_cost = _week(total([direct_total, *(line for _, line in cost_lines)]), "Full cost")
    lines = (*((Section.DIRECT, line) for line in direct), *cost_lines, *_lines(package, extras, full_cost, price))
    return Built(price or _week(total(line for _, line in lines), "Price of a week before rounding"), lines)


def _held(package: Package, *sections: Section) -> list[Held]:
    held: dict[Section, Iterable[Addition | None]] = {
        Section.COORDINATION: package.coordination,
        Section.COMPANY: package.company,
        Section.CONTINGENCY: (package.contingency,),
        Section.SURPLUS: (package.surplus,),
    }
    return [(section, addition) for section in sections for addition in held[section] if addition is not None]


def _solved(package: Package, direct: Figure, costs: list[Held], extras: list[Held]) -> Figure:
    """The price P of P = known + taken% of P. A percentage on a full cost that itself holds a part of the price takes a part too."""
    full = [_known(package, addition, direct) for _, addition in costs if not _of_price(addition)]
    full_known = _week(total([direct, *full]), "Full cost, without what is of the price")
    extra = [_known(package, addition, full_known) for _, addition in extras if not _of_price(addition)]
    full_taken = total(_percents_of_price(costs)).called("Part of the price that is full cost", Unit.PERCENT)
    upon = [share(addition.percent, full_taken)
            for _, addition in extras if isinstance(addition, Percentage) and not _of_price(addition)]
    taken = total([full_taken, *_percents_of_price(extras), *upon]).called("Part of the price that is taken of it", Unit.PERCENT)
    if taken.exact >= LARGEST_PERCENT:
        raise _nothing_left(costs + extras, taken)
    known = _week(total([full_known, *extra]), "Cost that does not depend on the price")
    return _week(whole_of(known, taken), "Price of a week before rounding")


def _lines(package: Package, held: list[Held], cost: Figure, price: Figure | None) -> list[Line]:
    """Each addition as a line. Of price, it is a share of the price that has been solved."""
    return [
        (section, _known(package, addition, price if price is not None and _of_price(addition) else cost))
        for section, addition in held
    ]


def _known(package: Package, addition: Addition, whole: Figure) -> Figure:
    if isinstance(addition, Amount):
        return amount_per_week(addition, package.support)
    return _week(share(addition.percent, whole), addition.label)


def _percents_of_price(held: list[Held]) -> list[Figure]:
    return [addition.percent for _, addition in held if isinstance(addition, Percentage) and _of_price(addition)]


def _of_price(addition: Addition) -> bool:
    return isinstance(addition, Percentage) and addition.basis is Basis.OF_PRICE


def _nothing_left(held: list[Held], taken: Figure) -> InputError:
    named = ", ".join(f"“{addition.label}”" for _, addition in held if _of_price(addition))
    return InputError(f"What is taken of the price comes to {in_words(taken)} of it, so nothing is left for the cost: {named}.",
                      "Lower a percentage, or give it on cost.")


def _week(figure: Figure, label: str) -> Figure:
    return figure.called(label, Unit.POUNDS_PER_WEEK)
