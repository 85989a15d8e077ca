"""Boxes written to their places in the content of a cost file, and what cannot be read or is still to fill in, all of it at once."""

from __future__ import annotations

from typing import Any

from basics.errors import InputError, Problem
from ringfence.actions.costing import as_named
from ringfence.importing.yaml_text import Place
from ringfence.screens.components.amounts import number
from ringfence.screens.cost_fields import LISTS, OWN, PERCENTAGES, box_of, own_name
from ringfence.screens.cost_form import Form


class Written:
    """The content of a form. `unread` and `missing` hold the names of boxes that cannot be read, or wait to be filled in; `names` the box
    of each place."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.content: dict[str, Any] = {}
        self.names: dict[Place, str] = {}
        self.unread: dict[str, Problem] = {}
        self.missing: list[str] = []

    def put(self, place: Place, name: str, value: Any) -> None:
        """A value at its place; None waits to be filled in."""
        self.names[place] = name
        into: Any = self.content
        for part in place[:-1]:
            into = into[part] if isinstance(part, int) else into.setdefault(part, {})
        if value is None:
            self.missing.append(name)
        else:
            into[place[-1]] = value

    def number(self, place: Place, name: str, mark: str | None = None, *, needed: bool | None = None) -> None:
        """A number as it was typed. What cannot be read stays out of the content, which is then not priced."""
        box, text = box_of(name), self.form.text(name)
        self.names[place] = name
        if not text:
            self.missing.extend([name] if (box.needed if needed is None else needed) else [])
            return
        try:
            self.put(place, name, number(text, box.mark if mark is None else mark))
        except InputError as error:
            self.unread[name] = error.problem

    def text(self, place: Place, name: str) -> None:
        if self.form.text(name):
            self.put(place, name, self.form.text(name))
        else:
            self.names[place] = name
            self.missing.append(name)

    def several(self, place: Place, name: str) -> None:
        """Names in one box, with semicolons between them."""
        self.put(place, name, [each.strip() for each in self.form.text(name).split(";") if each.strip()] or None)

    def group(self, place: Place, name: str, *needed: str, may_have: tuple[str, ...] = ()) -> bool:
        """Numbers that belong together: where one is filled in, those that are needed are. Says whether any is."""
        is_there = any(self.form.text(f"{name}.{key}") for key in (*needed, *may_have))
        self.names[place] = f"{name}.{needed[0]}"
        for key in (*needed, *may_have) if is_there else ():
            self.number((*place, key), f"{name}.{key}", needed=key in needed)
        return is_there

    def choice(self, place: Place, name: str) -> None:
        self.put(place, name, self.form[name])

    def rows(self, place: Place, name: str) -> list[tuple[Place, str]]:
        """The place and the name of each row of a list, for which room is made. What is said of a whole row is said of its first box."""
        rows = self.form.rows[name]
        if rows:
            self.put(place, name, [{} for _ in rows])
        found = [((*place, n), f"{name}.{row}") for n, row in enumerate(rows)]
        self.names.update((of_row, f"{each}.{LISTS[own_name(name)].first}") for of_row, each in found)
        return found

    def kept(self, place: Place, name: str) -> None:
        """What the form has no boxes for, as it came."""
        if name in self.form.kept:
            self.put(place, name, self.form.kept[name])

    def vat(self, place: Place, name: str) -> None:
        """VAT on the amount of a line, as it came."""
        for key, value in self.form.kept.get(f"{name}/vat", {}).items():
            self.put((*place, key), f"{name}/vat", value)

    def named_or_typed(self, place: Place, choice: str, *, needed: bool) -> None:
        """A published figure, or an amount of one's own."""
        if self.form[choice] != OWN:
            self.put(place, choice, as_named(str(self.form[choice])))
        else:
            self.number(place, f"{choice.rpartition('.')[0]}.{place[-1]}", needed=needed)

    def addition(self, place: Place, name: str) -> None:
        """Pounds for each of something, or a percentage."""
        kind = self.form.text(f"{name}.kind")
        is_percent = kind in PERCENTAGES
        self.number((*place, "percent" if is_percent else "amount"), f"{name}.figure", "%" if is_percent else "£")
        self.put((*place, "basis" if is_percent else "per"), f"{name}.kind", kind)


def label(form: Form, name: str) -> str:
    """What a box or a list is called in a message: “Service co-ordination, line 2, figure”, “Senior: pay an hour, £”."""
    owner, _, own = name.rpartition("/")
    said = _label(form, f"{owner}/" if owner else "", own)
    return f"{_called(form, owner)}: {said}" if owner else said


def _label(form: Form, of: str, own: str) -> str:
    if own in LISTS:
        return LISTS[own].title
    parts = own.split(".")
    if len(parts) < 3:
        return box_of(own).label
    rows, held = LISTS[parts[0]], form.rows[of + parts[0]]
    if int(parts[1]) not in held:
        return rows.title
    return f"{rows.title}, {rows.row} {held.index(int(parts[1])) + 1}, {box_of(own).label.lower()}"


def _called(form: Form, row: str) -> str:
    """A row by the name that was given it, or by its place."""
    of, _, nth = row.partition(".")
    named = form.text(f"{row}.{LISTS[of].first}")
    held = form.rows[of]
    return named or f"{LISTS[of].title}, {LISTS[of].row} {held.index(int(nth)) + 1 if int(nth) in held else ''}".rstrip()
