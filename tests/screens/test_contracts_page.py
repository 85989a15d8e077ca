"""The contracts on their page: what stands, what changes for whom, what is missing, and the next version from there."""

from __future__ import annotations

from pathlib import Path

import pytest

from basics.money import Money
from isf.split import Method
from ringfence.actions.contracts import Stage, days_to_begin, one_contract
from ringfence.actions.recording import record_content
from ringfence.actions.split_in_books import split_in_books
from ringfence.actions.split_prepare import prepare_split
from ringfence.screens.components.paged import paged
from ringfence.screens.split_change_chart import finding
from tests.screens.conftest import Open, html_of, text_of
from tests.screens.test_split_page import CONTRACT, acting


def prepared(books_file: Path) -> None:
    """A second version by hours, whose method the council has agreed."""
    asha = acting(books_file)
    prepare_split(asha, split_in_books(asha, CONTRACT).asked, Method.HOURS, again_from=days_to_begin(asha, CONTRACT)[-1])
    record_content(asha, {"methods_agreed": [{"contract": CONTRACT, "version": 2, "method": "hours", "by": "R. Bell <b>of</b> the council",
                                              "on": "2026-10-12", "source": "Letter C & D"}]}, "agreed.yaml")


def test_the_list_says_what_stands_and_leads_to_each(open_page: Open, books_file: Path) -> None:
    page = open_page("contracts")
    text, told = text_of(page), one_contract(acting(books_file), CONTRACT)
    assert "Nothing is waiting." in text
    assert f"All contracts {Money(told.contract.pence)} {Money(told.allocated_pence)} {Money(told.kept_back_pence)}" in text
    assert f'href="/contracts?contract={CONTRACT}"' in html_of(page)
    assert "There is no contract SG-9 in the books." in text_of(open_page("contracts", contract="SG-9"))


def test_one_contract_shows_its_versions_side_by_side_and_what_the_council_has_still_to_agree(open_page: Open, books_file: Path) -> None:
    prepared(books_file)
    text, markup = text_of(page := open_page("contracts", contract=CONTRACT)), html_of(page)
    told = one_contract(acting(books_file), CONTRACT)
    assert f"Version 2 waits for {told.people} agreements of the council." in text
    assert "R. Bell &lt;b&gt;of&lt;/b&gt; the council" in markup
    first, second = ({each.person: each for each in version.divided.allocations} for version in told.versions)
    assert f"{Money(first['P001'].pence)}" in text
    assert f"{Money(second['P001'].pence)}" in text
    assert text.count("Missing") == told.people
    assert "Version 2 gives" in text
    assert "waits for what the council has to agree" in text_of(open_page("contracts"))


def test_the_split_page_offers_no_approval_before_all_is_agreed(open_page: Open, books_file: Path) -> None:
    prepared(books_file)
    page = open_page("split", user="ben")
    assert "It cannot be approved before the council has agreed:" in text_of(page)
    assert not [each for each in page.button if each.label.startswith("Approve version 2")]


def test_the_next_version_is_prepared_from_there(open_page: Open, books_file: Path) -> None:
    page = open_page("contracts", contract=CONTRACT)
    page.selectbox(key="again-method").set_value("By hours").run()
    page.button(key="prepare-again").click().run()
    assert f"Prepared: the next version of {CONTRACT}" in text_of(page)
    assert [each.number for each in one_contract(acting(books_file), CONTRACT).versions] == [1, 2]


def test_what_the_council_agreed_is_recorded_there(open_page: Open, books_file: Path) -> None:
    prepared(books_file)
    page = open_page("contracts", contract=CONTRACT)
    people = one_contract(acting(books_file), CONTRACT).people
    page.multiselect[0].set_value(page.multiselect[0].options).run()
    page.button[0].click().run()
    assert "sums_approved, item 1 (P001), by : is blank. Write it" in text_of(page)
    assert len(one_contract(acting(books_file), CONTRACT).versions[1].missing) == people, "nobody is named as having agreed it"
    page.text_input[0].set_value("T. Osei")
    page.text_input[1].set_value("Letter SW-77").run()
    page.button[0].click().run()
    assert f"Recorded: {people} agreements of {CONTRACT}." in text_of(page)
    assert one_contract(acting(books_file), CONTRACT).versions[1].stage is Stage.READY


def test_a_version_that_changes_nothing_is_refused_on_the_page(open_page: Open) -> None:
    page = open_page("contracts", contract=CONTRACT)
    page.button(key="prepare-again").click().run()
    assert "changes nobody’s sum." in text_of(page)


@pytest.mark.parametrize(("changed", "said"), [
    ([], "Version 2 gives everybody the same as version 1"),
    ([("Amina", 100, 40), ("Thomas", 100, 160)], "Version 2 gives 1 person more and 1 less than version 1: £0.60 more in all"),
])
def test_the_finding_says_who_has_more_and_how_much(changed: list[tuple[str, int, int]], said: str) -> None:
    assert finding("version 1", "version 2", changed) == said


def test_a_contract_of_more_people_than_a_page_holds_can_be_read_to_its_end(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(paged.__kwdefaults__ or {}, "rows", 2)
    page = open_page("contracts", contract=CONTRACT)
    assert not page.exception
    assert "P001" in html_of(page)
