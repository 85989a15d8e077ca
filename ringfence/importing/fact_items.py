"""Items of a file that are recorded as facts of a fund: what they have alike. Each kind is a model in a module of its subject.

Those that two people agree are sections of the apply file; those that one person may record alone are sections of the file of `record`.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from ringfence.importing import apply_fields as a
from ringfence.importing.apply_items import ApplyItem
from ringfence.importing.checked import FileModel


class FactItem(ApplyItem):
    """Something that is recorded under a reference of its own, from a day. `about` says it in a few words, for whoever approves it."""

    kind: ClassVar[str]
    """What the books call facts of this kind."""

    @property
    def reference(self) -> str:
        """What tells it from every other of its kind: what the file knows it by."""
        return " ".join(str(getattr(self, name)) for name in type(self).known_by)

    @property
    def day(self) -> date:
        """The day from which it counts."""
        raise NotImplementedError

    @property
    def about(self) -> str:
        raise NotImplementedError

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
