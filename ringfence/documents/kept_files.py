"""A folder of documents that remembers what it was written from, so that what has not changed is not printed again.

What was written is noted line by line, in a file beside the documents. A run that was stopped is taken up where it was; a document that somebody
changed or took away is written again.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from ringfence.documents import files

LIST = "written.jsonl"


class Kept(NamedTuple):
    """A document that was written: where, what it was made from, and what is in it."""

    path: str
    made_from: str
    sha256: str


class KeptFiles:
    """The documents of one folder. `path` is always below it, with “/” between its parts."""

    def __init__(self, folder: Path) -> None:
        files.check_folder(folder)
        self._folder = folder
        self._known = {each.path: each for each in _listed(folder / LIST)}
        self._there = set[str]()

    def stands(self, path: str, made_from: str) -> bool:
        """Whether the document stands there as it was written, made from the same."""
        known = self._known.get(path)
        if known is None or known.made_from != made_from:
            return False
        try:
            stands = hashlib.sha256((self._folder / path).read_bytes()).hexdigest() == known.sha256
        except OSError:
            return False
        if stands:
            self._there.add(path)
        return stands

    def write(self, path: str, made_from: str, content: bytes) -> None:
        """Write it whole, and note it. Raises `RingfenceError` where it cannot be written."""
        self._put(path, content)
        self._there.add(path)
        self._known[path] = Kept(path, made_from, hashlib.sha256(content).hexdigest())
        with (self._folder / LIST).open("a", encoding="utf-8", newline="\n") as noted:
            noted.write(json.dumps(self._known[path]) + "\n")

    def close(self) -> None:
        """Take away what earlier runs wrote and this one has not, like the large print of somebody who reads the standard form now, and what
        they left half-written; and note what stands."""
        for folder in {(self._folder / path).parent for path in self._known}:
            files.clear_left(folder)
        for path in self._known.keys() - self._there:
            (self._folder / path).unlink(missing_ok=True)
            del self._known[path]
        self._put(LIST, "".join(json.dumps(each) + "\n" for _, each in sorted(self._known.items())).encode())

    def _put(self, path: str, content: bytes) -> None:
        place = self._folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        files.write_document(place.parent, place.name, content)


def _listed(path: Path) -> list[Kept]:
    """What is noted; a line that was half written when the machine stopped is none."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            found.append(Kept(*json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found
