"""Everything recorded of a fund, said in words: each version with who recorded it, who approved it, and the files that it names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection

from basics.periods import Period, day_of
from ringfence.actions.evidence import EVIDENCE
from ringfence.actions.published import PUBLISHED
from ringfence.importing.apply_file import FACTS
from ringfence.importing.fact_items import FactItem
from ringfence.importing.fact_items_absences import AbsenceSaid
from ringfence.importing.fact_items_accounts import Provision
from ringfence.importing.fact_items_forms import StatementForm
from ringfence.importing.fact_items_plan import Assessment, FinalBudget, PlanAnswer, SupportPlan
from ringfence.importing.fact_items_spending import Worry
from ringfence.importing.fact_items_splits import SumApproved
from ringfence.importing.fact_items_support import SupportReason
from ringfence.importing.record_file import RECORDS
from ringfence.store import facts
from ringfence.store.facts import Fact

MODELS: Mapping[str, type[FactItem]] = {each.kind: each for each in (*FACTS.values(), *RECORDS.values())}
STANDING = (Assessment.kind, SupportPlan.kind, PlanAnswer.kind, FinalBudget.kind, SumApproved.kind, SupportReason.kind, StatementForm.kind,
            Provision.kind)
"""Kinds that hold from their day until something else is said."""
LASTING: Mapping[str, str] = {kind: "until" for kind, model in MODELS.items() if "until" in model.model_fields} | {
    Worry.kind: "outcome_on", AbsenceSaid.kind: "to"}
"""Kinds that may have a last day, and the key that says it."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Told:
    """One version of something recorded: its kind, the day it is about, what it says, and by whom. `files` are the sha256 of the files that
    it names as evidence."""

    kind: str
    reference: str
    version: int
    on: date
    words: str
    recorded_on: date
    recorded_by: str
    approved_by: str | None
    files: tuple[str, ...]


def told(connection: Connection, fund_key: str, person: str, period: Period) -> list[Told]:
    """What bears on some days of a fund, every version of it: what stands or lasts and holds on one of them, what else is about one of them or
    was recorded on one, and the evidence of that, whenever it was kept."""
    recorded = defaultdict[tuple[str, str], list[Fact]](list)
    for each in facts.history(connection, fund_key, person):
        recorded[each.kind, each.reference].append(each)
    bears = {key for key, versions in recorded.items() if _bears(versions, period)}
    about = {reference for _, reference in bears}
    bears |= {key for key, versions in recorded.items() if versions[-1].kind == EVIDENCE and versions[-1].said["about"] in about}
    found = (each for key in bears for each in recorded[key])
    return sorted(map(_told, found), key=lambda each: (each.on, each.kind, each.reference, each.version))


def _bears(versions: Sequence[Fact], period: Period) -> bool:
    """What stands goes on until something else is said; what lasts has a last day; a worry goes on until something has come of it."""
    latest = versions[-1]
    if latest.kind in STANDING:
        return latest.from_on <= period.last
    if latest.kind in LASTING:
        last = latest.said.get(LASTING[latest.kind], date.max.isoformat())
        return latest.from_on <= period.last and last >= period.first.isoformat()
    return any(each.from_on in period or _recorded_on(each) in period for each in versions)


def _told(fact: Fact) -> Told:
    return Told(fact.kind, fact.reference, fact.version, fact.from_on, _words(fact), _recorded_on(fact), fact.recorded_by, fact.approved_by,
                tuple(dict.fromkeys(filter(_SHA256.fullmatch, texts_of(fact.said)))))


def _words(fact: Fact) -> str:
    """What the kind of fact says of itself; of one that was written in an older way, every key of it."""
    if fact.kind == EVIDENCE:
        return f"{fact.said['name']}, of {fact.said['about']}: {fact.said['words']}"
    if fact.kind == PUBLISHED:
        return f"{fact.reference[:1].upper()}{fact.reference[1:]} published in {fact.said['form']}"
    model = MODELS.get(fact.kind)
    if model is not None:
        keys = {field.alias or name for name, field in model.model_fields.items()}
        try:
            words = model.model_validate({key: value for key, value in fact.said.items() if key in keys}).about
        except ValidationError:
            pass
        else:
            return words[:1].upper() + words[1:]
    return "; ".join(f"{key.replace('_', ' ')}: {value}" for key, value in fact.said.items())


def texts_of(said: Any) -> Iterator[str]:
    """Every text of what is kept as JSON, however deep it stands."""
    match said:
        case str():
            yield said
        case Mapping():
            for each in said.values():
                yield from texts_of(each)
        case list():
            for each in said:
                yield from texts_of(each)


def _recorded_on(fact: Fact) -> date:
    return day_of(datetime.fromisoformat(fact.recorded_at))
