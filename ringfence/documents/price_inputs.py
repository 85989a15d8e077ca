"""What each input of a price is used for, and how inputs that are called the same are told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from costing.figure import Figure, leaves_first
from ringfence.documents.price_formulas import Formulas, is_input, label_of


def used_for(formulas: Formulas) -> Mapping[str, list[str]]:
    """By the name of each input: the figures with a label that are made of it directly, or by steps without one."""
    found: dict[str, dict[str, None]] = {formulas.names[figure]: {} for figure in formulas.inputs}
    for figure in leaves_first(*formulas.roots):
        for below in _inputs_below(figure) if figure.label and figure.parts else ():
            found[formulas.names[below]][figure.label] = None
    return {name: list(labels) for name, labels in found.items()}


def labels_of(formulas: Formulas) -> Mapping[str, str]:
    """By the name of each input what its row calls it. Of several that are called the same, each is followed by the first figure that it
    alone is behind: “Places of the home: Sleep-ins”."""
    alike: dict[str, list[str]] = defaultdict(list)
    for figure in formulas.inputs:
        alike[label_of(figure)].append(formulas.names[figure])
    several = {name: label for label, names in alike.items() if len(names) > 1 for name in names}
    made = _made_of_one(formulas, several)
    labels = {}
    for figure in formulas.inputs:
        name, label = formulas.names[figure], label_of(figure)
        others = {each for other in alike[label] if other != name for each in made[other]}
        own = next((each for each in made[name] if each not in others), str(figure.source or ""))
        labels[name] = f"{label}: {own}" if name in several else label
    return labels


def _made_of_one(formulas: Formulas, several: Mapping[str, str]) -> Mapping[str, dict[str, None]]:
    """For each of several inputs that are called alike: the labels of the figures that it is behind and the others are not."""
    behind: dict[Figure, frozenset[str]] = {}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for figure in leaves_first(*formulas.roots):
        own = {formulas.names[figure]} & set(several) if is_input(figure) else set()
        behind[figure] = frozenset(own).union(*(behind[part] for part in figure.parts))
        if figure.label and figure.parts:
            by_label: dict[str, list[str]] = defaultdict(list)
            for name in behind[figure]:
                by_label[several[name]].append(name)
            for names in by_label.values():
                if len(names) == 1:
                    found[names[0]][figure.label] = None
    return found


def _inputs_below(figure: Figure) -> Iterator[Figure]:
    """The inputs that a figure is made of, but for those behind a step with a label of its own."""
    for part in figure.parts:
        if is_input(part):
            yield part
        elif not part.label:
            yield from _inputs_below(part)
