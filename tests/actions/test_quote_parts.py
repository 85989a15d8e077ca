"""A quote to one of several funders: their part of the week, beside the whole price of which it is a part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from basics.errors import InputError, NotAllowed, Refused
from basics.money import Money
from costing.package import Per
from costing.quote import Whole, Word
from ringfence.actions.applying import approve
from ringfence.actions.offers import offer_on_content
from ringfence.actions.quote_plans import apply_file_of
from ringfence.actions.quotes import answer_quote, quotes
from ringfence.actions.reviews import review_of_file
from ringfence.actions.subsidies import propose_subsidy
from ringfence.documents.letter_page import letter_page
from ringfence.documents.printing import letter_pdf
from ringfence.documents.records import quote_from_json, record_json
from tests.actions.provider_books import Books
from tests.actions.test_quotes_in_books import FILE, UNTIL, ask
from tests.documents import pdf_checks

FUNDED = FILE + """contingency: {amount: 1.00, per: hour}
funders:
  - {funder: Southgate Council, percent: 60}
  - {funder: Northvale, takes_contingency: no}
"""
"""£26.00 an hour, £260.00 a week, of which £240.00 is full cost: 60% is £156.00, the rest £104.00 less its £4.00 of contingency."""
NORTHVALE = "Northvale Integrated Care Board"
NO_REST = FUNDED.replace("percent: 60", "percent: 100").replace("  - {funder: Northvale, takes_contingency: no}\n", "")


def test_a_funder_that_the_file_names_is_asked_for_their_part(agreed: Books) -> None:
    made = ask(agreed, FUNDED).quote
    assert (made.per, made.pence, made.whole) == ("week", 15600, Whole("hour", 2600, None, 10000, 400))
    assert [made.charged(span).plain for span in (Per.HOUR, Per.WEEK, Per.YEAR)] == ["15.60", "156.00", "8112.00"]
    assert sum(line.pence for line in made.lines) + made.rounding_pence == 2600
    assert quote_from_json(record_json(made)) == made


def test_a_payer_is_the_same_by_their_name_and_by_their_reference(agreed: Books) -> None:
    for name in ("northvale", NORTHVALE):
        made = ask(agreed, FUNDED, funder=name).quote
        assert (made.funder, made.pence, made.whole) == (NORTHVALE, 10000, Whole("hour", 2600, None, 15600, 400))


def test_somebody_whom_the_file_does_not_name_is_not_asked(agreed: Books) -> None:
    with pytest.raises(InputError, match=r"is paid by Southgate Council, Northvale, and A stranger is not among them\. .*correct funders"):
        ask(agreed, FUNDED, funder="A stranger")
    assert quotes(agreed.asha).quotes == ()


def test_who_pays_the_whole_is_asked_for_the_price_itself(agreed: Books) -> None:
    made = ask(agreed, NO_REST).quote
    assert (made.per, made.pence, made.whole) == ("hour", 2600, None)


def test_full_cost_is_compared_with_what_all_pay_together(agreed: Books) -> None:
    """£140.00 with the other £100.00 is full cost; a penny less is not. A decision is for the whole hour: £23.90."""
    assert ask(agreed, FUNDED, price=Money.parse("140")).quote.taken_off_pence == -1600
    with pytest.raises(NotAllowed, match=r"£139\.00 for each week, with what others pay, is £1\.00 a week below the full cost"):
        ask(agreed, FUNDED, price=Money.parse("139"))
    checked = offer_on_content(FUNDED.encode(), "a", Money.parse("23.90"), Per.HOUR)
    approve(agreed.ben, propose_subsidy(agreed.asha, checked, funder="Southgate Council", why="New", paid_from="Reserves", first=date(2026, 10, 1),
                                        last=UNTIL))
    assert ask(agreed, FUNDED, price=Money.parse("139")).quote.pence == 13900
    with pytest.raises(NotAllowed):
        ask(agreed, FUNDED, price=Money.parse("138.90"))
    with pytest.raises(InputError, match=r"£156\.01 cannot be asked: the price is £156\.00 for each week"):
        ask(agreed, FUNDED, price=Money.parse("156.01"))


def test_an_accepted_part_becomes_one_item_a_week(agreed: Books) -> None:
    ask(agreed, FUNDED, first=date(2026, 11, 1))
    answer_quote(agreed.asha, "Q-0001", Word.ACCEPTED)
    plan = apply_file_of(agreed.asha, "Q-0001", fund="spot-P003", support="mornings")
    assert "per: item" in plan
    assert "pounds: 156.00" in plan
    assert "times_per_week: 1" in plan


def test_a_letter_says_the_whole_price_and_your_part(agreed: Books) -> None:
    made = ask(agreed, FUNDED, price=Money.parse("150")).quote
    words = pdf_checks.text(letter_pdf([made]))
    needed = ["we ask £150.00 a week", "That is your part of a price of £26.00 an hour.",
              "The whole price, from 1 October 2026 £26.00 £260.00 £13,520.00",
              "Paid by others £10.00 £100.00 £5,200.00", "Contingency that nobody pays £0.40 £4.00 £208.00",
              "Your part, before what we take off £15.60 £156.00 £8,112.00", "Your part, from 1 October 2026 £15.00 £150.00 £7,800.00",
              "Whole price of an hour 26.00 100.0%"]
    assert [part for part in needed if part not in words] == []
    assert "Taken off" not in words
    assert NORTHVALE not in words


def test_a_review_asks_for_more_of_the_part(agreed: Books, tmp_path: Path) -> None:
    """An office of £5.00 makes £27.00 an hour: 60% of £270.00 is £162.00, after £156.00."""
    review = "review: R\non: 2026-10-01\nuntil: 2026-12-31\nfunders:\n  - {funder: Southgate Council, packages: [{cost: a.yaml, next: b.yaml}]}\n"
    last_year = FUNDED.replace("on: 2026", "on: 2025")
    for name, text in (("a.yaml", last_year), ("b.yaml", FUNDED.replace("4.00", "5.00")), ("r.yaml", review)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (asked,) = review_of_file(agreed.asha, tmp_path / "r.yaml")
    assert (asked.per, asked.now_pence, asked.pence, asked.whole) == ("week", 15600, 16200, Whole("hour", 2700, 2600, 10400, 400))
    rows = letter_page([asked])["asked"][0]["prices"]["rows"]
    assert [row[0] for row in rows] == ["The whole price, before", "The whole price, from 1 October 2026", "Paid by others",
                                        "Contingency that nobody pays", "Your part, paid now", "Your part, from 1 October 2026", "More"]
    assert letter_page([asked])["asked"][0]["total"] == ["Whole price of an hour", "26.00", "27.00", "1.00", "3.8%"]
    (tmp_path / "a.yaml").write_text(last_year.partition("funders")[0], encoding="utf-8")
    with pytest.raises(InputError, match="Nobody said what Southgate Council pays now"):
        review_of_file(agreed.asha, tmp_path / "r.yaml")
    (tmp_path / "r.yaml").write_text(review.replace("b.yaml", "b.yaml, now: 150.00"), encoding="utf-8")
    assert [each.now_pence for each in review_of_file(agreed.asha, tmp_path / "r.yaml")] == [15000]


def test_a_review_of_somebody_whom_the_file_does_not_name_is_refused(agreed: Books, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FUNDED, encoding="utf-8")
    (tmp_path / "r.yaml").write_text("review: R\non: 2026-10-01\nuntil: 2026-12-31\nfunders:\n  - {funder: A stranger, packages: [{cost: a.yaml}]}\n",
                                     encoding="utf-8")
    with pytest.raises((InputError, Refused), match="A stranger is not among them"):
        review_of_file(agreed.asha, tmp_path / "r.yaml", record=True)
    assert quotes(agreed.asha).quotes == ()


def test_shares_are_of_the_price_asked_and_add_to_the_whole(agreed: Books) -> None:
    """£20, £4 and £1 are 83.36%, 16.72% and 4.18% of what they make of £24.00, 104.2%: what was taken off is 4.2% below nil."""
    made = ask(agreed, price=Money.parse("24.00")).quote
    assert [line.share_tenths for line in made.lines] == [833, 167, 42]
    (asked,) = letter_page([made])["asked"]
    shares = [row["cells"][1] for row in asked["lines"] if row["kind"] == "section"]
    assert shares == ["83.3%", "16.7%", "4.2%", "\N{MINUS SIGN}4.2%"]
    assert asked["total"][2] == "100.0%"


def test_an_old_record_of_a_quote_reads_and_says_the_same(agreed: Books) -> None:
    made = ask(agreed).quote
    text = record_json(made)
    assert not any(f'"{key}"' in text for key in ("whole", "priced_until", "stretches"))
    assert quote_from_json(text) == replace(made, whole=None, priced_until="", stretches=())
