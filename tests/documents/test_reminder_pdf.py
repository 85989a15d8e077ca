"""Letters about open invoices: made to PDF/UA-1, support never depends on them, and only an individual has the reply form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from basics.errors import InputError
from basics.vocabulary import say
from invoicing.reminders import OpenLine, Reminder, Tone
from ringfence.documents.printing import reminder_pdf
from ringfence.documents.reminder_page import reminder_page
from tests.documents import pdf_checks

TO_A_PERSON = Reminder(
    "R-2026-11-22-peggy-2", "Halden Support", ("3 Mill Lane",), "Priya Shah, 01632 960 101", ("Halden Support", "account 00000000"), False,
    ("Ann <b>Ellis</b> #panic()", "4 Hill Street"), "Margaret Ellis", date(2026, 11, 22), Tone.FRIENDLY, True, False,
    (OpenLine("000501", date(2026, 8, 2), date(2026, 9, 1), 82, 391_70, 391_70, "Margaret Ellis"),
     OpenLine("000502", date(2026, 9, 2), date(2026, 10, 2), 51, 91_70, 1_70, "Margaret Ellis")))
TO_A_COUNCIL = replace(TO_A_PERSON, is_individual=False, to=("Southgate Council",), about="", written_before=True,
                       lines=tuple(replace(line, late_pence=40_00) for line in TO_A_PERSON.lines))
LETTERS = [(name, replace(letter, tone=tone)) for name, letter in (("a person", TO_A_PERSON), ("a council", TO_A_COUNCIL)) for tone in Tone]
every_letter = pytest.mark.parametrize("letter", [letter for _, letter in LETTERS], ids=[f"{name}, {letter.tone}" for name, letter in LETTERS])


@every_letter
def test_every_letter_is_accessible_says_every_pound_and_that_support_goes_on(letter: Reminder) -> None:
    pdf = reminder_pdf(letter)
    text = " ".join(pdf_checks.text(pdf).split())
    assert pdf_checks.faults(pdf) == []
    assert all(said in text for said in ("£391.70", "£91.70", "£1.70", "£393.40", say("reminder.support"), letter.reference, letter.to[0]))
    assert reminder_pdf(letter) == pdf


@every_letter
def test_interest_is_for_organisations_and_the_reply_form_for_individuals_before_a_claim(letter: Reminder) -> None:
    page = reminder_page(letter)
    assert bool(page["late"]) is (not letter.is_individual and letter.tone is not Tone.FRIENDLY)
    assert (page["form"] is not None) is (letter.is_individual and letter.tone is Tone.BEFORE_A_CLAIM)
    assert bool(page["advice"]) is letter.is_individual


def test_an_individual_has_thirty_days_and_no_interest() -> None:
    letter = replace(TO_A_PERSON, tone=Tone.BEFORE_A_CLAIM, lines=TO_A_COUNCIL.lines)
    text = " ".join(pdf_checks.text(reminder_pdf(letter)).split())
    assert "until 22 December 2026" in text
    assert say("reminder.form") in text
    assert "We add no interest and no charge." in text
    assert "Late Payment" not in text
    assert "£80.00" not in text


def test_a_first_letter_does_not_say_that_we_have_written_before() -> None:
    assert "written before" not in reminder_page(replace(TO_A_PERSON, tone=Tone.FIRM))["opening"]
    assert "written before" in reminder_page(replace(TO_A_COUNCIL, tone=Tone.FIRM))["opening"]


def test_a_character_that_cannot_be_seen_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be seen"):
        reminder_pdf(replace(TO_A_PERSON, to=("Ann\u202eEllis",)))
