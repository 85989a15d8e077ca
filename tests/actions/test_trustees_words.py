"""What is written for the trustees' meeting: kept beside what was before, read without a name, naming nobody, and on one side of A4."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from basics.errors import InputError, NotAllowed, Refused
from basics.periods import Month
from isf.trustees import FEWEST_SHOWN, NOT_SHOWN, Count, MeetingWords
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user
from ringfence.actions.log import log_between
from ringfence.actions.rights import Role
from ringfence.actions.trustees import Paper, paper_of, trustees_page
from ringfence.actions.trustees_words import LONGEST_WORDS, say_to_trustees
from ringfence.actions.verifying import verify
from tests.actions.provider_books import NAMES, OCTOBER, Books

MATTERS, WANTED = "The block contract ends in March; nobody has said what follows.", "Agree to ask the council for 4% from April."


def test_what_is_written_is_read_by_a_trustee_and_what_is_written_later_takes_its_place(agreed: Books) -> None:
    add_user(agreed.store, "tess", added_by="asha", at=agreed.at, roles=[Role.TRUSTEE])
    tess = Acting(agreed.store, "tess", agreed.at)
    assert trustees_page(tess, OCTOBER).words is None
    say_to_trustees(agreed.asha, OCTOBER, f"  {MATTERS}\n", "")
    say_to_trustees(agreed.asha, OCTOBER, MATTERS, "")
    say_to_trustees(agreed.asha, OCTOBER, MATTERS, WANTED)
    assert trustees_page(tess, OCTOBER).words == MeetingWords(MATTERS, WANTED, "asha", date(2026, 11, 2))
    assert trustees_page(tess, OCTOBER.previous).words is None, "they are of one month"
    written = [each for each in log_between(agreed.asha) if each.did == "Wrote for the trustees"]
    assert [(each.about, each.user) for each in written] == [("October 2026", "asha")] * 2, "saying the same again is nothing new"
    say_to_trustees(agreed.asha, OCTOBER, "", "")
    assert trustees_page(tess, OCTOBER).words is None
    assert verify(agreed.store, referee=True) == []


def test_only_who_prepares_writes_and_only_about_a_month_that_has_begun(agreed: Books) -> None:
    for role in (Role.TRUSTEE, Role.APPROVER, Role.AUDITOR, Role.CO_ORDINATOR, Role.ADMINISTRATOR):
        add_user(agreed.store, role.value, added_by="asha", at=agreed.at, roles=[role])
        with pytest.raises(NotAllowed):
            say_to_trustees(Acting(agreed.store, role.value, agreed.at), OCTOBER, MATTERS, WANTED)
    with pytest.raises(InputError, match="still to come"):
        say_to_trustees(agreed.asha, Month(2027, 1), MATTERS, WANTED)
    assert trustees_page(agreed.asha, OCTOBER).words is None


@pytest.mark.parametrize("said", [f"{NAMES['P003']} needs more", f"{NAMES['P003'].upper()} needs more", f"{NAMES['P003'].replace(' ', '  ').lower()}",
                                  "P002 is over", "p002 is over", "Grace’s fund is over, Grace"])
def test_nobody_whom_we_support_is_named_and_all_that_is_wrong_is_said_at_once(agreed: Books, said: str) -> None:
    with pytest.raises(Refused) as refused:
        say_to_trustees(agreed.asha, OCTOBER, said, "x" * (LONGEST_WORDS + 1))
    assert {each.place for each in refused.value.problems} == {"What matters most", "Decisions wanted"}
    assert "no name stands on this page" in str(refused.value)
    assert trustees_page(agreed.asha, OCTOBER).words is None


def test_a_word_that_is_also_a_name_may_stand_there_in_small_letters(agreed: Books) -> None:
    say_to_trustees(agreed.asha, OCTOBER, "A grace of 30 days was agreed.", "")
    assert trustees_page(agreed.asha, OCTOBER).words is not None


def test_a_character_that_cannot_be_seen_is_refused_before_it_is_kept(agreed: Books) -> None:
    with pytest.raises(Refused, match="cannot be seen"):
        say_to_trustees(agreed.asha, OCTOBER, "Decide\u202e", "")


def test_every_paper_has_them_and_the_longest_stay_on_one_side_of_a4(issued: Books) -> None:
    longest = MeetingWords(("WHAT " * LONGEST_WORDS)[:LONGEST_WORDS], ("WANTED " * LONGEST_WORDS)[:LONGEST_WORDS], "a user of a long name",
                           date(2026, 11, 2))
    page = trustees_page(issued.asha, OCTOBER)
    worst = tuple(replace(each, now="somebody on 30 September 2026; signed off by somebody else", before=NOT_SHOWN) if each.key == "reconciled_by"
                  else replace(each, now=Count(FEWEST_SHOWN - 1, "fund"), before=NOT_SHOWN) for each in page.lines)
    for record in (page, replace(page, words=longest), replace(page, words=longest, lines=worst)):
        assert len(pypdfium2.PdfDocument(paper_of(record, Paper.PDF))) == 1
    file = pypdfium2.PdfDocument(paper_of(replace(page, words=replace(longest, matters=MATTERS, wanted=WANTED)), Paper.PDF))
    printed = " ".join(file[0].get_textpage().get_text_range().split())
    sheet = load_workbook(BytesIO(paper_of(replace(page, words=replace(longest, matters=MATTERS, wanted=WANTED)), Paper.WORKBOOK))).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    for said in (MATTERS, WANTED, "Written for the meeting by a user of a long name on 2 November 2026."):
        assert said in printed
        assert said in cells
