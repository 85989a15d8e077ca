"""The command as somebody types it: a process of its own in a folder of its own."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
OWN_VARIABLES = ("RINGFENCE_DATABASE", "RINGFENCE_KEY_FILE", "RINGFENCE_OWNER_DATABASE", "RINGFENCE_PARAMETERS")


@dataclass(frozen=True)
class Told:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed for another program."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Desk:
    """A folder in which somebody types commands."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str | Path, code: int = 0, largest_file: int | None = None) -> Told:
        """Run `ringfence` with these words and check how it ends. Nobody is ever shown a traceback, and every refusal says something.

        `largest_file` is how many bytes any file may come to, as where a disk is full.
        """
        inherited = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
        told = _run(self.folder, [str(word) for word in words], {**inherited, **self.variables}, largest_file)
        assert "Traceback" not in told.out + told.err, told.err
        assert "should not have" not in told.err, told.err
        assert told.code == code, f"{words} ended with {told.code}: {told.out}{told.err}"
        assert told.code == 0 or told.err or "--json" in words, "it was refused without a word"
        return told

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def change(self, name: str, *changes: tuple[str, str]) -> Path:
        """One of the example files with a part of it changed."""
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in {name}"
            text = text.replace(old, new)
        return self.write(name, text)

    def with_variables(self, **variables: str) -> Desk:
        return Desk(self.folder, {**self.variables, **variables})

    def prepare(self, out: str = "out", month: str = "2026-10", *more: str) -> str:
        """Prepare a month; gives its digest."""
        return str(self.run("month-end", month, "--out", out, "--as", "asha", "--json", *more).data["digest"])

    def apply(self, file: str | Path = EXAMPLES / "apply.yaml") -> None:
        """Apply a file and have the other user approve it."""
        self.run("approve", self.run("apply", file, "--as", "asha", "--json").data["digest"], "--as", "ben")

    @property
    def books(self) -> str:
        """What is in the file of the books, in one line: the same only where nothing at all was stored."""
        return hashlib.sha256((self.folder / "ringfence.db").read_bytes()).hexdigest()

    @property
    def documents(self) -> dict[str, bytes]:
        """Every document in the folder `out`, by its name."""
        return {str(path.relative_to(self.folder / "out")): path.read_bytes()
                for path in sorted((self.folder / "out").rglob("*")) if path.is_file()}

    def import_visits(self, *rows: str, code: int = 0) -> Told:
        """Bring in visits of one carer: each row is visit, person, support, date."""
        lines = ["visit,carer,person,support,date,start,end,planned_minutes,planned_carers"]
        for row in rows:
            visit, person, support, day = row.split()
            lines.append(f"{visit},C07,{person},{support},{day},09:00,10:00,60,1")
        return self.run("import", "visits", self.write("more.csv", "\n".join(lines) + "\n"), "--as", "asha", "--json", code=code)


def _run(folder: Path, words: list[str], variables: dict[str, str], largest_file: int | None) -> Told:
    if not hasattr(os, "fork"):
        done = subprocess.run([sys.executable, "-m", "ringfence.cli.main", *words], cwd=folder, env=variables, stdin=subprocess.DEVNULL,
                              capture_output=True, encoding="utf-8", timeout=300, check=False)
        return Told(done.returncode, done.stdout, done.stderr)
    with tempfile.TemporaryDirectory() as spoken:
        out, err = Path(spoken, "out"), Path(spoken, "err")
        server = _preloaded()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps({"folder": str(folder), "words": words, "variables": variables, "out": str(out), "err": str(err),
                                       "largest_file": largest_file}) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return Told(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))


@cache
def _preloaded() -> subprocess.Popen[str]:
    server = subprocess.Popen([sys.executable, str(Path(__file__).with_name("preloaded.py"))], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, encoding="utf-8")
    atexit.register(server.communicate)
    return server
