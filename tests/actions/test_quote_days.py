"""From which day a quoted price counts: never carried to a day on which it is another, never planned past the time that it is for."""

from __future__ import annotations

from datetime import date

import pytest

from basics.errors import InputError, NotAllowed, Refused
from basics.money import Money
from costing.offer import check_offer
from costing.package import Per
from costing.quote import QuoteStretch, Word
from ringfence.actions.applying import approve
from ringfence.actions.offers import offer_on_content
from ringfence.actions.quote_plans import apply_file_of
from ringfence.actions.quotes import answer_quote, quotes
from ringfence.actions.reviews import review_of_file
from ringfence.actions.subsidies import propose_subsidy, register
from ringfence.importing.costing_on import source_of
from ringfence.importing.parameters import built_in_parameters
from ringfence.importing.yaml_text import yaml_text_of
from tests.actions.provider_books import Books
from tests.actions.test_quotes_in_books import FILE, ON_WAGE, UNTIL, ask, decide

THIS_YEAR = ON_WAGE.replace("on: 2025-10-01", "on: 2026-10-01")
A_YEAR = ON_WAGE.replace("on: 2025-10-01", "on: 2025-10-01\nuntil: 2026-09-30")
"""182 days at £37.21 an hour (a wage of £12.21 with £25.00 beside it), then 183 at £37.71: 13,673.15 ÷ 365 = £37.46."""
A_WINTER = FILE.replace("on: 2026-10-01", "on: 2026-11-01\nuntil: 2027-01-31")


def planned(books: Books, **changes) -> dict:
    text = apply_file_of(books.asha, "Q-0001", fund="spot-P003", support="mornings", **changes)
    return yaml_text_of(text.encode(), "plan.yaml").data["plan"][0]


def test_a_price_is_not_carried_to_a_day_on_which_it_is_another(agreed: Books) -> None:
    with pytest.raises(InputError, match=r"is £37\.21 an hour on 1 October 2025, and £37\.71 an hour from 1 October 2026.*on: 2026-10-01"):
        ask(agreed, ON_WAGE, first=date(2026, 10, 1))
    assert quotes(agreed.asha).quotes == ()


def test_a_price_is_not_carried_to_a_day_on_which_a_figure_of_it_is_not_known(agreed: Books) -> None:
    with pytest.raises(Refused, match=r"(?s)has no price on 1 May 2027; .*“on”.*National Living Wage is known .* and is needed on 1 May 2027"):
        ask(agreed, THIS_YEAR, first=date(2027, 5, 1))
    assert quotes(agreed.asha).quotes == ()


def test_a_price_that_is_the_same_on_another_day_is_quoted_as_of_that_day(agreed: Books) -> None:
    made = ask(agreed, THIS_YEAR, first=date(2027, 1, 1)).quote
    assert (made.pence, made.priced_on, made.first) == (3771, "2027-01-01", "2027-01-01")


def test_a_price_for_a_time_counts_from_any_of_its_days_and_from_no_other(agreed: Books) -> None:
    made = ask(agreed, A_YEAR, first=date(2026, 3, 1)).quote
    assert (made.pence, made.priced_on, made.priced_until) == (3746, "2025-10-01", "2026-09-30")
    assert made.stretches == (QuoteStretch("2025-10-01", "2026-03-31", 3721, 37210), QuoteStretch("2026-04-01", "2026-09-30", 3771, 37710))
    for day in (date(2025, 9, 30), date(2026, 10, 1)):
        with pytest.raises(InputError, match="is not in its time: it is one price from 1 October 2025 to 30 September 2026"):
            ask(agreed, A_YEAR, first=day)


def test_a_plan_never_runs_past_the_time_of_its_price(agreed: Books) -> None:
    ask(agreed, A_WINTER)
    answer_quote(agreed.asha, "Q-0001", Word.ACCEPTED)
    assert planned(agreed)["to"] == date(2027, 1, 31)
    assert planned(agreed, last=date(2026, 12, 31))["to"] == date(2026, 12, 31)
    with pytest.raises(InputError, match="is for days until 31 January 2027"):
        planned(agreed, last=date(2027, 2, 1))


def test_what_was_agreed_from_a_day_after_the_time_of_its_price_is_no_plan(agreed: Books) -> None:
    ask(agreed, A_WINTER)
    answer_quote(agreed.asha, "Q-0001", Word.ACCEPTED, first=date(2027, 2, 1))
    with pytest.raises(InputError, match="is for days until 31 January 2027"):
        planned(agreed)


