"""Writing a document to a folder: whole or not at all, under a name made from references only."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from basics.errors import InputError, Problem, Refused, RingfenceError
from basics.people import reference

LONGEST_NAME = 120
"""Letters in a file name: short enough for folders inside folders on every system."""

_RESERVED = {"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(10))}
"""Names that Windows keeps for devices, whatever ending they have."""

_LEFT_SECONDS = 600
"""A half-written file this old belongs to nobody: a document is written in far less, and another process may be writing its own."""


def document_name(*references: str, form: str) -> str:
    """A file's name from references and its form: `("statement", "2026-10", "P-0042", form="pdf")` is `statement-2026-10-P-0042.pdf`.

    A person's name never stands in it. Raises `InputError` for a part that is no reference, and for a name that Windows keeps or
    that is longer than 120 letters.
    """
    return _safe(f"{'-'.join(reference(part) for part in references)}.{reference(form)}")


def check_folder(folder: Path, names: Iterable[str] = ()) -> None:
    """See, before a run begins, that documents can be written there; the folder is made if it is not there yet.

    What a run that was killed left half-written there is taken away.
    Raises `RingfenceError` where they cannot, and `Refused` with each of the `names` that another differs from by capitals only:
    on Windows and macOS they are one file, and one person's document would replace another's.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise _cannot_write(folder, fault) from fault
    probe = f".ringfence-{os.getpid()}.check"
    write_document(folder, probe, b"")
    (folder / probe).unlink()
    clear_left(folder)
    same = list(_same_but_for_capitals(names))
    if same:
        raise Refused("Some documents would replace each other.", same)


def write_document(folder: Path, name: str, content: bytes) -> None:
    """Write a document whole: to a file beside it first, brought to the disk, then given its name in one step.

    Whatever fails, a document that stood there before stays as it was. Raises `RingfenceError` that says what to do.
    """
    path, part = folder / _safe(name), folder / f".{name}.{os.getpid()}.part"
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as fault:
        _remove(part)
        raise _cannot_write(path, fault) from fault


def write_new_document(path: Path, content: bytes) -> None:
    """The same where nothing of this name stands yet. Raises `InputError` where something does: somebody may have worked in it."""
    if path.exists():
        raise InputError("There is a file of this name already, and it is left as it is.", "Give another name, or remove that file.", str(path))
    write_document(path.parent, path.name, content)


def _safe(name: str) -> str:
    if len(name) > LONGEST_NAME:
        raise InputError(f"“{name[:40]}…” is longer than a file's name may be ({LONGEST_NAME} letters).", "Use shorter references.")
    if name.split(".")[0].casefold() in _RESERVED:
        raise InputError(f"“{name}” is a name that Windows keeps for itself.", "Use another reference.")
    if "/" in name or "\\" in name or name in {"", ".", ".."} or name.endswith("."):
        raise InputError(f"“{name}” is not the name of a file in that folder.", "Use references only.")
    return name


def _same_but_for_capitals(names: Iterable[str]) -> Iterable[Problem]:
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            yield Problem(name, f"It differs from {other} by capital letters only.", "Change one of the two references.")


def _cannot_write(path: Path, fault: OSError) -> RingfenceError:
    return RingfenceError(
        f"It could not be written: {fault.strerror or fault}.",
        "Check that the folder is there, that you may write to it, that the disk has room and that the file is not open elsewhere. "
        "Then give the same command again: what was written stays right.",
        str(path),
    )


def clear_left(folder: Path) -> None:
    """Take away what was never given its name, whoever began it: it holds a part of somebody's document."""
    for left in [*folder.glob(".*.part"), *folder.glob(".ringfence-*.check")]:
        try:
            is_left = time.time() - left.stat().st_mtime > _LEFT_SECONDS
        except OSError:
            continue  # whoever is writing it has just given it its name
        if is_left:
            _remove(left)


def _remove(part: Path) -> None:
    """Take the half-written file away; if even that fails, the first fault is the one to tell."""
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return
