"""“How was this worked out?”: every figure of a price opens to what it is made of, down to who typed or published it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from costing.explain import Step, explain
from costing.figure import Dated, Figure, leaves_first
from costing.price import Price
from ringfence.screens.components.markup import tag

FROM_MEMORY = "Written from memory: check it"


def worked_out(price: Price) -> Markup:
    """The same steps as `ringfence cost --explain`, each inside the one that it makes."""
    named = (figure for figure in leaves_first(*price.told) if figure.label)
    steps = dict(zip(named, explain(*price.told), strict=True))
    groups = Markup("").join(
        Markup('<h3 class="rf-step">{}</h3>{}').format(title, Markup("").join(_opened(figure, steps, set()) for figure in figures))
        for title, figures in _groups(price))
    return Markup('<div class="rf-worked">{}</div>').format(groups)


def _groups(price: Price) -> Iterator[tuple[str, list[Figure]]]:
    """What is told, under a heading for each part of the price, so that one line of thirty is found."""
    lines = {line.figure for line in price.lines}
    prices = (price.per_hour, price.per_week, price.per_year)
    yield "The price", [figure for figure in price.told if figure in prices]
    for part in price.parts:
        yield part.section.value, [line.figure for line in part.lines]
    if others := [figure for figure in price.told if figure not in lines and figure not in prices]:
        yield "The cap", others


def _opened(figure: Figure, steps: Mapping[Figure, Step], above: set[Figure]) -> Markup:
    """A figure, its making, and inside it what it is made of. What was opened higher up in the same figure is named, not told again."""
    step = steps[figure]
    if figure in above and figure.parts:
        return Markup("<p>{}: <b>{}</b> <i>(opened above)</i></p>").format(step.label, step.amount)
    above.add(figure)
    if step.source is not None:
        return Markup("<p>{}: <b>{}</b>, {}{}</p>").format(step.label, step.amount, step.source, _mark(figure))
    inside = Markup("").join(_opened(part, steps, above) for part in _named_parts(figure))
    return Markup("<details><summary>{}: <b>{}</b></summary><p>= {}</p>{}</details>").format(step.label, step.amount, step.made_of, inside)


def _named_parts(figure: Figure) -> Iterator[Figure]:
    """The steps that a step is made of, past what has no name."""
    seen: set[Figure] = set()
    for part in figure.parts:
        for named in [part] if part.label else _named_parts(part):
            if named not in seen:
                seen.add(named)
                yield named


def _mark(figure: Figure) -> Markup:
    from_memory = isinstance(figure.source, Dated) and figure.source.from_memory
    return Markup(" ") + tag(FROM_MEMORY, "orange") if from_memory else Markup("")
