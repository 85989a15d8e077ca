"""The recovery sheet: one page for the safe, made when the key of the books is chosen."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from basics.errors import InputError
from basics.periods import day_in_words

_SHEET = """RECOVERY SHEET OF RINGFENCE
{line}

The books of       {provider}
The file           {books}
Made on            {made_on}

The key of the books, exactly as it stands between the marks:

    >>>{key}<<<

Keep this sheet in the safe. Whoever has the key and a copy of the file can read everything in it.
Without the key nobody can open the books again: not you, not who wrote Ringfence.


THE KEY IS NOT A PASSPHRASE

The key opens the file; whoever starts Ringfence types it, or names a file that holds it.
A passphrase says who you are, once the books are open. Each user has their own, and nobody else's.


WHEN SOMETHING IS LOST

A passphrase is forgotten    An administrator makes a link on the page Users, or gives the command
                             ringfence user passphrase NAME --as ADMINISTRATOR
The only administrator       The same command, by whoever has the key: it opens the books, and --as says
is not there                 for whom. It is noted who acted.
The machine is lost          Put back the last copy of the file on another, and type the key above.
"""


def recovery_sheet(*, provider: str, books: str, key: str, made_on: date) -> str:
    """The sheet as text that any machine can print."""
    return _SHEET.format(line="=" * 27, provider=provider, books=books, key=key, made_on=day_in_words(made_on))


def sheet_beside(books: str) -> Path:
    """Where the sheet of books in a file stands, unless another place is named."""
    return Path(books.removeprefix("sqlite:///")).expanduser().with_suffix(".recovery-sheet.txt")


def write_sheet(path: Path, *, provider: str, books: str, key: str, made_on: date) -> None:
    """Write it where only its owner reads it; a file that is there is left as it is."""
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(recovery_sheet(provider=provider, books=books, key=key, made_on=made_on))
    except OSError as fault:
        raise InputError(f"The books are made, but the recovery sheet {path} is not: {fault.strerror}.",
                         "Write the key on paper yourself, now.") from fault
