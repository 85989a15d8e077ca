"""What the finance manager writes for the trustees’ meeting: what matters most, and the decisions that are wanted. It stands on their page of that
month, in the app and on paper, and names nobody.

Nothing is overwritten: what is written later takes the place of what was there, and the log has both.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from basics.errors import InputError, Refused
from basics.periods import Month
from isf.trustees import MeetingWords
from ringfence.actions.acting import Acting
from ringfence.actions.rights import Right
from ringfence.actions.without_names import faults
from ringfence.store import told_trustees
from ringfence.store.told_trustees import WORDS

LONGEST_WORDS = 300
"""Characters of each: the page stays one side of A4."""
BOXES = {"matters": "What matters most", "wanted": "Decisions wanted"}


def words_for_trustees(connection: Connection, month: Month) -> MeetingWords | None:
    """What stands written for the meeting about a month; None where nothing does. No name is read."""
    said = told_trustees.kept(connection, f"{WORDS} {month}")
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
        if problems := [problem for key, text in words.items() for problem in faults(connection, BOXES[key], text, LONGEST_WORDS)]:
            raise Refused("The words for the trustees were not kept:", problems)
        before = told_trustees.kept(connection, f"{WORDS} {month}")
        if words == {key: before[-1][key] if before else "" for key in words}:
            return
        body = {**words, "by": acting.user, "on": acting.today.isoformat()}
        told_trustees.keep(connection, f"{WORDS} {month}", body, by=acting.user, recorded_at=acting.recorded_at)
