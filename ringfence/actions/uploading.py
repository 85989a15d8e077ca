"""A file that was sent from a browser: tried first, then brought in. Its name is shown and kept, and never used as a path."""

from __future__ import annotations

import re
from dataclasses import dataclass

from basics.errors import RingfenceError
from ringfence.actions.acting import Acting
from ringfence.actions.applying import Applied, prepare, rehearse
from ringfence.actions.importing import Imported, take_people, take_visits
from ringfence.importing import people, visits
from ringfence.importing.apply_file import SECTIONS, apply_of
from ringfence.importing.tables import table_of
from ringfence.importing.templates import TEMPLATES, template
from ringfence.importing.yaml_text import yaml_text_of

PEOPLE, VISITS, APPLY = "people", "visits", "apply"
COLUMNS_OF = {PEOPLE: people.COLUMNS, VISITS: visits.COLUMNS}
LONGEST_NAME = 100
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Sent:
    """What was sent: its kind as the sender says, its content, and its name in a form that can be shown."""

    kind: str
    content: bytes
    name: str


def sent(kind: str, content: bytes, name: str) -> Sent:
    """What was sent, with the last part of its name, without what cannot be seen."""
    shown = _UNSEEN.sub("", re.split(r"[/\\]", name)[-1]).strip()[-LONGEST_NAME:]
    return Sent(kind, content, shown or "file")


def rehearsed(acting: Acting, file: Sent) -> Imported | Applied:
    """What would come in. Nothing is stored. Raises `InputError` or `Refused` where the file as a whole cannot be taken."""
    if file.kind == APPLY:
        return rehearse(acting, apply_of(yaml_text_of(file.content, file.name)))
    return _taken(acting, file, keep=False)


def brought_in(acting: Acting, file: Sent) -> Imported | Applied:
    """Bring it in; an apply file is prepared for another person to approve."""
    if file.kind == APPLY:
        return prepare(acting, apply_of(yaml_text_of(file.content, file.name)))
    return _taken(acting, file, keep=True)


def looks_like(file: Sent) -> str:
    """The other kind that a file could be read as, where it was sent as the wrong one; empty where there is none."""
    return next((kind for kind in (VISITS, PEOPLE, APPLY) if kind != file.kind and _could_be(kind, file)), "")


def _could_be(kind: str, file: Sent) -> bool:
    try:
        if kind == APPLY:
            return not set(SECTIONS).isdisjoint(yaml_text_of(file.content, file.name).data)
        return bool(table_of(file.content, file.name, known=COLUMNS_OF[kind]).rows)
    except RingfenceError:
        return False


def example_file(kind: str) -> tuple[str, bytes]:
    """An example of a file of this kind, with its name."""
    return TEMPLATES[kind], template(kind).encode()


def _taken(acting: Acting, file: Sent, *, keep: bool) -> Imported:
    table = table_of(file.content, file.name, known=COLUMNS_OF[file.kind])
    if file.kind == PEOPLE:
        return take_people(acting, people.people_in(table), keep=keep)
    return take_visits(acting, visits.visits_in(table), keep=keep)
