"""How funds, and what a draft is for, are called in lists."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from invoicing.drafts import AnyDraft, Draft
from ringfence.store import registry


def names_of_funds(connection: Connection) -> dict[str, str]:
    """How a fund is called in lists: the name the person is known by with their reference, or what the fund is for."""
    people = registry.people(connection)
    named = {}
    for row in registry.funds(connection):
        if row.person:
            named[row.key] = f"{people[row.person].known_as} ({row.person})"
        else:
            named[row.key] = f"Reserve of {row.contract}" if row.contract else "Our own: empty places"
    return named


def for_whom(draft: AnyDraft, names: Mapping[str, str]) -> str:
    """As the list of issued invoices says it: the person as we know them, or the instalment of a contract."""
    if not isinstance(draft, Draft):
        return f"{draft.contract}, instalment {draft.n}"
    return names[draft.fund] if draft.fund else f"{len(draft.funds)} people"
