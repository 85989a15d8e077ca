"""How a figure was made, in plain words: step by step, each with where it is from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from costing.figure import Figure, Operation, Source, Unit, leaves_first

_PLACES = Decimal("0.0001")
_SIGNS = {Operation.ADD: "+", Operation.SUBTRACT: "-", Operation.MULTIPLY: "×", Operation.DIVIDE: "÷"}
_SENTENCES = {
    Operation.SUM: "{all}",
    Operation.SHARE: "{0} of {1}",
    Operation.WHOLE_OF: "{0} ÷ (100% - {1})",
    Operation.AT_LEAST: "{0}, or {1} if that is more",
    Operation.AT_MOST: "{0}, or {1} if that is less",
    Operation.WHERE_ABOVE: "{0} where {1} is more than {2}, otherwise nothing",
    Operation.ROUNDED: "{0}, up to a price that divides by {1}",
}


@dataclass(frozen=True)
class Step:
    """One named figure: what it is, what it comes to, how it is made of earlier steps or where it is from."""

    label: str
    amount: str
    made_of: str
    source: Source | None

    def __str__(self) -> str:
        return f"{self.label}: {self.amount}" + (f", {self.source}" if self.source else f" = {self.made_of}")


def explain(*figures: Figure) -> tuple[Step, ...]:
    """The steps that make the figures, leaves first; what two of them share is told once."""
    return tuple(
        Step(step.label, in_words(step), "" if step.operation is Operation.GIVEN else _making(step), step.source)
        for step in leaves_first(*figures)
        if step.label
    )


def in_words(figure: Figure) -> str:
    """“£12.71 an hour”, “11.4 minutes a visit”, “9.5%”. Shown to at most four decimals; the figure itself keeps everything."""
    value = figure.value.quantize(_PLACES, ROUND_HALF_UP).normalize()
    about = "" if value == figure.value else "about "
    _, is_money, rate = figure.unit.value.partition("pounds")
    if is_money:
        decimals = max(2, -int(value.as_tuple().exponent))
        return f"{about}{'-' if value < 0 else ''}£{abs(value):,.{decimals}f}{rate}"
    if figure.unit is Unit.PERCENT:
        return f"{about}{value:f}%"
    noun, space, each = figure.unit.value.partition(" ")
    return f"{about}{value:f} {noun.removesuffix('s') if value == 1 else noun}{space}{each}".rstrip()


def _making(figure: Figure) -> str:
    words = [_named(part) for part in figure.parts]
    if figure.operation in _SIGNS:
        return f" {_SIGNS[figure.operation]} ".join(words)
    if figure.operation is Operation.ROUNDED and figure.parts[1].exact == 1:
        return f"{words[0]}, to the nearest penny"
    return _SENTENCES[figure.operation].format(*words, all=" + ".join(words) or "nothing")


def _named(part: Figure) -> str:
    """A step is called by its name; a part without one is written out, in brackets where it is made of others."""
    if part.label:
        return f"“{part.label}”"
    return f"({_making(part)})" if part.parts else in_words(part)
