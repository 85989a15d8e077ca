"""Split a contract: the methods side by side, what changes for whom, and the way from a split to one that counts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

from basics.money import Money
from isf.split import Method
from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.books import add_user, make_books, open_books
from ringfence.actions.recording import record_content
from ringfence.actions.split_agreements import agreements_of
from ringfence.actions.split_in_books import next_year, split_in_books
from ringfence.actions.split_prepare import prepare_split, splits_waiting
from ringfence.actions.splitting import shown_by
from ringfence.screens.split_case import Case
from ringfence.screens.split_explained import points_in_words, steps
from ringfence.screens.split_tables import signed, weekly
from tests.screens.conftest import Open, html_of, text_of

CONTRACT = "NORTHSHORE-2026"
BY_POINTS = """\
contract: HALDEN-BLOCK-2026
sum: 52000.00
method: points
top_slices: [{name: <b>kept</b> & safe, percent: 3}]
people:
  - {person: P-101, points: 100, last_year: 24000.00}
  - {person: P-102, points: 60.5, last_year: 16000.00}
  - {person: void-1, points: 40, empty: yes, last_year: 8500.00}
"""


def acting(books_file: Path, user: str = "asha") -> Acting:
    return Acting(open_books(str(books_file), key=None), user, datetime.now(UTC))


def council_agrees(books_file: Path, digest: str) -> None:
    """The council agrees the method of a split that was prepared, and each person’s sum."""
    asha = acting(books_file)
    said = [({"contract": each.contract, "version": each.version, "by": "R. Bell", "on": "2026-10-12", "source": "Letter C-160"}, each)
            for each in agreements_of(asha, digest)]
    record_content(asha, {"methods_agreed": [{**one, "method": each.method} for one, each in said if not each.person],
                          "sums_approved": [{**one, "person": each.person, "pounds": Money(each.pence)} for one, each in said if each.person]},
                   "agreed.yaml")


def opened(page: AppTest, text: str, name: str = "mine.split.yaml") -> AppTest:
    page.file_uploader[0].set_value((name, text.encode(), "application/yaml"))
    return page.run()


def test_every_method_that_can_be_done_has_a_column_and_the_others_say_why(open_page: Open) -> None:
    text = text_of(open_page("split"))
    assert "Split by layers: prepared by asha, approved by ben" in text
    assert "By points cannot be done: Nobody has points." in text
    assert "By set amounts cannot be done: Nobody has set amounts." in text
    for heading in ("Now", "Equal", "By hours", "By layers"):
        assert f">{heading}</th>" in html_of(open_page("split"))


def test_the_figures_are_those_of_the_action_and_add_to_the_contract(open_page: Open, books_file: Path) -> None:
    found = split_in_books(acting(books_file), CONTRACT)
    asked = next_year(found, found.contract.pence)
    shown = shown_by(asked, Method.HOURS)
    text = text_of(open_page("split", method="By hours"))
    for part in shown.split.allocations[:25]:
        change = shown.difference_pence(part.person)
        assert change is not None
        assert (str(Money(part.pence)) in text, signed(change) in text) == (True, True)
    kept, whole, people = Money(shown.split.top_sliced_pence), Money(asked.contract_pence), len(shown.split.allocations)
    assert f"{people} people, {Money(shown.split.allocated_pence)}, and {kept} kept back: {whole} of {whole}." in text


def test_the_weeks_add_to_the_week_of_the_contract(books_file: Path) -> None:
    found = split_in_books(acting(books_file), CONTRACT)
    shown = shown_by(found.asked, Method.LAYERS)
    weeks = weekly(shown, 365)
    assert sum(weeks.values()) == round(found.contract.pence * 7 / 365)
    assert set(weeks) == {part.person for part in shown.split.allocations} | {f"kept back {name}" for name, _ in shown.split.top_slices}


def test_another_sum_is_typed_and_what_cannot_be_read_says_so_and_stays(open_page: Open) -> None:
    page = open_page("split")
    page.text_input[0].set_value("£1,000,000").run()
    assert "£1,000,000.00 of £1,000,000.00" in text_of(page)
    page.text_input[0].set_value("a million").run()
    assert "“a million” is not an amount of money." in text_of(page)
    assert page.text_input[0].value == "a million"
    page.text_input[0].set_value("0").run()
    assert "Write a sum above nil." in text_of(page)


def test_a_typed_sum_stands_in_the_address_so_that_loading_the_page_again_keeps_it(open_page: Open) -> None:
    page = open_page("split", **{f"sum-{CONTRACT}": "£1,000,000"})
    assert page.text_input[0].value == "£1,000,000"
    assert "£1,000,000.00 of £1,000,000.00" in text_of(page)


def test_how_one_sum_was_worked_out_leads_to_its_penny(open_page: Open, books_file: Path) -> None:
    page = open_page("split", method="By hours")
    page.selectbox(key="split-whose").set_value("P002").run()
    found = split_in_books(acting(books_file), CONTRACT)
    shown = shown_by(next_year(found, found.contract.pence), Method.HOURS)
    part = next(each for each in shown.split.allocations if each.person == "P002")
    explained = steps(Case(found.asked, {}, 365, "Now"), shown, "P002")
    assert str(Money(part.pence)) in explained[-1]
    assert f"has {Money(part.pence)}." in text_of(page)


def test_a_split_is_prepared_by_one_and_approved_by_another(open_page: Open, books_file: Path) -> None:
    page = open_page("split", method="By layers")
    prepare = page.button(key="prepare-split")
    assert prepare.label.startswith("Prepare the split of NORTHSHORE-2027 by layers: ")
    prepare.click().run()
    assert "It counts once another person approves it" in text_of(page)
    assert "It cannot be approved before the council has agreed:" in text_of(page)
    waiting, = splits_waiting(acting(books_file))
    council_agrees(books_file, waiting.digest)
    assert "You prepared it, so somebody else must approve it." in text_of(open_page("split"))

    other = open_page("split", user="ben")
    approve = next(each for each in other.button if each.label.startswith("Approve the split of NORTHSHORE-2027: "))
    approve.click().run()
    assert "Approved: the split of NORTHSHORE-2027" in text_of(other)
    agreed = split_in_books(acting(books_file), "NORTHSHORE-2027")
    assert (agreed.prepared_by, agreed.approved_by) == ("asha", "ben")
    again = open_page("split", contract=CONTRACT, method="By layers")
    assert "NORTHSHORE-2027 stands in the books already" in text_of(again)
    assert not [each for each in again.button if each.key == "prepare-split"]


def test_a_split_that_can_no_longer_be_approved_does_not_wait(open_page: Open, books_file: Path) -> None:
    found = split_in_books(acting(books_file), CONTRACT)
    _, second = [prepare_split(acting(books_file), next_year(found, pence), Method.HOURS, CONTRACT).digest for pence in (120_000_000, 130_000_000)]
    council_agrees(books_file, second)
    both = open_page("split", user="ben", method="By hours")
    assert "2 splits wait for approval." in text_of(both)
    assert [each.proto.type for each in both.button if each.key] == ["primary", "secondary"], "one thing to do stands out"
    approve(acting(books_file, "ben"), second)
    text = text_of(open_page("split", user="ben"))
    assert "wait" not in text.split("Look at a split")[0]
    assert re.search(r"Prepared: the split of NORTHSHORE-2027: \d+ people, £1,200,000.00 asha prepared it", text)


def test_a_split_file_shows_last_year_and_its_empty_place_on_a_line_of_its_own(open_page: Open) -> None:
    page = opened(open_page("split", start="A split file", method="By points"), BY_POINTS)
    text, markup = text_of(page), html_of(page)
    assert "void-1 Empty place: nobody else’s share goes up for it" in text
    assert "An empty place keeps its part." in text
    assert "&lt;b&gt;kept&lt;/b&gt; &amp; safe" in markup
    assert "<b>kept" not in markup
    assert "It cannot be prepared here: HALDEN-BLOCK-2026 is not a contract of the books." in text


def test_a_file_with_problems_says_them_all_and_draws_no_split(open_page: Open) -> None:
    page = opened(open_page("split", start="A split file"), BY_POINTS.replace("52000.00", "lots").replace("points: 100", "points: -1"))
    text = text_of(page)
    assert "mine.split.yaml, line 2, sum" in text
    assert "mine.split.yaml, line 6" in text
    assert "The methods side by side" not in text


def test_who_has_nothing_to_be_weighed_by_is_named(open_page: Open) -> None:
    text = text_of(opened(open_page("split", start="A split file"), BY_POINTS.replace(", points: 40", "")))
    assert "By points cannot be done: void-1 has no points." in text
    assert "By hours cannot be done: Nobody has hours." in text


def test_a_split_that_no_method_can_do_says_so_as_a_problem(open_page: Open) -> None:
    page = opened(open_page("split", start="A split file"), BY_POINTS.replace("P-102", "P-101"))
    text = text_of(page)
    assert "There is a problem It cannot be divided by any method." in text
    assert "By points cannot be done: Person P-101: is listed 2 times." in text
    assert not [each for each in page.selectbox if each.key == "sort"]


def test_two_people_known_by_one_name_are_told_apart_where_one_is_chosen(open_page: Open) -> None:
    labels = open_page("split", method="By hours").selectbox(key="split-whose").options
    assert "Sanjay (P001)" in labels
    assert len(labels) == len(set(labels))


def test_books_without_a_contract_begin_with_the_example(open_page: Open, tmp_path: Path) -> None:
    store = make_books(str(tmp_path / "new.db"), provider="Quay", sample=True, key=None)
    add_user(store, "asha", added_by="", at=datetime(2026, 11, 1, 9, tzinfo=UTC))
    text = text_of(open_page("split", books=tmp_path / "new.db"))
    assert "There is no contract in the books yet." in text
    assert "SG-BLOCK-2026: £62,000.00 for 2 people" in text
    assert "£60,000.00" in text


def test_points_are_told_whole_or_with_their_decimals() -> None:
    from fractions import Fraction

    assert [points_in_words(Fraction(each)) for each in ("1", "100", "60.5")] == ["1 point", "100 points", "60.5000 points"]


BY_BUDGETS = """\
contract: HALDEN-BLOCK-2026
sum: 52000.00
method: budgets
people:
  - {person: P-101, budget: 30000.00, last_year: 28000.00, separable: yes}
  - {person: P-102, budget: 14000.00, last_year: 16000.00, separable: no}
  - {person: P-103, budget: 8500.00, last_year: 4500.00}
damping: {most_lost_percent: 5}
"""


def test_a_split_by_budgets_stands_beside_them_with_the_proposal_that_holds_every_loss(open_page: Open) -> None:
    page = opened(open_page("split", start="A split file", method="By budgets"), BY_BUDGETS)
    text, html = text_of(page), html_of(page)
    for heading in ("Budget", "Over, or under (-)", "Can follow the person", "Proposal"):
        assert f">{heading}</th>" in html
    assert "The proposal holds every loss within 5% of last year" in text
    assert "It is a proposal: a split may not be used to cut a person’s budget (Care Act 2014)" in text
    assert "£15,200.00" in text  # 95% of £16,000.00


def test_where_the_gains_cannot_pay_for_it_the_page_says_why_there_is_no_proposal(open_page: Open) -> None:
    page = opened(open_page("split", start="A split file", method="By budgets"), BY_BUDGETS.replace("52000.00", "40000.00"))
    assert "There is no proposal: people holding every loss within 5% takes" in text_of(page)
