"""What a letter about open invoices says, as finished text in reading order: what is open, how to pay, whom to ask, and that support goes on."""

from __future__ import annotations

from basics.money import Money
from basics.periods import day_in_words
from basics.vocabulary import listed, say
from invoicing.reminders import DAYS_TO_REPLY, Reminder, Tone, may_answer_until
from ringfence.documents.pages import Page, refuse_unseen
from ringfence.documents.words import dotted


def reminder_page(letter: Reminder) -> Page:
    """One letter. Raises `InputError` for a character that cannot be seen."""
    claim = letter.tone is Tone.BEFORE_A_CLAIM
    page = {
        "title": say(f"reminder.title.{letter.tone}"), "provider": letter.provider,
        "marks": [{"word": say("reminder.practice"), "sentence": ""}] if letter.practice else [],
        "from": {"label": say("invoice.from"), "lines": [letter.provider, *letter.provider_address, letter.contact]},
        "to": {"label": say("invoice.to"), "lines": list(letter.to)},
        "facts": [(say("invoice.date"), day_in_words(letter.written_on)), (say("reminder.reference"), letter.reference),
                  *([(say("reminder.about"), letter.about)] if letter.about else [])],
        "opening": _opening(letter),
        "columns": listed("reminder.columns"),
        "rows": [[_invoice(letter, n), day_in_words(line.due_on), str(Money(line.asked_pence)), str(Money(line.open_pence))]
                 for n, line in enumerate(letter.lines)],
        "total": [say("reminder.open-in-all"), "", "", str(Money(letter.open_pence))],
        "late": _late(letter),
        "pay": {"heading": say("invoice.pay"), "lines": [*letter.pay_to, say("reminder.give-reference", reference=letter.reference)]},
        "ask": {"heading": say("reminder.ask-heading"), "lines": _ask(letter)},
        "support": say("reminder.support"),
        "advice": list(listed("reminder.advice")) if letter.is_individual else [],
        "form": _form(letter) if claim and letter.is_individual else None,
        "footer": dotted((letter.provider, letter.reference)),
    }
    refuse_unseen(page, f"the letter {letter.reference}")
    return page


def _invoice(letter: Reminder, n: int) -> str:
    line = letter.lines[n]
    key = "reminder.number-for" if line.for_whom and not letter.is_individual else "reminder.number"
    if line.issued_on is None:
        return say(f"{key}-before", number=line.called, whom=line.for_whom)
    return say(key, number=line.called, day=day_in_words(line.issued_on), whom=line.for_whom)


def _opening(letter: Reminder) -> str:
    count, money, until = len(letter.lines), Money(letter.open_pence), day_in_words(may_answer_until(letter.written_on))
    is_open = say(f"reminder.{'one-open' if count == 1 else 'open'}{'-again' if letter.written_before else ''}", count=count)
    key = {Tone.FRIENDLY: "friendly", Tone.FIRM: "firm", Tone.BEFORE_A_CLAIM: "claim" if letter.is_individual else "claim-organisation"}
    return say(f"reminder.{key[letter.tone]}", open=is_open, money=money, days=DAYS_TO_REPLY, until=until)


def _late(letter: Reminder) -> str:
    if letter.is_individual or not letter.late_pence or letter.tone is Tone.FRIENDLY:
        return ""
    return say("reminder.late", money=Money(letter.late_pence), day=day_in_words(letter.written_on))


def _ask(letter: Reminder) -> list[str]:
    return [say("reminder.ask", whom=letter.contact or letter.provider), say("reminder.in-parts" if letter.is_individual else "reminder.we-wait")]


def _form(letter: Reminder) -> Page:
    about = say("reminder.form-about", day=day_in_words(may_answer_until(letter.written_on)), reference=letter.reference,
                provider=say("comma").join([letter.provider, *letter.provider_address]), money=Money(letter.open_pence))
    return {"heading": say("reminder.form"), "about": about, "answers": list(listed("reminder.answers")), "ways": list(listed("reminder.ways")),
            "sign": list(listed("reminder.sign"))}
