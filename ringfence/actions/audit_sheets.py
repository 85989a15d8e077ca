"""The sheets of an audit pack: what was agreed, planned, recorded, kept as evidence and reconciled for one fund over some days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row as Read

from basics.money import Money
from basics.periods import Period, day_in_figures, day_in_words, minutes_in_words
from isf.fund_terms import IN_WORDS, in_words
from isf.plan import Measure, PlanLine, planned
from isf.reconciliation import EVERY, FundCash
from ringfence.actions.facts_told import Told
from ringfence.actions.fund_terms_known import KnownTerms
from ringfence.actions.people_and_funds import payer_name
from ringfence.actions.reconciling import Signed
from ringfence.actions.split_agreements import Agreement as SplitAgreement
from ringfence.documents.audit_sheet import SheetTable
from ringfence.importing.fact_items_corrections import Correction, GivenUp, NeverPaid
from ringfence.importing.fact_items_holding import Agreement, Holding
from ringfence.importing.fact_items_plan import Outcome, OutcomeFound
from ringfence.importing.fact_items_reviews import Review
from ringfence.importing.fact_items_spending import Bill, Misspent, PurchaseItem, Worry
from ringfence.importing.fact_items_splits import SumApproved
from ringfence.importing.fact_items_terms import FundTermsItem
from ringfence.store.funding_share import share_words

AGREED = (Holding.kind, Agreement.kind)
REVIEWED = (Review.kind, Outcome.kind, OutcomeFound.kind)
CORRECTED = (Correction.kind, GivenUp.kind, NeverPaid.kind)
SPENT = (PurchaseItem.kind, Bill.kind, Misspent.kind)
WORRIES = (Worry.kind,)
TERMS = (FundTermsItem.kind,)
SUMS = (SumApproved.kind,)
PLAN_COLUMNS = ("Support", "A week", "Paid by", "From", "To", "Planned on these days", "Given on these days", "Charged")
TOLD_COLUMNS = ("Day", "What", "What it says", "Recorded", "Agreed")


@dataclass(frozen=True)
class Given:
    """What stands charged for a line of the plan on some days: minutes, times and pence."""

    minutes: int = 0
    times: int = 0
    pence: int = 0


def payers(promises: Iterable[Read[Any]], period: Period) -> SheetTable:
    """Who pays into the fund on any of these days."""
    rows = [(payer_name(each), f"{each.how}, {share_words(each.share)}" if each.how == "delivery" else each.how, each.contract or "",
             each.order_number, _day(each.from_on), _day(each.to_on)) for each in promises
            if each.from_on <= period.last.isoformat() and each.to_on >= period.first.isoformat()]
    return SheetTable("Who pays", ("Payer", "How", "Contract", "Order", "From", "To"), tuple(rows), nothing="Nobody pays on these days.")


def split_agreed(found: Iterable[SplitAgreement]) -> SheetTable:
    """What the council agreed of each split in force: its method, and this person’s sum."""
    rows = tuple((each.contract, str(each.version), f"the sum of {Money(each.pence)}" if each.person else f"the method, {each.method}",
                  each.by or "not recorded", day_in_figures(each.on) if each.on else "", each.source) for each in found)
    return SheetTable("What the council agreed of the split", ("Contract", "Version", "What", "By", "On", "Where it is written"), rows,
                      nothing="This fund is of no contract that was split.")


def terms(known: Sequence[KnownTerms]) -> Iterator[SheetTable]:
    """Each funder’s terms in words, with where each is written, and what nobody knows."""
    for each in known:
        until = f" until {day_in_words(each.until)}" if each.until else ""
        unknown = "; ".join(IN_WORDS[name] for name in each.terms.unknown)
        yield SheetTable(
            f"Terms of {each.payer}, from {day_in_words(each.from_on)}{until}", ("Term", "What is agreed", "Where it is written"),
            tuple((name.replace("_", " ").capitalize(), in_words(value), each.terms.sources.get(name, ""))
                  for name, value in each.terms.known.items()),
            words=(f"Not known: {unknown}.",) if unknown else ())
    if not known:
        yield SheetTable("Terms", nothing="No terms of a funder are recorded for these days.")


def plan(lines: Iterable[PlanLine], given: Mapping[int, Given], names: Mapping[str, str], period: Period) -> SheetTable:
    """The lines of the plan on these days, each with what was planned and given on them."""
    held = sorted((each for each in lines if each.period.overlap(period)), key=lambda each: (each.words, each.reference, each.period))
    rows = [(each.words, _measured(each, each.per_week), names.get(each.funder or "", ""), day_in_figures(each.period.first),
             day_in_figures(each.period.last), _measured(each, planned(each, period)), _given(each, given.get(each.id, Given())),
             str(Money(given.get(each.id, Given()).pence))) for each in held]
    total = ("All lines", "", "", "", "", "", "", str(Money(sum(given.get(each.id, Given()).pence for each in held))))
    return SheetTable(f"The plan, {period}", PLAN_COLUMNS, tuple(rows), (1, 5, 6, 7), total if rows else (),
                      nothing="No plan is recorded for these days.")


def recorded(heading: str, found: Iterable[Told], nothing: str) -> SheetTable:
    """What was recorded, each version of it, by whom and when."""
    rows = tuple((day_in_figures(each.on), each.kind.capitalize(), each.words, f"{day_in_figures(each.recorded_on)} by {each.recorded_by}",
                  f"by {each.approved_by}" if each.approved_by else "recorded by one person") for each in found)
    return SheetTable(heading, TOLD_COLUMNS, rows, nothing=nothing)


def evidence(found: Iterable[Told], of_file: Callable[[str], str]) -> SheetTable:
    """Everything that money was or is to be spent on, and every file that is named as evidence of anything. `of_file` says where one is."""
    rows = [(day_in_figures(each.on), each.kind.capitalize(), each.words, digest or "none is named", of_file(digest) if digest else "")
            for each in found if each.files or each.kind in SPENT for digest in each.files or ("",)]
    return SheetTable("Evidence", ("Day", "What", "What it is evidence of", "sha256 of the file", "The file"), tuple(rows),
                      nothing="No purchase, no bill and no file of evidence is recorded on these days.")


def reconciled(signed: Iterable[Signed], fund: str, period: Period) -> SheetTable:
    """Each reconciliation of these days, by this fund’s own line in it: the others’ money is not this fund’s to tell."""
    held = sorted((each for each in signed if each.approved_by and each.reconciled.on in period), key=lambda each: (each.reconciled.on, each.digest))
    rows = []
    for each in held:
        own = next((one for one in each.reconciled.funds if one.fund == fund), FundCash(fund, 0, 0, 0, 0))
        rows.append((day_in_figures(each.reconciled.on), str(Money(own.held)), str(Money(own.earned)), str(Money(own.must_be_held)),
                     str(Money(own.borne)), _agreed(each, fund), f"prepared by {each.prepared_by}, signed off by {each.approved_by}"))
    return SheetTable(
        "People’s money beside the bank", ("Day", "Held", "Earned, not drawn", "Must be held", "Overspent", "All funds and the bank", "Who"),
        tuple(rows), (1, 2, 3, 4), words=("Each line is of this fund. Its money is reconciled together with all others’, whose sums are not shown.",),
        nothing="None was signed off for a day of these.")


def _agreed(each: Signed, fund: str) -> str:
    if each.reconciled.agrees:
        return "it agreed"
    said = "; ".join(f"{item.words} {Money(item.pence)}" for item in each.reconciled.explained if item.fund == fund)
    return f"each difference was explained; of this fund: {said or 'none'}"


def gaps(signed: Iterable[Signed], period: Period) -> Iterator[str]:
    """Stretches of more than five weeks within these days in which no reconciliation was signed off."""
    days = sorted({each.reconciled.on for each in signed if each.approved_by})
    inside = [day for day in days if day in period]
    before = max((day for day in days if day < period.first), default=None)
    for one, other in zip([before or period.first, *inside], [*inside, period.last], strict=True):
        if other - one > EVERY:
            yield (f"Between {day_in_words(one)} and {day_in_words(other)} no reconciliation was signed off: more than five weeks.")


def _day(text: str) -> str:
    return day_in_figures(date.fromisoformat(text))


def _measured(line: PlanLine, count: Any) -> str:
    return minutes_in_words(int(count)) if line.measure is Measure.MINUTES else f"{count} {'time' if count == 1 else 'times'}"


def _given(line: PlanLine, given: Given) -> str:
    return _measured(line, given.minutes if line.measure is Measure.MINUTES else given.times)
