"""Long work that a page may ask another process for: the fixed list of it, and what a request says.

Nothing here draws anything, so that the other process need not read the packages that screens are drawn with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ringfence.actions import documents_out, importing, month_run, publishing, uploading
from ringfence.actions.acting import Acting
from ringfence.actions.desk import Desk
from ringfence.actions.papers import Progress

JOBS: Mapping[str, Callable[..., Any]] = {
    "review month": month_run.review,
    "prepare month": month_run.prepare,
    "issue month": month_run.issue,
    "lock month": month_run.lock,
    "try file": lambda acting, _on_progress, file: uploading.rehearsed(acting, file),
    "take back import": lambda acting, _on_progress, import_id: importing.undo_import(acting, import_id),
    "publish statements": lambda acting, on_progress, month, funds: publishing.publish(
        acting, month, funds, workers=month_run.processes(), on_progress=on_progress),
    "write documents": lambda acting, on_progress, month, out: documents_out.write_documents(
        acting, month, out, workers=month_run.processes(), on_progress=on_progress),
    "bring in file": lambda acting, _on_progress, file: uploading.brought_in(acting, file),
}
"""Each is called with who acts, a function to tell how much is done, and the arguments by name."""


@dataclass(frozen=True)
class Job:
    """One request: which of `JOBS`, in whose books, who asks, and the arguments. The books' key stands in it, so it travels by pipe."""

    name: str
    desk: Desk
    user: str
    arguments: Mapping[str, Any]

    def run(self, acting: Acting, on_progress: Progress) -> Any:
        return JOBS[self.name](acting, on_progress, **self.arguments)
