"""What a plan is to reach, what was found of it, and what a council answers to it: the words, in one place."""

from __future__ import annotations

from enum import StrEnum


class Found(StrEnum):
    """What a review found of an outcome."""

    MET = "met"
    PARTLY = "partly met"
    NOT_MET = "not met"


class Answer(StrEnum):
    """What a funder answers to a plan, or to a change of one."""

    AGREED = "agreed"
    REFUSED = "refused"
    REFERRED = "referred to a panel"
