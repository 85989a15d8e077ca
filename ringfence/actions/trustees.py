"""The trustees' page: how the organisation stands with people's money, its own cash, its prices and what is late, without any name.

Everything is read through a connection that cannot read a name, whoever asks, and adds up what other pages show: the same figures as
reconciliation, the watch list and the register of what is sold below cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from sqlalchemy import Connection

from basics.errors import InputError
from basics.money import Money
from basics.periods import Month, Period, day_in_words, day_of, financial_year, minutes_in_words
from basics.rounding import half_away_from_nil, tenth
from invoicing.aged_debt import Bucket
from isf.accounts import FundKind
from isf.fees import standing
from isf.reconciliation import FundCash, Kept, Reconciled, is_overdue
from isf.trustees import Count, TrusteesPage, Value
from isf.watch import Matter, OfFund
from ringfence.actions.acting import Acting
from ringfence.actions.debts_open import debts_open
from ringfence.actions.fees import fees_kept
from ringfence.actions.fund_ends import ends_by
from ringfence.actions.fund_terms_known import terms_in_force
from ringfence.actions.reconciling import Signed, prepared
from ringfence.actions.rights import Right
from ringfence.actions.service_totals import surplus_for_trustees
from ringfence.actions.subsidies import Register, register
from ringfence.actions.surpluses import funds_with_cash, surpluses
from ringfence.actions.trustees_lines import lines_of
from ringfence.actions.trustees_promised import promised_overdue
from ringfence.actions.trustees_words import words_for_trustees
from ringfence.actions.watching_agreed import review_lines
from ringfence.documents.files import write_new_document
from ringfence.documents.printing import trustees_pdf
from ringfence.documents.trustees_workbook import trustees_workbook
from ringfence.importing.fact_items_reviews import Review
from ringfence.store import cash, closings, facts, figures, months, registry

ENDS_WITHIN = timedelta(days=90)
NOT_CHARGED = "Not charged yet"


@dataclass(frozen=True)
class _Asked:
    """One of the two days that are held beside each other, and the part of its month until then."""

    on: date
    our_cash: Money | None

    @property
    def days(self) -> Period:
        return Period(self.on.replace(day=1), self.on)


def trustees_page(acting: Acting, month: Month | None = None, *, our_cash: Money | None = None) -> TrusteesPage:
    """The page of a month (the last closed one, where none is named), beside the end of the month before. `our_cash` is what the provider's own
    bank accounts hold on its day, which these books do not know.

    Raises `InputError` for a month that is still to come.
    """
    with acting.reading(Right.FIGURES) as connection:
        of = month or months.closed_through(connection) or Month.of(acting.today)
    if of.first > acting.today:
        raise InputError(f"{of.in_words} is still to come.", "Ask for a month that has begun.")
    on, before = min(of.last, acting.today), of.previous.last
    with acting.reading(Right.FIGURES) as connection:
        provider, words = registry.provider(connection).get("name", ""), words_for_trustees(connection, of)
        surplus, fees = surplus_for_trustees(connection, on), standing(fees_kept(connection), on)
        now, then = _standing(connection, _Asked(on, our_cash)), _standing(connection, _Asked(before, None))
    now, then = now | _sold(register(acting, on)), then | _sold(register(acting, before))
    return TrusteesPage(provider, of, on, before, tuple(lines_of(now, then)), words, surplus, tuple(fees))


def _standing(connection: Connection, asked: _Asked) -> dict[str, Value]:
    """What the books say of one day, by the key of each line."""
    return {**_people(connection, asked), **_debts(connection, asked), **_support(connection, asked), **_late(connection, asked)}


def _people(connection: Connection, asked: _Asked) -> dict[str, Value]:
    held = Reconciled(asked.on, Kept.APART, 0, cash.cash_at(connection, asked.on))
    signed = [each for each in prepared(connection) if each.approved_by and each.reconciled.on <= asked.on]
    last_signed = max(signed, key=lambda each: each.reconciled.on, default=None)
    last = last_signed.reconciled if last_signed else None
    peoples = _peoples(connection)
    overdue = any(each.held for each in held.funds) and is_overdue(last.on if last else None, asked.on)
    return {
        "must_be_held": Money(held.must_be_held_pence), "held": Money(held.held_pence), "with_provider": Money(held.with_provider_pence),
        "bank": Money(last.bank_pence) if last else None, "difference": Money(last.difference_pence) if last else None,
        "reconciled": f"{day_in_words(last.on) if last else 'Never'}{': overdue' if overdue else ''}",
        "reconciled_by": _by_whom(last_signed) if last_signed else "Nobody yet",
        "overspend": Money(held.borne_pence), "overspent": Count(len(held.overspent), "fund"), "earned": Money(held.earned_pence),
        "owed": Money(-sum(min(0, _left(each)) for each in held.funds if each.fund in peoples)),
        "free_cash": _free(asked.our_cash, held, last)}


def _peoples(connection: Connection) -> set[str]:
    return {row.key for row in registry.funds(connection) if row.kind in (FundKind.ISF, FundKind.SPOT)}


def _by_whom(signed: Signed) -> str:
    return f"{signed.prepared_by} on {day_in_words(day_of(datetime.fromisoformat(signed.prepared_at)))}; signed off by {signed.approved_by}"


def _left(fund: FundCash) -> int:
    """The money held for a person, below nil where support was given that is not paid for yet."""
    return fund.held + fund.with_provider - fund.owed_provider + fund.borne


def _free(ours: Money | None, held: Reconciled, last: Reconciled | None) -> Money | None:
    """What of our own cash is ours: people's money that was collected into it is not; nor is any of theirs, unless it is known to lie apart."""
    if ours is None:
        return None
    theirs = held.with_provider_pence + (0 if last and last.kept is Kept.APART else held.must_be_held_pence)
    return ours - Money(theirs)


