"""What the readers’ pages say, as finished text in reading order: taken from published statements, of which nothing is computed anew but a
month’s total, by adding up lines that the statement prints."""

from __future__ import annotations

from basics.money import Money
from basics.periods import Month, day_in_words
from basics.vocabulary import say
from costing.paid_for import PaidFor
from isf.accounts import FundKind
from isf.statement import Contact, Statement
from isf.statement_forms import Form
from ringfence.actions.reading import Known, Shown, forms_of
from ringfence.documents import words
from ringfence.documents.pages import Page, nil_or_more, statement_page
from ringfence.documents.paid_for_page import paid_for_page
from ringfence.documents.statement_files import ENDINGS

MOST_MONTHS = 12
WHICH_MONEY = {FundKind.ISF: "The budget that we look after", FundKind.SPOT: "Support that is paid for as it comes"}
"""Told apart only where somebody has both."""
FORMS = {Form.STANDARD: "To print (PDF)", Form.LARGE_16: "Large print (PDF)", Form.LARGE_18: "Large print (PDF)",
         Form.LARGE_22: "Very large print (PDF)", Form.EASY_READ: "Easy Read, with pictures (PDF)", Form.WEB_PAGE: "To read on a phone",
         Form.PLAIN_TEXT: "Plain text"}


def as_what(known: Known) -> str:
    """As what somebody reads, and until when: “You read this as Liam’s attorney, until 31 March 2027.”"""
    whose = known.grant.relationship.removeprefix("the ")
    until = f", until {day_in_words(known.grant.last)}" if known.grant.last else ""
    return f"You read this as {words.possessive(known.known_as)} {whose}{until}."


def latest(shown: tuple[Shown, ...]) -> list[Shown]:
    """The last published statement of each fund of a person."""
    return list({each.publication.fund: each for each in reversed(shown)}.values())


def today(shown: Shown, *, alone: bool) -> Page:
    """One fund as its last published statement has it."""
    said, month = shown.statement, shown.publication.month
    longest = said.budgets[-1] if said.budgets else None
    given = _part(said, "given")
    return {
        "which": "" if alone else _which(said), "day": day_in_words(month.last), "month": month.in_words, "headline": said.headline,
        "status": _status(said.status), "held": nil_or_more(said.money.closing_pence),
        "owed": words.owed(said.money.who_owes_when_below_nil, said.money.closing_pence, now=True) if said.money.closing_pence < 0 else "",
        "of_it": [*words.ahead_and_saved(said.money), *words.bills_to_pay(said.bills_pence), *words.all_over_cap(said.over_cap, month.last)],
        "left": words.left(longest.left_pence) if longest else say("not-known"), "left_for": longest.words if longest else "",
        "hours": {"heading": f"Support in {month.in_words}", "columns": given["columns"][:3],
                  "rows": [{**row, "below": "", "cells": row["cells"][:2]} for row in given["rows"]]},
        "nothing": given["nothing"], "missed": len(given["shortfalls"]),
    }


def left(shown: Shown, *, alone: bool) -> Page:
    """The budget of one fund: what there was, what is used, what is left."""
    budget = _part(shown.statement, "budget")
    return {**budget, "heading": words.budget_heading(shown.statement.known_as), "which": "" if alone else _which(shown.statement),
            "day": day_in_words(shown.publication.month.last)}


def spent(shown: tuple[Shown, ...]) -> list[Page]:
    """What was paid for, by month and kind, the latest month first."""
    alone = len(latest(shown)) <= 1
    return [_spent_in(each.statement, each.publication.month, "" if alone else _which(each.statement)) for each in shown[:MOST_MONTHS]]


def _spent_in(said: Statement, month: Month, which: str) -> Page:
    """The support of the month, what was bought of others, and what an earlier month had too little or too much of. Money that came in is none
    of it."""
    support = say("money.support", known_as=said.known_as)
    others = [line for line in said.money.paid_out if line.words != support]
    rows = [(line.words, words.quantity(line.given, line.measure), line.pence) for line in said.given]
    rows += [(line.words, "", -line.pence) for line in (*others, *said.money.put_right)]
    return {"month": month.in_words, "which": which, "total": str(Money(sum(pence for *_, pence in rows))),
            "part": {"heading": f"What was paid for in {month.in_words}", "columns": ("What", "Given", "Cost"), "rows": [
                {"words": what, "below": "", "cells": [much, str(Money(pence))]} for what, much, pence in rows]}}


def statements(shown: tuple[Shown, ...], known: Known) -> list[Page]:
    """Every published statement with the forms in which it can be opened."""
    alone = len(latest(shown)) <= 1
    return [{"month": each.publication.month.in_words, "which": "" if alone else _which(each.statement), "forms": [
        (FORMS[form], f"/reader/of/{known.reference}/statements/{each.publication.document_id}.{ENDINGS[form]}")
        for form in forms_of(each.publication)]} for each in shown]


def price(found: PaidFor, provider: str) -> Page:
    """What the price is made of, in the words of the page that is given out on paper."""
    return paid_for_page(found, provider=provider)


def prices(shown: list[Shown]) -> list[tuple[str, str]]:
    """Each kind of support of the last month with its price in words, as the statement prints it."""
    return list(dict.fromkeys((line.words, line.price_words) for each in shown for line in each.statement.given if line.price_words))


def contacts(found: tuple[Contact, ...]) -> list[Page]:
    """Whom to ask, in order. A number can be rung from a phone."""
    return [{"words": each.words, "name": each.name, "telephone": each.telephone,
             "rings": "".join(sign for sign in each.telephone if sign.isdigit() or sign == "+")} for each in found]


def _part(said: Statement, kind: str) -> Page:
    parts: list[Page] = statement_page(said)["parts"]
    return next(each for each in parts if each["kind"] == kind)


def _status(key: str) -> Page:
    shape, said = words.status(key)
    return {"key": key.replace(" ", "-"), "shape": shape, "words": said}


def _which(said: Statement) -> str:
    return WHICH_MONEY.get(FundKind(said.fund_kind), "")
