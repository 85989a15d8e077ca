"""An audit pack as it leaves the house: its files, the zip that they make, and what that is called."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from basics.errors import InputError
from basics.periods import Period
from ringfence.actions.audit_entries import Tie
from ringfence.documents.files import document_name, write_new_document


@dataclass(frozen=True)
class InPack:
    """One file of a pack: its name in it, what it is, and its bytes."""

    name: str
    what: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class AuditPack:
    """A pack: its files, the index first; what is not in it and why; each statement beside the books; and in how many places somebody else’s
    name or reference was taken out."""

    fund: str
    period: Period
    files: tuple[InPack, ...]
    missing: tuple[str, ...]
    ties: tuple[Tie, ...]
    taken_out: int

    @property
    def content(self) -> bytes:
        """The zip. Every file in it bears the last day of the pack, so that the same files make the same zip."""
        held, last = io.BytesIO(), self.period.last
        with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
            for each in self.files:
                info = zipfile.ZipInfo(each.name, (max(last.year, 1980), last.month, last.day, 0, 0, 0))
                info.create_system, info.external_attr = 3, 0o644 << 16
                archive.writestr(info, each.content)
        return held.getvalue()


def pack_name(pack: AuditPack) -> str:
    """What the file of a pack is called: `audit-pack-isf-P001-2026-10-01-2026-12-31.zip`."""
    return document_name("audit-pack", pack.fund, pack.period.first.isoformat(), pack.period.last.isoformat(), form="zip")


def keep_pack(pack: AuditPack, path: Path) -> None:
    """Write the zip whole, or not at all. Raises `InputError` where its name does not end in .zip, or something stands there already."""
    if path.suffix.lower() != ".zip":
        raise InputError("The name of an audit pack ends in .zip.", "Give a name that does.", str(path))
    write_new_document(path, pack.content)