def _debts(connection: Connection, asked: _Asked) -> dict[str, Value]:
    aged = debts_open(connection, asked.on).aged
    found, promised = aged.debts, promised_overdue(connection, aged)
    over = sum(each.by_bucket.get(Bucket.OVER_90, 0) for each in found)
    return {"debts": Money(sum(each.open_pence for each in found)), "debts_over_90": Money(over),
            "debts_late": Money(sum(each.overdue_pence for each in found) - over),
            "promises": Money(sum(promised.values())), "promised_in": Count(len(promised.keys() & _peoples(connection)), "fund")}


def _support(connection: Connection, asked: _Asked) -> dict[str, Value]:
    closed, minutes = months.closed_through(connection), figures.moved(connection, "delivered", "minutes", asked.days)
    is_charged = closed is not None and Month.of(asked.on) <= closed
    found: dict[str, Value] = {"given": minutes_in_words(minutes), **_commissioned(connection, asked.on),
                               "voids": Money(figures.moved(connection, "void_cost", "pence", asked.days))}
    return found if is_charged else found | dict.fromkeys(("given", "commissioned_given"), NOT_CHARGED)


def _commissioned(connection: Connection, on: date) -> dict[str, Value]:
    """Hours commissioned since 1 April beside those given: of all days of the agreements, and at an even pace over the year."""
    year = financial_year(on)
    agreed, given, funds = figures.hours_agreed_and_given(connection, Period(year.first, on))
    passed = Fraction((on - year.first).days + 1, year.days)
    return {
        "commissioned": minutes_in_words(agreed), "commissioned_in": Count(funds, "fund"),
        "commissioned_given": f"{minutes_in_words(given)}, {tenth(Fraction(given * 100, agreed))}%" if agreed else minutes_in_words(given),
        "even_pace": f"{minutes_in_words(half_away_from_nil(agreed * passed))}, {tenth(passed * 100)}%"}


def _late(connection: Connection, asked: _Asked) -> dict[str, Value]:
    closed = {key for key, day in closings.closed_funds(connection).items() if day <= asked.on}
    of = {row.key: OfFund(row.key, "") for row in registry.funds(connection) if row.person and row.key not in closed}
    known = terms_in_force(connection, asked.on, named=False)
    over = [each for each in surpluses(connection, asked.on, months.closed_through(connection), known, funds_with_cash(connection, asked.on))
            if each.known.fund in of]
    ended = {key for key, each in ends_by(connection, Month.of(asked.on)).items() if each.ended_on is not None and each.ended_on < asked.on}
    held = [fact for fact in facts.facts(connection, Review.kind) if fact.from_on <= asked.on]
    due = review_lines(known, held, list(registry.fundings(connection)), [], {key: each for key, each in of.items() if key not in ended},
                       {each.funder: each.payer for each in known}, asked.on)
    count, pence = figures.contracts_ending(connection, asked.on, asked.on + ENDS_WITHIN)
    return {
        "surplus": Money(sum(max(reading.over for reading in each.readings) for each in over)), "surpluses": Count(len(over), "fund"),
        "reviews": Count(sum(each.is_late and each.matter is Matter.REVIEW for each in due), "review"),
        "contracts": Count(count, "contract"), "contracts_pounds": Money(pence)}


def _sold(found: Register) -> dict[str, Value]:
    year = found.per_year if not found.years_not_known else None
    return {"below_cost": Count(len(found.standing), "decision"), "below_cost_year": year, "cover": _percent(found.cover, found)}


def _percent(cover: Fraction | None, found: Register) -> str | None:
    if not found.standing:
        return "Nothing below it"
    return None if cover is None else f"{tenth(cover * 100)}%"


class Paper(StrEnum):
    """What the page is written as, by the ending of its file."""

    PDF = ".pdf"
    WORKBOOK = ".xlsx"


def paper_of(page: TrusteesPage, form: Paper) -> bytes:
    """The page as a file. The same page gives the same bytes."""
    return trustees_pdf(page) if form is Paper.PDF else trustees_workbook(page)


def keep_paper(page: TrusteesPage, path: Path) -> None:
    """Write the page to a file that ends in .pdf or .xlsx, whole or not at all. Raises `InputError` for another ending, or where something stands
    there already."""
    if path.suffix.lower() not in list(Paper):
        raise InputError("The name of this page ends in .pdf or .xlsx.", "Give a name that does.", str(path))
    write_new_document(path, paper_of(page, Paper(path.suffix.lower())))
