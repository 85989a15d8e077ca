"""Items of a file that are recorded as facts of a fund: what they have alike. Each kind is a model in a module of its subject.

Those that two people agree are sections of the apply file; those that one person may record alone are sections of the file of `record`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field

from ringfence.importing import apply_fields as a
from ringfence.importing.apply_items import ApplyItem
from ringfence.importing.checked import FileModel
from ringfence.importing.problems import Finding


class FactItem(ApplyItem):
    """Something that is recorded under a reference of its own, from a day. `about` says it in a few words, for whoever approves it."""

    kind: ClassVar[str]
    """What the books call facts of this kind."""

    @property
    def reference(self) -> str:
        """What tells it from every other of its kind: what the file knows it by."""
        return " ".join(str(getattr(self, name)) for name in type(self).known_by)

    @property
    @abstractmethod
    def day(self) -> date:
        """The day from which it counts."""

    @property
    @abstractmethod
    def about(self) -> str: ...

    @property
    def resolved(self) -> FileModel | None:
        """What the item takes from elsewhere, like a preset, as it is now: kept beside what was written, so that it never changes."""
        return None


class FactOfAPerson(FactItem):
    """A fact of one person, whichever fund they have, or before they have one."""

    person: a.Reference


class FactOfAFund(FactItem):
    """A fact of one fund."""

    person: a.Reference
    fund: a.AFundKind


class OnADay(FactItem):
    """A fact that is about one day."""

    on: a.Day

    @property
    def day(self) -> date:
        return self.on


class FromADay(FactItem):
    """A fact that counts from a day."""

    from_on: a.Day = Field(alias="from")

    @property
    def day(self) -> date:
        return self.from_on


class Lasting(FromADay):
    """A fact that holds from a day, and perhaps until one."""

    until: a.Day | None = None

    def consistency(self) -> Iterator[Finding]:
        if self.until is not None and self.until < self.from_on:
            yield Finding(("until",), "is before “from”.", "Check the two days.")


class SaidOfAFund(FactOfAFund, OnADay):
    """A fact of one fund that is about one day, with what is said of it."""

    words: a.Words
