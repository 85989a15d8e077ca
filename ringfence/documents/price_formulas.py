"""A price as formulas: every figure of its tree under a name of a cell, and its operation in the words of a spreadsheet.

A spreadsheet counts in binary, where 1.005 is a hair below itself, and Ringfence in exact fractions. So whatever is rounded or compared is
first snapped to a millionth of a penny, far above that hair and far below anything that a price is made of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from costing.figure import Dated, Figure, Fixed, Operation, leaves_first, total
from costing.price import Price

MOST_PARTS = 100
"""A sum of more is made in pieces: a formula holds 8,192 characters and a function 255 parts."""
LONGEST_NAME = 60

_RESERVED = ("print_area", "print_titles")
_SIGNS = {Operation.ADD: "+", Operation.SUBTRACT: "-", Operation.MULTIPLY: "*", Operation.DIVIDE: "/"}
_FORMULAS = {
    Operation.SHARE: "{0}*{1}/100",
    Operation.WHOLE_OF: "{0}*100/(100-{1})",
    Operation.AT_LEAST: "MAX({0},{1})",
    Operation.AT_MOST: "MIN({0},{1})",
    Operation.WHERE_ABOVE: "IF(ROUND({1}-{2},8)>0,{0},0)",
}
_NEAREST = "ROUND(ROUND({0}*100,6),0)/100"
_UP_TO = "-INT(-ROUND({0}*100/{1},6))*{1}/100"


@dataclass
class Formulas:
    """The figures behind the `roots`, in the order of the workbook. `inputs` are typed or published; `steps` are those and all that is made of them,
    none before what it is made of. One published figure that is used twice is one input."""

    roots: tuple[Figure, ...]
    inputs: list[Figure] = field(default_factory=list)
    steps: list[Figure] = field(default_factory=list)
    names: dict[Figure, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=lambda: set(_RESERVED))
    _pieces: dict[Figure, tuple[Figure, ...]] = field(default_factory=dict)
    _published: dict[Dated, Figure] = field(default_factory=dict)

    def expression(self, figure: Figure) -> str:
        """What stands for a figure inside a formula: its name, its number, or its making in brackets."""
        if figure in self.names:
            return self.names[figure]
        return f"({self.making(figure)})" if figure.parts or figure.operation is not Operation.GIVEN else f"{figure.value:f}"

    def making(self, figure: Figure) -> str:
        """How a figure is made of others, as a formula without its equals sign."""
        parts = [self.expression(part) for part in self._pieces.get(figure, figure.parts)]
        if figure.operation in _SIGNS:
            return _SIGNS[figure.operation].join(parts)
        if figure.operation is Operation.SUM:
            return f"SUM({','.join(parts)})" if parts else "0"
        if figure.operation is Operation.ROUNDED:
            return _rounding(*parts)
        return self.names[figure] if figure.operation is Operation.GIVEN else _FORMULAS[figure.operation].format(*parts)

    def keep(self, figure: Figure) -> None:
        """Give a figure its place: a name of its own, or the one of the same published figure. What has no name in the tree gets none."""
        if len(figure.parts) > MOST_PARTS:
            self._pieces[figure] = self._in_pieces(figure, figure.parts)
        if is_input(figure):
            self._keep_input(figure)
        elif figure.label:
            self.name(figure)
            self.steps.append(figure)

    def name(self, figure: Figure) -> None:
        """The name of the cell of a figure that is made of others."""
        if figure not in self.names:
            self.names[figure] = self._unique(_as_name(figure.label))

    def _keep_input(self, figure: Figure) -> None:
        first = self._published.setdefault(figure.source, figure) if isinstance(figure.source, Dated) else figure
        if first is not figure and first.exact == figure.exact:
            self.names[figure] = self.names[first]
            return
        self.names[figure] = self._unique(_as_name(f"Input {label_of(figure)}"))
        self.inputs.append(figure)
        self.steps.append(figure)

    def _in_pieces(self, figure: Figure, parts: Sequence[Figure]) -> tuple[Figure, ...]:
        if len(parts) <= MOST_PARTS:
            return tuple(parts)
        pieces = []
        for n, start in enumerate(range(0, len(parts), MOST_PARTS), start=1):
            pieces.append(total(parts[start:start + MOST_PARTS]).called(f"{figure.label or 'Sum'}, piece {n}", figure.unit))
            self.keep(pieces[-1])
        return self._in_pieces(figure, pieces)

    def _unique(self, name: str) -> str:
        """The name, with a number behind it where another cell has it; capitals make no difference."""
        found, n = name, 1
        while found.lower() in self._taken:
            n += 1
            found = f"{name}_{n}"
        self._taken.add(found.lower())
        return found


def formulas_of(price: Price) -> Formulas:
    """Every figure of a price, of its lines and of what its funders were said to pay."""
    formulas = Formulas((*price.told, *_of_funders(price)))
    for figure in (price.per_hour, price.per_week, price.per_year):
        if figure is not None:
            formulas.name(figure)  # before any line of a package can be called the same
    for figure in leaves_first(*formulas.roots):
        formulas.keep(figure)
    return formulas


def is_input(figure: Figure) -> bool:
    """Whether somebody typed or published it, so that it can be changed."""
    return figure.operation is Operation.GIVEN and not isinstance(figure.source, Fixed)


def label_of(figure: Figure) -> str:
    """What a row calls it: its label, or for one without, where it is from."""
    return figure.label or str(figure.source or "")


def _of_funders(price: Price) -> Iterable[Figure]:
    for payer, _ in price.shares.by_payer if price.shares else ():
        yield from (figure for figure in (payer.percent, payer.pounds_per_week) if figure is not None)


def _rounding(pounds: str, step: str) -> str:
    """To the nearest penny, half a penny up, or up to the next step. A step in a cell may become either."""
    nearest, up = _NEAREST.format(pounds), _UP_TO.format(pounds, step)
    if step.isdigit():
        return nearest if step == "1" else up
    return f"IF({step}=1,{nearest},{up})"


def _as_name(label: str) -> str:
    """The letters and digits of a label, joined so that no spreadsheet takes them for a cell (A1, R1C1) or a word of its own (TRUE)."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    name = "_".join(re.findall(r"[A-Za-z0-9]+", plain))[:LONGEST_NAME].strip("_")
    return name if "_" in name and name[0].isalpha() else f"Line_{name or 'without_a_name'}"
