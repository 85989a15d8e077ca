"""Reminders: which payer a letter is due to, which are held back and why, and the letters. Nothing is sent, and nothing touches support."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection

from basics.errors import Problem, RingfenceError
from basics.people import Funder
from basics.periods import day_in_words
from invoicing.aged_debt import days_late
from invoicing.reminders import Basis, OpenLine, Reminder, Step, held_by, next_step
from isf.statement_forms import Form
from ringfence.actions.acting import Acting
from ringfence.actions.debtors import ReadDebts, read_debts
from ringfence.actions.documents_listed import Readers
from ringfence.actions.documents_posted import letters_pdf
from ringfence.actions.invoice_standing import Standing
from ringfence.actions.late_added import LateAdded
from ringfence.actions.recording import record_content
from ringfence.actions.rights import Right
from ringfence.documents.printing import reminder_pdf, reminder_sheet
from ringfence.documents.statement_files import LARGE_ENOUGH_PT
from ringfence.importing.fact_items_debts import PayerContact, ReminderTerms
from ringfence.store import facts, registry

LONGEST_PAYER = 40


@dataclass(frozen=True)
class LetterDue:
    """A letter that is due: to whom on what legal basis, the step of the ladder, and what it says."""

    payer: str
    name: str
    step: int
    steps: int
    basis: Basis
    letter: Reminder
    form: Form | None = None
    """What the person needs who pays for themselves; None for an organisation."""

    @property
    def size_pt(self) -> int | None:
        """How large its letters are, where the usual size is too small for whom it is about."""
        return LARGE_ENOUGH_PT.get(self.form) if self.form else None


@dataclass(frozen=True)
class NoLetter:
    """Why a payer with something overdue gets no letter now, and what to do; `pence` is what is overdue and not written about."""

    payer: str
    name: str
    pence: int
    why: str
    to_do: str


@dataclass(frozen=True)
class Reminders:
    """The letters that are due on a day, and whoever gets none though something is overdue."""

    on: date
    letters: tuple[LetterDue, ...]
    none: tuple[NoLetter, ...]


@dataclass(frozen=True)
class _Contact:
    lines: tuple[str, ...]
    basis: Basis


def reminders(acting: Acting, on: date | None = None) -> Reminders:
    """The letters that are due on a day (today, where none is named)."""
    day = on or acting.today
    with acting.reading() as connection:
        read, provider = read_debts(connection, day), registry.provider(connection)
        steps_of, contacts = ladders(connection, day, read.payers), _contacts(connection, day, read.payers)
        people, funds = registry.people(connection), {row.key: row.person or "" for row in registry.funds(connection)}
        practice, readers = registry.is_practice(connection), Readers.of(connection, day)
    called = {key: people[person].name if person else "" for key, person in funds.items()}
    overdue = defaultdict[str, list[Standing]](list)
    for each in read.invoices:
        if each.is_overdue:
            overdue[each.amounts.payer].append(each)
    letters, none, added = list[LetterDue](), list[NoLetter](), read.late_added
    for payer, invoices in sorted(overdue.items()):
        due, why = _due(read, payer, invoices, steps_of.get(payer, ()), contacts.get(payer))
        none += why
        letters += [replace(_letter(read, payer, n, found, steps_of[payer], contacts[payer], provider, called, added, practice=practice),
                            form=readers.form_of_payer(payer)) for n, found in due.items()]
    return Reminders(day, tuple(letters), tuple(none))


def write_reminders(acting: Acting, out: Path, on: date | None = None) -> tuple[Reminders, int, list[Problem]]:
    """The same, with each letter written to a folder as a PDF, all that go by post in one file more, each after a page with its address, and a
    file for `ringfence record` that says they were sent: to be given once they were. How many were written, and those that could not be printed."""
    found, written, set_aside = reminders(acting, on), list[LetterDue](), list[Problem]()
    out.mkdir(parents=True, exist_ok=True)
    for each in found.letters:
        try:
            content = reminder_pdf(each.letter, size_pt=each.size_pt)
        except RingfenceError as error:
            set_aside.append(error.problem)
            continue
        (out / f"{each.letter.reference}.pdf").write_bytes(content)
        written.append(each)
    posted = [(each.letter.to, reminder_sheet(each.letter, each.size_pt)) for each in written if each.form is None or each.form.is_on_paper]
    if posted:
        content, bad = letters_pdf(posted, f"Letters to post, {day_in_words(found.on)}", found.on)
        (out / "to-post.pdf").write_bytes(content)
        set_aside += bad
    if written:
        text = yaml.safe_dump({"reminders_sent": [_sent(each, found.on) for each in written]}, sort_keys=False, allow_unicode=True, width=140)
        (out / "sent.record.yaml").write_text(f"# When the letters have gone out: ringfence record sent.record.yaml\n{text}", encoding="utf-8")
    return found, len(written), set_aside


def note_sent(acting: Acting, found: Reminders, how: str = "post") -> tuple[str, ...]:
    """Note that every letter of these went out on their day. The same again changes nothing."""
    acting.refuse_without(Right.PREPARE)
    return record_content(acting, {"reminders_sent": [_sent(each, found.on, how) for each in found.letters]}, "the letters")


def _due(read: ReadDebts, payer: str, invoices: Sequence[Standing], steps: tuple[Step, ...],
         contact: _Contact | None) -> tuple[Mapping[int, list[Standing]], list[NoLetter]]:
    """The invoices whose letter is due, by the step; or why there is none."""
    known, on = read.payers[payer], read.debts.aged.on
    disputed = [each for each in invoices if any(query.is_open for query in each.queries)]
    held = held_by(read.holds, payer, on)
    if held is not None:
        until = f"until {day_in_words(held.until)}" if held.until else "until further notice"
        return {}, [_none(known, invoices, f"Held {until}: {held.why}. {held.words}", "Write to nobody about it")]
    if disputed and known.kind.is_individual:
        return {}, [_none(known, invoices, "Something about it was asked and is not answered.", "Answer the query first")]
    asked = [each for each in invoices if each not in disputed]
    if not steps:
        return {}, [_none(known, asked, "No ladder of reminders is agreed.", "Agree one, and bring it in with an apply file")] if asked else []
    found = defaultdict[int, list[Standing]](list)
    for each in asked:
        n = next_step(steps, each.amounts.due_on, {sent.step: sent.on for sent in each.reminders}, on)
        if n is not None:
            found[n].append(each)
    if found and contact is None:
        return {}, [_none(known, [each for some in found.values() for each in some], "Nobody is recorded who may be written to.",
                          "Ask who, on what legal basis, and bring the contact in with an apply file")]
    none = [_none(known, disputed, "Something about it was asked and is not answered.", "Answer the query first")] if disputed else []
    return found, [*none, *_at_the_end(known, asked, steps)]


def _at_the_end(known: Funder, invoices: Sequence[Standing], steps: tuple[Step, ...]) -> Iterator[NoLetter]:
    done = [each for each in invoices if max((sent.step for sent in each.reminders), default=0) >= len(steps)]
    if done:
        yield _none(known, done, "Every letter of the ladder was sent.", "Talk about it, and decide with two people. Nothing here goes further")


def _none(known: Funder, invoices: Sequence[Standing], why: str, to_do: str) -> NoLetter:
    return NoLetter(known.reference, known.name, sum(each.amounts.open for each in invoices), why.strip(), to_do)


def _letter(read: ReadDebts, payer: str, n: int, invoices: Sequence[Standing], steps: tuple[Step, ...], contact: _Contact,
            provider: Mapping[str, Any], called: Mapping[str, str], added: LateAdded, *, practice: bool) -> LetterDue:
    known, on = read.payers[payer], read.debts.aged.on
    late = dict(added.to(known.kind, invoices)[0])
    lines = tuple(OpenLine(
        each.amounts.called, each.amounts.issued_on, each.amounts.due_on, days_late(each.amounts.due_on, on), each.amounts.asked,
        each.amounts.open, called[each.amounts.funds[0]] if len(each.amounts.funds) == 1 else "",
        late[each.amounts.called].total_pence if each.amounts.called in late else 0, each.amounts.number) for each in invoices)
    told = provider.get("contact") or {}
    letter = Reminder(
        _reference(on, payer, n), provider["name"], tuple(provider.get("address", ())),
        ", ".join(filter(None, (told.get("name", ""), told.get("telephone", "")))), tuple(provider.get("pay_to", ())), practice, contact.lines,
        known.name if contact.basis not in (Basis.THEMSELVES, Basis.ORGANISATION) else "", on, steps[n - 1].tone, known.kind.is_individual, n > 1,
        lines)
    return LetterDue(payer, known.name, n, len(steps), contact.basis, letter)


def _reference(on: date, payer: str, n: int) -> str:
    """What a letter is called; a long reference of a payer stands in it as a short mark of its own."""
    of = payer if len(payer) <= LONGEST_PAYER else hashlib.sha256(payer.encode()).hexdigest()[:16]
    return f"R-{on.isoformat()}-{of}-{n}"


def ladders(connection: Connection, on: date, payers: Mapping[str, Funder]) -> dict[str, tuple[Step, ...]]:
    """Each payer’s ladder on a day: its own, or that of its kind; the latest counts."""
    said: dict[str, tuple[Step, ...]] = {}
    for fact in facts.facts(connection, ReminderTerms.kind):
        if fact.from_on <= on:
            terms = ReminderTerms.model_validate(fact.said)
            said[terms.funder or f"every {terms.of_kind}"] = terms.ladder_steps
    found = {key: said.get(key) or said.get(f"every {payer.kind}") for key, payer in payers.items()}
    return {key: steps for key, steps in found.items() if steps}


def _contacts(connection: Connection, on: date, payers: Mapping[str, Funder]) -> dict[str, _Contact]:
    """Whom to write to: what was agreed, or for an organisation the address that it is known by. For an individual nobody is guessed."""
    known = registry.body_of_funder(connection)
    found = {key: _Contact((payer.name, *known[key].get("address", ())), Basis.ORGANISATION)
             for key, payer in payers.items() if not payer.kind.is_individual and known.get(key, {}).get("address")}
    for fact in facts.facts(connection, PayerContact.kind):
        if fact.from_on <= on:
            contact = PayerContact.model_validate(fact.said)
            found[contact.funder] = _Contact((contact.name, *contact.address), contact.basis)
    return found


def _sent(each: LetterDue, on: date, how: str = "post") -> dict[str, object]:
    return {"reminder": each.letter.reference, "funder": each.payer, "step": each.step, "on": on.isoformat(), "how": how,
            "invoices": [line.number for line in each.letter.lines if line.number],
            "brought_over": [line.called for line in each.letter.lines if not line.number]}
