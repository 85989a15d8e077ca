"""The edition of everything that shapes a document but its record: templates, words, letters, pictures and the typesetter.

Where it is the same, the same record makes the same file, and need not be printed again.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import basics

SHAPES = ("*.py", "*.typ", "*.jinja", "*.css", "fonts/*.ttf", "fonts/*.woff2", "pictures/*.svg")
PACKAGES = ("typst", "jinja2", "markupsafe")


@cache
def edition() -> str:
    """The sha256 of all of it, in hexadecimal."""
    found = hashlib.sha256(" ".join(f"{each} {version(each)}" for each in PACKAGES).encode())
    here, shared = Path(__file__).parent, Path(str(basics.__file__)).parent
    for path in [*sorted(path for shape in SHAPES for path in here.glob(shape)), *sorted(shared.rglob("*.py"))]:
        found.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()