def test_what_was_agreed_below_full_cost_is_no_plan_until_it_is_decided(agreed: Books) -> None:
    ask(agreed, first=date(2026, 11, 1))
    answer_quote(agreed.asha, "Q-0001", Word.ACCEPTED, price=Money.parse("23.50"))
    with pytest.raises(NotAllowed, match=r"Q-0001 was agreed £5\.00 a week below full cost.*ringfence offer FILE POUNDS --propose"):
        planned(agreed)
    decide(agreed)
    assert planned(agreed)["minutes_per_week"] == 600


@pytest.mark.parametrize(("rates_until", "covers"), [(date(2026, 10, 31), False), (date(2026, 11, 1), True)])
def test_a_decision_whose_rates_have_changed_covers_no_new_quote(agreed: Books, rates_until: date, covers: bool) -> None:
    package = source_of(FILE.encode(), "a", built_in_parameters).package
    checked = check_offer(package, Money.parse("23"), Per.HOUR, rates_until=rates_until)
    said = {"funder": "Southgate Council", "why": "New", "paid_from": "Reserves", "first": package.on, "last": UNTIL}
    approve(agreed.ben, propose_subsidy(agreed.asha, checked, **said))
    if covers:
        assert ask(agreed, price=Money.parse("23.50"), first=date(2026, 11, 1)).quote.pence == 2350
    else:
        with pytest.raises(NotAllowed):
            ask(agreed, price=Money.parse("23.50"), first=date(2026, 11, 1))


def test_an_offer_is_held_against_the_cost_of_its_first_day() -> None:
    content = THIS_YEAR.encode()
    assert offer_on_content(content, "a", Money.parse("30"), Per.HOUR, date(2027, 1, 1)).on == date(2027, 1, 1)
    with pytest.raises(Refused, match="needed on 1 April 2027"):
        offer_on_content(content, "a", Money.parse("30"), Per.HOUR, date(2027, 4, 1))
    with pytest.raises(InputError, match="Give the cost file that day"):
        offer_on_content(ON_WAGE.encode(), "a", Money.parse("30"), Per.HOUR, date(2026, 10, 1))


def test_a_decision_keeps_through_which_day_its_rates_are_the_same(agreed: Books) -> None:
    """The National Living Wage of 2025 ends on 31 March 2026."""
    for text, first, until in ((ON_WAGE, date(2025, 10, 1), date(2026, 3, 31)), (A_YEAR, date(2025, 10, 1), date(2026, 9, 30)),
                               (FILE, date(2026, 10, 1), date.max)):
        checked = offer_on_content(text.encode(), "a", Money.parse("20"), Per.HOUR)
        propose_subsidy(agreed.asha, checked, funder="A", why="New", paid_from="Reserves", first=first, last=date(2027, 9, 30))
        found = register(agreed.asha).subsidies[-1]
        assert (found.worked_out_on, found.rates_until) == (first, until)


def test_the_minimum_price_of_a_time_is_weighed_by_its_days() -> None:
    """182 days at £32.14 and 183 at £34.42: 12,148.34 ÷ 365 = £33.28. From 1 April 2027 on it is not known."""
    levels = [each.per_hour.plain for each in offer_on_content(A_YEAR.encode(), "a", Money.parse("30"), Per.HOUR).beside]
    assert levels[-2:] == ["37.46", "33.28"]
    beyond = FILE.replace("on: 2026-10-01", "on: 2026-10-01\nuntil: 2027-04-01")
    checked = offer_on_content(beyond.encode(), "a", Money.parse("30"), Per.HOUR)
    assert (len(checked.beside), checked.days_in_words) == (3, "from 1 October 2026 to 1 April 2027")


REVIEW = "review: R\non: 2026-10-01\nuntil: 2026-12-31\nfunders:\n  - {funder: A trust, packages: [{cost: old.cost.yaml, next: new.cost.yaml}]}\n"


def test_the_file_of_next_year_must_have_its_price_on_the_day_of_the_review(agreed: Books, tmp_path) -> None:
    for name, text in (("old.cost.yaml", FILE.replace("2026", "2025")), ("new.cost.yaml", ON_WAGE.replace("on: 2025-10-01", "on: 2025-12-01")),
                       ("a.review.yaml", REVIEW)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=r"new\.cost\.yaml: The price is £37\.21 an hour on 1 December 2025, and £37\.71 an hour from 1 October 2026"):
        review_of_file(agreed.asha, tmp_path / "a.review.yaml", record=True)
    assert quotes(agreed.asha).quotes == ()
    (tmp_path / "new.cost.yaml").write_text(THIS_YEAR, encoding="utf-8")
    (made,) = review_of_file(agreed.asha, tmp_path / "a.review.yaml", record=True)
    assert (made.now_pence, made.pence, "national_living_wage" in made.content) == (2500, 3771, True)
