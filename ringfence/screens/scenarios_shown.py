"""What scenarios come to, beside the base: the finding in a sentence, a year of each, what changes in them, where the surplus is nil."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from markupsafe import Markup

from basics.money import NIL, Money
from costing.assumptions import BreakEven
from costing.explain import in_words
from costing.package import Per
from costing.provided import Provided
from costing.scenario import Outcome, Prices, Result, Scenario
from ringfence.actions.scenarios import Compared
from ringfence.actions.scenarios_told import called
from ringfence.screens.components.frame import words
from ringfence.screens.components.markup import how_many, pounds, under
from ringfence.screens.components.table import Cell, Row, figures, table
from ringfence.screens.components.table import words as in_column

ASSUMED = "* is made with figures that nobody has published yet. They are named under “What changes”."
NOT_REAL = "For planning only: nothing is stored, and no real price changes."
AMOUNTS: Sequence[tuple[str, Callable[[Outcome], Money]]] = (
    ("Income at the prices in force", lambda outcome: outcome.income), ("Full cost", lambda outcome: outcome.cost),
    ("Surplus, or loss", lambda outcome: outcome.surplus), ("Overheads not recovered", lambda outcome: outcome.not_recovered))

SURPLUS = 2
"""Which of them is the one that the others lead to."""


def a_year(compared: Compared) -> None:
    """The whole organisation, the base first, each scenario with its difference."""
    rows = [_figures(label, [amount(result.whole) for result in compared.all]) for label, amount in AMOUNTS]
    rows[SURPLUS] = [Markup("<strong>{}</strong>").format(cell) for cell in rows[SURPLUS]]
    _side_by_side("The organisation in a year", compared, rows)
    lost = max(compared.results, key=lambda result: result.whole.not_recovered, default=None)
    if lost is not None and lost.whole.not_recovered > NIL:
        words(f"{called(lost.scenario)} leaves {lost.whole.not_recovered} of overheads that no support earns: they do not follow the hours.")


def by_service(compared: Compared) -> None:
    _surpluses("Surplus, or loss, by service", compared, compared.by_service)


def by_funder(compared: Compared) -> None:
    _surpluses("Surplus, or loss, by funder", compared, compared.by_funder)


def by_package(compared: Compared) -> None:
    """The surplus of each package, and the price that it would have."""
    named = [Markup("{}{}").format(each.package.name, under(each.funder)) for each in compared.provided]
    _side_by_side("Surplus, or loss, by package", compared, [
        _figures(name, [result.outcomes[n].surplus for result in compared.all]) for n, name in enumerate(named)])
    _side_by_side("The price that each package would have", compared, [
        _figures(Markup("{}{}").format(name, under(f"{in_words(each.in_force)} in force")),
                 [_price(each, result.prices[n]) for result in compared.all])
        for n, (name, each) in enumerate(zip(named, compared.provided, strict=True))])


def what_changes(scenario: Scenario) -> Markup:
    """Each change in words; what is assumed has a star, and why somebody assumed it."""
    moved = {leaf.label for change in scenario.changes for leaf in change.target.leaves}
    differ = [each for each in scenario.assumed if each.partition(":")[0] in moved or each.partition(", assumed")[0] in _parameters(scenario)]
    stay = [each for each in scenario.assumed if each not in differ]
    shown = _list([*(each[0].upper() + each[1:] for each in scenario.told), *(f"{each}*" for each in differ)])
    if not stay:
        return shown
    return shown + Markup('<div class="rf-worked"><details><summary>{}</summary>{}</details></div>').format(
        f"* {how_many(len(stay), 'figure')} assumed to stay as {'it is' if len(stay) == 1 else 'they are'}", _list([f"{each}*" for each in stay]))


def _parameters(scenario: Scenario) -> set[str]:
    """The published figures that a change itself names; each is assumed."""
    return {change.target.name for change in scenario.changes}


def _list(lines: Sequence[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(each) for each in lines)) if lines else Markup("")


def where_nil(found: Sequence[BreakEven]) -> Markup:
    """Break-even in words, a line for each input."""
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li><strong>{}</strong>: {}</li>").format(
        each.target.name[0].upper() + each.target.name[1:], _nil(each)) for each in found))


def _nil(found: BreakEven) -> str:
    if found.times is None:
        return "at no value up to five times what it is now."
    percent = f"{abs(found.times - 1) * 100:.1f}% {'more' if found.times >= 1 else 'less'} than now"
    return f"{percent}." if found.value is None else f"{percent}, {in_words(found.value)}."


def _surpluses(caption: str, compared: Compared, parts: Callable[[Result], Mapping[str, Outcome]]) -> None:
    each = [parts(result) for result in compared.all]
    _side_by_side(caption, compared, [_figures(name, [outcomes[name].surplus for outcomes in each]) for name in each[0]])


def _side_by_side(caption: str, compared: Compared, rows: Sequence[Row]) -> None:
    headings = [f"{result.scenario.name}{'*' if result.scenario.assumed else ''}" for result in compared.all]
    note = ASSUMED if any(result.scenario.assumed for result in compared.results) else ""
    table(caption, [in_column("A year" if caption.endswith("year") else caption), *map(figures, headings)], rows, note=note)


def _figures(label: str | Markup, amounts: Sequence[Money]) -> list[Cell]:
    return [label, *_with_differences(amounts)]


def _with_differences(amounts: Sequence[Money]) -> Iterator[Markup]:
    """Each amount, and for a scenario by how much it differs from the base."""
    base = amounts[0]
    for n, amount in enumerate(amounts):
        by = amount - base
        said = ("the same" if not by else f"+{by}" if by > NIL else str(by)) if n else ""
        yield pounds(amount) + (under(said) if said else "")


def _price(provided: Provided, prices: Prices) -> Money:
    return prices.per_hour if provided.package.quoted_per is Per.HOUR else prices.per_week


