"""Cases: the list, one case by its address, and what is inferred, differs or is not run."""

from __future__ import annotations

from ringfence.actions.cases import every_case, in_short, one_case
from tests.screens.conftest import Open, html_of, text_of


def test_every_case_stands_in_the_list_with_both_figures(open_page: Open) -> None:
    text, page = text_of(open_page("cases")), every_case()
    assert in_short(page) in text
    for case in page:
        first = case.first
        ours = "Not run here" if first.ours is None else f"{first.in_words(first.ours)} {first.difference_in_words}"
        assert f"{first.figure} {first.in_words(first.theirs)} {ours}" in text


def test_a_case_is_opened_by_its_address_with_its_source_and_every_figure(open_page: Open) -> None:
    page, case = open_page("cases", case="caretilt"), one_case("caretilt")
    text = text_of(page)
    assert 'href="https://github.com/vierlan/caretilt" target="_blank" rel="noopener"' in html_of(page)
    assert case.about.given in text
    for each in case.figures:
        assert each.ours is not None
        assert f"{each.figure} {each.in_words(each.theirs)} {each.in_words(each.ours)} {each.difference_in_words}" in text
    for each in case.differing:
        assert f"{each.figure}: {each.because}" in text


def test_what_was_inferred_says_so_at_the_case_and_at_each_figure(open_page: Open) -> None:
    text = text_of(open_page("cases", case="ukhca-2014"))
    assert "Inferred 11.4 minutes of travel an hour" in text
    assert "Travel time inferred £1.20 £1.20 none" in text
    assert "Running the business £4.10 £4.10 none" in text


def test_what_needs_whole_books_is_named_and_says_where_it_is_run(open_page: Open) -> None:
    text = text_of(open_page("cases", case="four-weekly-monthly"))
    assert "The tests of Ringfence run it" in text
    assert "19 October, saved £158.00 Not run here" in text


def test_a_case_that_is_not_there_is_said_in_words(open_page: Open) -> None:
    page = open_page("cases", case="<b>none</b>")
    assert "There is no case “<b>none</b>”." in text_of(page)
    assert "<b>none</b>" not in html_of(page)
