"""The imports so far, told one by one: what each brought, what became of it, and whether it can be taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from basics.errors import InputError, Problem, RingfenceError
from basics.periods import LONDON, Period
from invoicing.delivery import CANCELLED_AT
from ringfence.actions.acting import Acting
from ringfence.actions.applying import APPLY
from ringfence.actions.importing import Conflict, may_undo
from ringfence.store import imports

Listed: TypeAlias = imports.Listed
"""An import in one line, as a list reads it."""

KINDS = ("visits", "people", APPLY)
SECTIONS = {
    "provider": ("provider", "provider"), "funders": ("payer", "payers"), "contracts": ("contract", "contracts"),
    "houses": ("house", "houses"), "terms": ("set of terms", "sets of terms"), "rates": ("rate", "rates"),
    "fundings": ("funding", "fundings"), "plan": ("line of a plan", "lines of plans"), "splits": ("split", "splits"),
    "openings": ("opening", "openings"), "bank_lines": ("bank line", "bank lines"), "draws": ("draw", "draws"), "extras": ("extra", "extras"),
    "earmarks": ("earmark", "earmarks"), "fund_terms": ("set of terms of a fund", "sets of terms of funds"),
    "holdings": ("way of holding", "ways of holding"), "agreements": ("decision-making agreement", "decision-making agreements"),
    "set_aside": ("sum set aside", "sums set aside"), "taken_back": ("sum taken back", "sums taken back"),
    "conversions": ("conversion of hours", "conversions of hours"), "corrections": ("correction", "corrections"),
    "given_up": ("sum given up", "sums given up"), "never_paid": ("payment that never came", "payments that never came"),
    "bills": ("bill", "bills"), "misspent": ("misspent sum", "misspent sums"),
    "endings": ("ending of a fund", "endings of funds"), "contract_endings": ("ending of a contract", "endings of contracts"),
    "closings": ("closing of a fund", "closings of funds"),
    "points_tables": ("points table", "points tables"), "assessments": ("assessment", "assessments"),
    "final_budgets": ("final budget", "final budgets"), "support_plans": ("support plan", "support plans"),
    "outcomes": ("outcome", "outcomes"), "plan_answers": ("answer to a plan", "answers to plans"),
    "nominal_codes": ("nominal code", "nominal codes"), "contract_accounts": ("contract in the accounts", "contracts in the accounts"),
    "provisions": ("provision", "provisions"),
    "going_live": ("beginning of the books", "beginnings of the books"),
    "payer_contacts": ("contact of a payer", "contacts of payers"), "reminder_terms": ("ladder of reminders", "ladders of reminders"),
    "written_off": ("invoice written off", "invoices written off"),
    "orders": ("order", "orders"), "payer_references": ("reference of a payer", "references of payers"),
    "visits_corrected": ("visit put right", "visits put right"), "visits_repriced": ("price put right", "prices put right"),
    "instalments_credited": ("instalment credited", "instalments credited"),
}
_FIELDS = ("support", "date", "start", "end", "planned minutes", "minutes", "planned carers", "outcome", "reason", "cancelled")


@dataclass(frozen=True)
class ImportTold:
    """One import. `rows` are its visits, names or items; `standing` those that were not taken back; `file` the name of its file, which
    is not kept of agreements."""

    id: int
    kind: str
    file: str
    prepared_by: str
    prepared_at: datetime
    approved_by: str
    rows: int
    standing: int
    conflicts: int
    sections: tuple[tuple[str, int], ...]
    undone_by: str
    undone_at: datetime | None

    @property
    def is_taken_back(self) -> bool:
        return bool(self.undone_by)


@dataclass(frozen=True)
class ImportOpened:
    """One import with its days and its conflicts; `why_not` says why it cannot be taken back, None where it can."""

    told: ImportTold
    period: Period | None
    conflicts: tuple[Conflict, ...]
    why_not: Problem | None


def told(acting: Acting, listed: Sequence[Listed]) -> list[ImportTold]:
    """These imports with what each brought."""
    ids = [each.id for each in listed]
    with acting.reading() as connection:
        bodies, counts, undone = imports.bodies(connection, ids), imports.counts(connection, ids), imports.undone(connection, ids)
    return [_told(each, bodies.get(each.id, ""), counts, undone.get(each.id)) for each in listed]


def open_import(acting: Acting, import_id: int) -> ImportOpened:
    """One import in full. Raises `InputError` where there is none of this number."""
    with acting.reading() as connection:
        listed = next((each for each in imports.every_import(connection, KINDS) if each.id == import_id), None)
        if listed is None:
            raise InputError(f"There is no import {import_id}.", "Choose one of the list.")
        days = imports.days_of(connection, import_id)
        conflicts = tuple(_conflict(row) for row in imports.conflicts_of(connection, import_id))
    period = Period(date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else None
    return ImportOpened(told(acting, [listed])[0], period, conflicts, _why_not(acting, listed))


def visits_of_import(acting: Acting, import_id: int, first: int, most: int) -> list[Any]:
    """So many visits of an import from `first` on, in the order of the file."""
    with acting.reading() as connection:
        return list(imports.visits_of(connection, import_id, first, most))


def people_of_import(acting: Acting, import_id: int, first: int, most: int) -> list[Any]:
    """So many people whose names an import brought, from `first` on."""
    with acting.reading() as connection:
        return list(imports.people_of(connection, import_id, first, most))


def all_conflicts(acting: Acting) -> list[tuple[int, Conflict]]:
    """Every row in conflict that is not settled yet with the number of its import, the last first."""
    with acting.reading() as connection:
        return [(row.batch_id, _conflict(row)) for row in imports.conflicts_of(connection, None)]


def differences(conflict: Conflict) -> list[tuple[str, str, str]]:
    """What two versions of a visit say differently: the field, what is kept, what was offered. Times are those of the clock in the UK."""
    kept, offered = _fields(conflict.kept), _fields(conflict.offered)
    return [(name, _shown(name, was), _shown(name, said)) for name, was, said in zip(_FIELDS, kept, offered, strict=True) if was != said]


def _fields(content: str) -> list[str]:
    """The fields of a visit's content after its key, and when it was cancelled, which stands in front of the key; a reason may hold the
    mark that divides them."""
    cancelled, _, rest = content.removeprefix(CANCELLED_AT).partition("|") if content.startswith(CANCELLED_AT) else ("", "", content)
    return [*rest.split("|", 1 + len(_FIELDS))[3:], cancelled]


def _shown(name: str, text: str) -> str:
    if name == _FIELDS[-1] and text:
        return f"{datetime.fromisoformat(text).astimezone(LONDON):%d/%m/%Y %H:%M}"
    if name in ("start", "end") and text:
        return f"{datetime.fromisoformat(text).astimezone(LONDON):%H:%M}"
    return text or "nothing"


def _conflict(row: Any) -> Conflict:
    return Conflict(row.key, row.row_number, row.kept, row.offered)


def _told(listed: Listed, body: str, counts: dict[str, dict[int, int]], undone: Any) -> ImportTold:
    content = json.loads(body or "{}")
    sections = tuple((name, len(items) if isinstance(items, list) else 1)
                     for name in SECTIONS if (items := content.get(name))) if listed.kind == APPLY else ()
    rows = sum(count for _, count in sections) or counts[listed.kind if listed.kind != APPLY else "people"].get(listed.id, 0)
    return ImportTold(
        listed.id, listed.kind, content.get("file", ""), listed.prepared_by, datetime.fromisoformat(listed.prepared_at),
        listed.approved_by or "", rows, rows - counts["withdrawn"].get(listed.id, 0), counts["conflicts"].get(listed.id, 0), sections,
        undone.name if undone else "", datetime.fromisoformat(undone.recorded_at) if undone else None)


def _why_not(acting: Acting, listed: Listed) -> Problem | None:
    """Why an import cannot be taken back; None where it can."""
    if listed.kind == "people":
        return Problem("", "Names are not taken back: the funds and visits of these people stand on them.",
                       "To put a name right, bring in a file with the right one; the name before is kept.")
    if listed.kind == APPLY:
        return Problem("", "Agreements and money are not taken back as a whole.", "What was agreed changes with a later file; money is put "
                       "right by a line of its own.")
    try:
        may_undo(acting, listed.id)
    except RingfenceError as error:
        return error.problem
    return None
