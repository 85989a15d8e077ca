"""The page People and funds: who is there, how they are found, and figures that are the ledger's and the statements'."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

from basics.money import Money
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user, make_books, open_books
from ringfence.actions.importing import take_people
from ringfence.actions.one_fund import fund_month
from ringfence.actions.people_and_funds import FundsList, ListedFund, list_funds
from ringfence.documents.pages import statement_page
from ringfence.importing.people import PersonRow
from ringfence.importing.tables import Taken
from tests.screens.conftest import Open, html_of, text_of

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
NASTY = "<img src=x onerror=alert(1)> & “Sons”"


def books_of(path: Path) -> FundsList:
    return list_funds(Acting(open_books(str(path), key=None), "asha", NOW))


def rows_of(page: AppTest) -> list[str]:
    """The fund of each row, in order."""
    return re.findall(r'<th scope="row"><a href="/fund\?fund=([^"]+)"', html_of(page))


def named(funds: list[ListedFund], *, known_as: str) -> ListedFund:
    return next(fund for fund in funds if fund.known_as == known_as)


def test_everybody_is_there_a_page_of_25_at_a_time(open_page: Open, books_file: Path) -> None:
    every = books_of(books_file).funds
    page = open_page("people")
    assert f"{len({fund.person for fund in every if fund.person})} people, {len(every)} funds." in text_of(page)
    assert set(rows_of(page)) <= {fund.fund for fund in every}
    assert len(rows_of(page)) == min(25, len(every))


def test_a_row_says_what_the_books_and_the_last_statement_say(open_page: Open, books_file: Path) -> None:
    for fund in [each for each in books_of(books_file).funds if each.person][:6]:
        text = text_of(open_page("people", search=f"{fund.person} {fund.name}"))
        for pence in (max(fund.held_pence, 0), fund.budget_pence, fund.used_pence, fund.left_pence):
            assert pence is not None
            assert str(Money(pence)) in text, fund.fund
        assert fund.standing in text


def test_below_nil_we_hold_nothing_and_what_is_owed_stands_under_it(open_page: Open, books_file: Path) -> None:
    below = [each for each in books_of(books_file).funds if each.person and each.held_pence < 0]
    assert below
    for fund in below[:3]:
        text = text_of(open_page("people", search=f"{fund.person} {fund.name}"))
        assert f"£0.00 {Money(-fund.held_pence)} owed for support" in text
        assert str(Money(fund.held_pence)) not in text


def test_the_status_is_the_one_that_the_statement_and_the_page_of_the_fund_print(open_page: Open, books_file: Path) -> None:
    caller = Acting(open_books(str(books_file), key=None), "asha", NOW)
    stated = books_of(books_file).stated
    assert stated is not None
    carried = next(each for each in books_of(books_file).funds if each.carried_pence)
    others = [each for each in books_of(books_file).funds if each.person and not each.carried_pence][:2]
    for fund in (carried, *others):
        statement = fund_month(caller, fund.fund, stated).statement
        said = statement_page(statement)["status"]["words"]
        assert said == fund.standing
        for page in (open_page("people", search=fund.name), open_page("fund", fund=fund.fund, month=str(stated)),
                     open_page("statements", search=fund.person)):
            assert said in text_of(page)
            assert "Overspent" not in text_of(page)
    assert f"we carry {Money(carried.carried_pence)}" in text_of(open_page("people", search=carried.name))


def test_what_needs_attention_stands_first_and_by_name_when_asked(open_page: Open, books_file: Path) -> None:
    every = {fund.fund: fund for fund in books_of(books_file).funds}
    standings = [list(type(fund.standing)).index(fund.standing) for fund in map(every.__getitem__, rows_of(open_page("people")))]
    assert standings == sorted(standings)
    names = [every[key].known_as.casefold() for key in rows_of(open_page("people", sort="Name")) if every[key].person]
    assert names == sorted(names)


def test_a_search_finds_a_name_what_they_are_known_as_or_a_reference(open_page: Open, books_file: Path) -> None:
    one = next(fund for fund in books_of(books_file).funds if fund.person)
    for words in (one.name, one.name.upper(), one.known_as, one.person, one.person.lower(), f"  {one.name.split()[-1]}   {one.known_as} "):
        assert one.fund in rows_of(open_page("people", search=words)), words


def test_what_is_typed_is_found_and_leads_back_to_the_first_page(open_page: Open, books_file: Path) -> None:
    page = open_page("people")
    one = next(fund for fund in books_of(books_file).funds if fund.person)
    page.text_input(key="search").set_value(one.person).run()
    assert rows_of(page) == [one.fund]
    assert f"1 of {len(books_of(books_file).funds)} funds" in text_of(page)


def test_each_filter_leaves_only_what_it_names(open_page: Open, books_file: Path) -> None:
    every = books_of(books_file).funds
    for filters, kept in (({"payer": "The person"}, lambda fund: "The person" in fund.payers),
                          ({"kind": "Paid for as support is given"}, lambda fund: fund.kind == "spot"),
                          ({"contract": "NORTHSHORE-2026"}, lambda fund: fund.contract == "NORTHSHORE-2026"),
                          ({"status": "On target"}, lambda fund: fund.standing == "On target")):
        expected = {fund.fund for fund in every if kept(fund)}
        assert 0 < len(expected) < len(every)
        assert set(rows_of(open_page("people", **filters))) == expected, filters


def test_the_totals_are_of_all_matches_and_never_net_one_persons_overspend_against_anothers_money(open_page: Open, books_file: Path) -> None:
    every = books_of(books_file).funds
    text = text_of(open_page("people"))
    assert f"All {len(every)} funds found" in text
    above, below = (sum(fund.held_pence for fund in every if (fund.held_pence > 0) is side) for side in (True, False))
    assert below < 0 < above
    assert str(Money(above)) in text
    assert f"and {Money(-below)} owed for support" in text
    assert str(Money(sum(fund.used_pence or 0 for fund in every))) in text


def test_nothing_found_says_what_to_do(open_page: Open) -> None:
    text = text_of(open_page("people", search="nobody is called this"))
    assert "No fund is like this." in text
    assert "0 of" in text


def test_a_filter_that_is_not_one_is_passed_over(open_page: Open) -> None:
    assert rows_of(open_page("people", status="Nonsense", payer="Nobody", page="99", sort="<b>")) == rows_of(open_page("people"))


def test_books_without_people_say_where_to_begin(open_page: Open, tmp_path: Path) -> None:
    page = open_page("people", books=empty_books(tmp_path))
    assert "There is nobody here yet." in text_of(page)
    assert 'href="/import"' in html_of(page)


def test_a_hostile_name_is_only_a_name(open_page: Open, books_file: Path) -> None:
    caller = Acting(open_books(str(books_file), key=None), "asha", NOW)
    one = next(fund for fund in books_of(books_file).funds if fund.person)
    take_people(caller, Taken("people.csv", "", (PersonRow(2, one.person, NASTY, NASTY),), (), ()))
    page = open_page("people", search="onerror")
    assert rows_of(page) == [one.fund]
    assert NASTY in text_of(page).replace("  ", " ")
    assert "<img" not in html_of(page)
    assert "<img" not in html_of(open_page("fund", fund=one.fund))


def empty_books(folder: Path) -> Path:
    path = folder / "empty.db"
    store = make_books(str(path), provider="Halden Support", sample=True, key=None)
    add_user(store, "asha", added_by="asha", at=NOW)
    store.close()
    return path
