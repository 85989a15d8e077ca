"""How much memory a process has had: each measurement of it runs in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path


def peak_megabytes() -> int | None:
    """The most memory that this process, or one that it started and waited for, has had, in megabytes; None where no system says it."""
    if sys.platform == "win32":
        return None
    import resource
    peak = max(resource.getrusage(of).ru_maxrss for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)


def megabytes_of(process_id: int) -> float | None:
    """What another process has in memory now, in megabytes; None where the system does not say it as Linux does."""
    told = Path(f"/proc/{process_id}/status")
    if not told.exists():
        return None
    kilobytes = next(line.split()[1] for line in told.read_text().splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024
