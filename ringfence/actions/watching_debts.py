"""The lines of the watch list that are about invoices: queries that wait for an answer, and letters before a claim whose 30 days are over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import Connection

from basics.periods import day_in_words
from invoicing.reminders import Step, Tone, may_answer_until
from isf.watch import Matter, Watched
from ringfence.actions.debts_open import debts_open
from ringfence.actions.invoice_standing import noted
from ringfence.actions.reminding import ladders
from ringfence.importing.fact_items_debts import ReminderSent
from ringfence.store import facts, registry


def debt_lines(connection: Connection, payers: Mapping[str, str], on: date) -> Iterator[Watched]:
    """Every open query, late once its day has passed; and each payer whose time to answer the letter before a claim is over."""
    for number, queries in sorted(noted(connection, on).queries.items()):
        for each in queries:
            if each.is_open:
                yield Watched(matter=Matter.QUERY, fund="", who=each.raised_by, what=f"Invoice {number:06d}: {each.words}", since=each.on,
                              by=each.reply_by, is_late=each.reply_by < on, to_do="Answer it, and record what came of it")
    letters = [ReminderSent.model_validate(each.said) for each in facts.facts(connection, ReminderSent.kind) if each.from_on <= on]
    yield from _answers_over(connection, letters, payers, on) if letters else ()


def _answers_over(connection: Connection, letters: list[ReminderSent], payers: Mapping[str, str], on: date) -> Iterator[Watched]:
    steps = ladders(connection, on, registry.funders(connection))
    still = {each.number_before or each.number: each.pence for each in debts_open(connection, on).aged.open}
    for each in letters:
        about: list[int | str] = [*each.invoices, *each.brought_over]
        pence, until = sum(still.get(number, 0) for number in about), may_answer_until(each.on)
        if pence and until < on and _is_last(steps.get(each.funder, ()), each.step):
            yield Watched(matter=Matter.REPLY, fund="", who=payers[each.funder], what=f"The letter of {day_in_words(each.on)} was not settled",
                          since=each.on, by=until, is_late=True, pence=pence,
                          to_do="Decide with another person what is right. Nothing here goes further")


def _is_last(steps: tuple[Step, ...], n: int) -> bool:
    return 0 < n <= len(steps) and steps[n - 1].tone is Tone.BEFORE_A_CLAIM
