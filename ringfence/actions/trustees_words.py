"""What the finance manager writes for the trustees’ meeting: what matters most, and the decisions that are wanted. It stands on their page of that
month, in the app and on paper, and names nobody.

Nothing is overwritten: what is written later takes the place of what was there, and the log has both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from basics.errors import InputError, Problem, Refused
from basics.periods import Month
from isf.trustees import MeetingWords
from ringfence.actions.acting import Acting
from ringfence.actions.rights import Right
from ringfence.documents.pages import refuse_unseen
from ringfence.store import batches, meeting_words, registry

LONGEST_WORDS = 300
"""Characters of each: the page stays one side of A4."""
BOXES = {"matters": "What matters most", "wanted": "Decisions wanted"}


def words_for_trustees(connection: Connection, month: Month) -> MeetingWords | None:
    """What stands written for the meeting about a month; None where nothing does. No name is read."""
    said = meeting_words.said(connection, str(month))
    if not said or not (said[-1]["matters"] or said[-1]["wanted"]):
        return None
    last = said[-1]
    return MeetingWords(last["matters"], last["wanted"], last["by"], date.fromisoformat(last["on"]))


def say_to_trustees(acting: Acting, month: Month, matters: str, wanted: str) -> None:
    """Keep what is written for a month’s page, in the place of what stood there; nothing written takes it away. Saying the same again changes
    nothing.

    Raises `Refused` with everything that is wrong: too long, or somebody’s name or reference in it; `InputError` for a month to come.
    """
    if month.first > acting.today:
        raise InputError(f"{month.in_words} is still to come.", "Write for a month that has begun.")
    words = {"matters": " ".join(matters.split()), "wanted": " ".join(wanted.split())}
    with acting.writing(Right.PREPARE) as connection:
        if problems := [problem for key, text in words.items() for problem in _faults(connection, BOXES[key], text)]:
            raise Refused("The words for the trustees were not kept:", problems)
        before = meeting_words.said(connection, str(month))
        if words == {key: before[-1][key] if before else "" for key in words}:
            return
        n, body = len(before) + 1, {**words, "by": acting.user, "on": acting.today.isoformat()}
        batches.open_batch(connection, kind=meeting_words.FOR_TRUSTEES, key=f"{meeting_words.FOR_TRUSTEES} {month} {n}", digest="",
                           prepared_by=acting.user, recorded_at=acting.recorded_at, body=registry.canonical(body))
        meeting_words.say(connection, str(month), n, body)


def _faults(connection: Connection, box: str, text: str) -> Iterator[Problem]:
    if len(text) > LONGEST_WORDS:
        yield Problem(box, f"This is {len(text)} characters long, and the page is one side of A4.", f"Shorten it to {LONGEST_WORDS}.")
    try:
        refuse_unseen({"text": text}, box)
    except InputError as error:
        yield error.problem
    for name in sorted(_named(connection)):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield Problem(box, f"“{name}” is somebody here, and no name stands on this page.", "Say it without the name.")


def _named(connection: Connection) -> Iterator[str]:
    """What people who are supported, and those who pay out of their own pocket, are called."""
    for person in registry.people(connection).values():
        yield from {person.reference, person.name, person.known_as} - {""}
    for funder in registry.funders(connection).values():
        if funder.kind.is_individual:
            yield from {funder.reference, funder.name} - {""}
