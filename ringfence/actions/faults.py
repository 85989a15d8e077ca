"""A fault that nobody foresaw: its details go into a file, never to a screen."""

from __future__ import annotations

import tempfile
import traceback


def noted(error: Exception) -> str:
    """Where the details of a fault stand. They go into a file of their own that only this user can read: names may be in them."""
    details = "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile("w", prefix="ringfence-fault-", suffix=".txt", delete=False, encoding="utf-8") as file:
            file.write(details)
        return f"The details are in {file.name}: report it with that file, once names are taken out of it."
    except OSError:
        return f"The details could not be written to the disk either: {error}."
