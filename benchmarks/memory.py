"""How much memory a process has had: each measurement of it runs in a process of its own."""

from __future__ import annotations

import sys


def peak_megabytes() -> int | None:
    """The most memory that this process, or one that it started and waited for, has had, in megabytes; None where no system says it."""
    if sys.platform == "win32":
        return None
    import resource
    peak = max(resource.getrusage(of).ru_maxrss for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)
