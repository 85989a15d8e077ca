"""The file of `ringfence apply`: who pays, what was agreed, how it is divided, what the bank shows. Format: docs/formats/apply.md."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, PrivateAttr, ValidationError

from basics.errors import Problem, Refused
from basics.money import Money
from ringfence.importing.apply_checks import Sections, file_findings
from ringfence.importing.apply_items import ApplyItem, Contract, Funder, Funding, House, PlanLine, Provider, Rate, Terms
from ringfence.importing.apply_money import BankLine, Draw, Extra, Opening
from ringfence.importing.apply_splits import Split
from ringfence.importing.checked import FileModel
from ringfence.importing.fact_items import FactItem
from ringfence.importing.fact_items_accounts import ContractAccounts, NominalCode, Provision
from ringfence.importing.fact_items_banked import Conversion, SetAside, TakenBack
from ringfence.importing.fact_items_corrections import Correction, GivenUp, NeverPaid
from ringfence.importing.fact_items_credits import InstalmentCredited
from ringfence.importing.fact_items_debts import PayerContact, ReminderTerms, WrittenOff
from ringfence.importing.fact_items_endings import Closing, ContractEnding, Ending
from ringfence.importing.fact_items_going_live import GoingLive
from ringfence.importing.fact_items_holding import Agreement, Holding
from ringfence.importing.fact_items_money import Earmark
from ringfence.importing.fact_items_orders import OrderSaid, PayerReference
from ringfence.importing.fact_items_plan import Assessment, FinalBudget, Outcome, PlanAnswer, PointsTableItem, SupportPlan
from ringfence.importing.fact_items_spending import Bill, Misspent
from ringfence.importing.fact_items_terms import FundTermsItem
from ringfence.importing.fact_items_visits import VisitCorrected, VisitsRepriced
from ringfence.importing.problems import Finding, findings, in_words, unknown_key
from ringfence.importing.yaml_text import Place, YamlText, read_yaml_text

_LISTS: Mapping[str, type[ApplyItem]] = {
    "funders": Funder, "contracts": Contract, "houses": House, "terms": Terms, "rates": Rate, "fundings": Funding, "plan": PlanLine,
    "splits": Split, "openings": Opening, "bank_lines": BankLine, "draws": Draw, "extras": Extra, "closings": Closing,
}
FACTS: Mapping[str, type[FactItem]] = {
    "earmarks": Earmark, "fund_terms": FundTermsItem, "holdings": Holding, "agreements": Agreement,
    "set_aside": SetAside, "taken_back": TakenBack, "conversions": Conversion, "corrections": Correction, "given_up": GivenUp,
    "never_paid": NeverPaid, "bills": Bill, "misspent": Misspent, "endings": Ending, "contract_endings": ContractEnding,
    "points_tables": PointsTableItem, "assessments": Assessment, "final_budgets": FinalBudget, "support_plans": SupportPlan,
    "outcomes": Outcome, "plan_answers": PlanAnswer,
    "nominal_codes": NominalCode, "contract_accounts": ContractAccounts, "provisions": Provision,
    "going_live": GoingLive,
    "visits_corrected": VisitCorrected, "visits_repriced": VisitsRepriced,
    "instalments_credited": InstalmentCredited,
    "payer_contacts": PayerContact, "reminder_terms": ReminderTerms, "written_off": WrittenOff,
    "orders": OrderSaid, "payer_references": PayerReference,
}
"""Sections that are recorded as facts of a fund."""
SECTIONS = ("provider", *_LISTS, *FACTS)


@dataclass(frozen=True)
class Written:
    """What was written, and on which line each key stands (nowhere, for what code has built)."""

    name: str
    data: Mapping[str, object]
    lines: Mapping[Place, int] = field(default_factory=dict)

    def where(self, place: Place) -> str:
        """“setup.yaml, line 40, fundings, item 3 (P007), person”. A key that is missing stands at the line of what it is missing from."""
        line = next((self.lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in self.lines), None)
        return ", ".join(filter(None, (self.name, f"line {line}" if line else "", in_words(place, self.data))))


class SaidFile(FileModel):
    """A file of sections, each a list of items. It remembers where each thing was written."""

    _written: Written = PrivateAttr()

    def where(self, *place: str | int) -> str:
        """Where something stands in the file, for a problem found later: `where("fundings", 2, "person")` is
        “setup.yaml, line 40, fundings, item 3 (P007), person”."""
        return self._written.where(place)

    def digestable(self) -> dict[str, object]:
        """What the file says in one form that JSON can hold: keys in order, days and figures as text, items sorted.

        Two files that say the same, in whatever order and layout, give the same.
        """
        return {name: content for name in sorted(type(self).model_fields) if (content := _canonical(getattr(self, name)))}


Said = TypeVar("Said", bound=SaidFile)


class ApplyFile(SaidFile):
    """Everything that one apply file says, each section empty where the file has none."""

    provider: Provider | None = None
    funders: tuple[Funder, ...] = ()
    contracts: tuple[Contract, ...] = ()
    houses: tuple[House, ...] = ()
    terms: tuple[Terms, ...] = ()
    rates: tuple[Rate, ...] = ()
    fundings: tuple[Funding, ...] = ()
    plan: tuple[PlanLine, ...] = ()
    splits: tuple[Split, ...] = ()
    openings: tuple[Opening, ...] = ()
    bank_lines: tuple[BankLine, ...] = ()
    draws: tuple[Draw, ...] = ()
    extras: tuple[Extra, ...] = ()
    earmarks: tuple[Earmark, ...] = ()
    fund_terms: tuple[FundTermsItem, ...] = ()
    holdings: tuple[Holding, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    taken_back: tuple[TakenBack, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    corrections: tuple[Correction, ...] = ()
    given_up: tuple[GivenUp, ...] = ()
    never_paid: tuple[NeverPaid, ...] = ()
    bills: tuple[Bill, ...] = ()
    misspent: tuple[Misspent, ...] = ()
    endings: tuple[Ending, ...] = ()
    contract_endings: tuple[ContractEnding, ...] = ()
    closings: tuple[Closing, ...] = ()
    points_tables: tuple[PointsTableItem, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    final_budgets: tuple[FinalBudget, ...] = ()
    support_plans: tuple[SupportPlan, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    plan_answers: tuple[PlanAnswer, ...] = ()
    nominal_codes: tuple[NominalCode, ...] = ()
    contract_accounts: tuple[ContractAccounts, ...] = ()
    provisions: tuple[Provision, ...] = ()
    going_live: tuple[GoingLive, ...] = ()
    visits_corrected: tuple[VisitCorrected, ...] = ()
    visits_repriced: tuple[VisitsRepriced, ...] = ()
    instalments_credited: tuple[InstalmentCredited, ...] = ()
    payer_contacts: tuple[PayerContact, ...] = ()
    reminder_terms: tuple[ReminderTerms, ...] = ()
    written_off: tuple[WrittenOff, ...] = ()
    orders: tuple[OrderSaid, ...] = ()
    payer_references: tuple[PayerReference, ...] = ()


def read_apply(path: Path) -> ApplyFile:
    """Read and check an apply file. Raises `Refused` with every problem of it, each with its line and what to do,
    or `InputError` where it is not YAML at all."""
    return apply_of(read_yaml_text(path))


def apply_of(text: YamlText) -> ApplyFile:
    """The same for what is read already."""
    return _parse(Written(text.name, text.data, text.lines))


def parse_apply(data: Mapping[str, object], place: str) -> ApplyFile:
    """The same for what code has built: keys and values as in a file, with `Money` and `Decimal` as they are. `place` names it."""
    return _parse(Written(place, data))


def _parse(written: Written) -> ApplyFile:
    return parse_sections(written, ApplyFile, {**_LISTS, **FACTS}, file_findings)


def parse_sections(written: Written, model: type[Said], lists: Mapping[str, type[ApplyItem]],
                   also: Callable[[Sections], Iterable[Finding]] = lambda _: ()) -> Said:
    """The items of every section, and what `also` finds of them together. Raises `Refused` with every problem of the file."""
    data, known = written.data, tuple(model.model_fields)
    found = [Finding((), *unknown_key(str(key), known)) for key in data if key not in known]
    sections = {section: _items(data, section, each, found) for section, each in lists.items()}
    content: dict[str, object] = {section: tuple(item for _, item in items) for section, items in sections.items()}
    if "provider" in known and data.get("provider") is not None:
        content["provider"] = _item(data["provider"], Provider, ("provider",), found)
    found += also(sections)
    if found:
        raise Refused(f"{written.name} was not taken:",
                      [Problem(written.where(one.place), one.what, one.to_do) for one in dict.fromkeys(found)])
    file = model.model_validate(content)
    file._written = written
    return file


def _items(data: Mapping[str, object], section: str, model: type[ApplyItem], found: list[Finding]) -> list[tuple[int, ApplyItem]]:
    raw = data.get(section)
    if raw is None:
        return []
    if not isinstance(raw, (list, tuple)):
        found.append(Finding((section,), "is not a list.", "Begin each item with “- ”."))
        return []
    items = ((n, _item(one, model, (section, n), found)) for n, one in enumerate(raw))
    return [(n, item) for n, item in items if item is not None]


def _item(raw: object, model: type[ApplyItem], at: Place, found: list[Finding]) -> ApplyItem | None:
    """One item as its model, or None and what is wrong with it."""
    wrong = [Finding((*at, *one.place), one.what, one.to_do) for one in model.presence(raw)] if isinstance(raw, Mapping) else []
    item = None
    try:
        item = model.model_validate(raw)
    except ValidationError as error:
        wrong += findings(error, model, at)
    else:
        if not wrong:
            wrong += [Finding((*at, *one.place), one.what, one.to_do) for one in item.consistency()]
    found += wrong
    return None if wrong else item


def as_written(item: BaseModel) -> dict[str, object]:
    """One item as a file says it, in what JSON can hold: every key that was given, by the name that it has in the file."""
    return dict(sorted(_filled(item)))


def _canonical(value: object) -> object:
    match value:
        case Money():
            return value.plain
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
        case BaseModel():
            return as_written(value)
        case tuple():
            parts = [_canonical(part) for part in value]
            return sorted(parts, key=json.dumps) if any(isinstance(part, dict) for part in parts) else parts
        case _:
            return value


def _filled(model: BaseModel) -> Iterator[tuple[str, object]]:
    for name, known in type(model).model_fields.items():
        value = getattr(model, name)
        if value not in (None, ()):
            yield known.alias or name, _canonical(value)
