"""The letter that asks for a price: made to PDF/UA-1, every pound on a line, the figures of before beside those of a review."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from basics.errors import InputError
from costing.quote import Quote, QuoteLine, QuoteStep, QuoteStretch
from ringfence.documents.letter_page import letter_page
from ringfence.documents.printing import letter_pdf
from ringfence.documents.records import quote_from_json, record_json
from tests.documents import pdf_checks

OFFER = Quote(
    reference="Q-0001", provider="Halden Support", provider_address=("3 Mill Lane", "HN1 2AB"), provider_contact="Priya Shah, 01632 960 101",
    practice=False, funder="Southgate <b>Council</b> #show", funder_address=("Civic Centre",), person="P003", review="", package="Outreach",
    people=1, made_on="2026-11-02", priced_on="2026-10-01", first="2027-01-01", until="2026-12-31", per="hour", pence=2400, now_pence=None,
    hours_per_week="37/2", weeks_per_year="365/7", full_cost_per_week="400",
    lines=(QuoteLine("Direct support", "Pay for support", 1326, None, 553, ()), QuoteLine("Direct support", "Mileage", 674, None, 280, ()),
           QuoteLine("Company costs", "Office", 398, None, 167, ())),
    taken_off_pence=0, taken_off_before_pence=0, rounding_pence=2, rounding_before_pence=0, changes=(),
    steps=(QuoteStep("Pay", "£12.71 an hour", "", "set by the Government"),), notes=("This price holds no surplus.",), file="a.yaml",
    content="name: Outreach", digest="7f3a91c2" * 8)
ASKED = replace(
    OFFER, reference="Q-0002", review="Prices for 2027", people=3, now_pence=2300, package="Days out",
    lines=(QuoteLine("Direct support", "Pay for support", 1326, 1276, 553, (1,)), QuoteLine("Direct support", "Mileage", 674, 674, 280, ()),
           QuoteLine("Company costs", "Office", 398, 373, 167, (1,)), QuoteLine("Company costs", "Van", 0, 50, 0, (2,))),
    taken_off_before_pence=-75, rounding_before_pence=2,
    changes=(QuoteStep("Living wage", "£12.71 an hour", "£12.21 an hour", "set by the Government"),
             QuoteStep("Van", "not in it", "£10.00 a week", "")))
LETTERS = {"an offer": (OFFER,), "a draft": (replace(OFFER, reference="", practice=True),), "a review": (ASKED,),
           "a review of two": (ASKED, replace(ASKED, reference="Q-0003", package="Nights", per="week", pence=44400, now_pence=42550)),
           "a time": (replace(OFFER, priced_until="2027-09-30", notes=("A first note.", "A second note."),
                              stretches=(QuoteStretch("2026-10-01", "2027-03-31", 2350, 43475),
                                         QuoteStretch("2027-04-01", "2027-09-30", 2450, 45325))),),
           "taken off": (replace(OFFER, pence=2300, taken_off_pence=-100),),
           "long": (replace(OFFER, lines=tuple(QuoteLine("Direct support", f"Line {n} " + "very " * 20, 12, None, 5, ()) for n in range(200))),)}
every_letter = pytest.mark.parametrize("quotes", LETTERS.values(), ids=LETTERS)


@every_letter
def test_a_letter_is_made_to_pdf_ua_1(quotes: tuple[Quote, ...]) -> None:
    pdf = letter_pdf(quotes)
    assert pdf_checks.faults(pdf) == []
    assert pdf_checks.package_faults(pdf) == []


def test_a_very_long_word_stays_between_the_margins_and_takes_no_room_from_the_figures() -> None:
    pdf = letter_pdf([replace(ASKED, package="W" * 100, lines=tuple(replace(line, label="W" * 100) for line in ASKED.lines))])
    left, right = pdf_checks.edges(pdf)
    assert left >= pdf_checks.MARGIN_PT
    assert right <= pdf_checks.A4_WIDTH_PT - pdf_checks.MARGIN_PT
    assert "12.76 13.26 0.50 3.9%" in pdf_checks.text(pdf)


@pytest.mark.parametrize("quotes", [LETTERS[name] for name in ("an offer", "a review", "taken off")], ids=["an offer", "a review", "taken off"])
def test_the_printed_sections_add_to_the_printed_price(quotes: tuple[Quote, ...]) -> None:
    (asked,) = letter_page(quotes)["asked"]
    columns = range(len(asked["columns"]) - 2)
    for column in columns:
        sections = [_number(row["cells"][column]) for row in asked["lines"] if row["kind"] == "section"]
        assert sum(sections) == _number(asked["total"][column + 1])
        inner = [_number(row["cells"][column]) for row in asked["lines"] if row["kind"] == "line"]
        outer = [_number(row["cells"][column]) for row in asked["lines"] if row["words"] in ("Direct support", "Company costs")]
        assert sum(inner) == sum(outer)


def test_an_offer_says_what_it_is_for_how_much_until_when_and_what_is_not_in_it() -> None:
    words = pdf_checks.text(letter_pdf([OFFER]))
    needed = ["Price offer Q-0001", "Southgate <b>Council</b> #show", "Civic Centre", "2 November 2026", "31 December 2026", "1 January 2027",
              "Person P003", "18.5 hours of support a week", "£24.00 £444.00 £23,151.43", "Direct support 20.00 83.3%", "Pay for support 13.26 55.3%",
              "Rounding 0.02", "Price of an hour 24.00 100.0%", "Rent, service charge", "Priya Shah, 01632 960 101", "record 7f3a91c2"]
    assert [part for part in needed if part not in words] == []
    assert "DRAFT" not in words


def test_a_price_for_a_time_shows_its_days_and_its_stretches() -> None:
    words = pdf_checks.text(letter_pdf(LETTERS["a time"]))
    needed = ["One price for all days from 1 October 2026 to 30 September 2027: each stretch of them counts at its own rates.",
              "1 October 2026 to 31 March 2027 £23.50 £434.75", "1 April to 30 September 2027 £24.50 £453.25"]
    assert [part for part in needed if part not in words] == []


def test_notes_for_the_sender_stand_in_a_draft_and_in_no_letter_that_goes_out() -> None:
    notes = ["For you, before it is sent", "A first note.", "A second note."]
    sent, draft = LETTERS["a time"], [replace(each, reference="") for each in LETTERS["a time"]]
    assert [note for note in notes if note in pdf_checks.text(letter_pdf(sent))] == []
    assert [note for note in notes if note not in pdf_checks.text(letter_pdf(draft))] == []


def test_a_review_says_what_it_was_what_it_is_and_why() -> None:
    words = pdf_checks.text(letter_pdf(LETTERS["a review of two"]))
    needed = ["Price review: Prices for 2027", "Q-0002, Q-0003", "Paid now £23.00", "Pay for support because of 1 12.76 13.26 0.50 3.9%",
              "Van because of 2 0.50 0.00 \N{MINUS SIGN}0.50 \N{MINUS SIGN}100.0%", "Not covered by what is paid now \N{MINUS SIGN}0.75 0.00 0.75",
              "Price of an hour 23.00 24.00 1.00 4.3%", "1. Living wage: £12.21 an hour before, £12.71 an hour now. Set by the Government.",
              "2. Van: £10.00 a week before, not in it now.", "For all 3 people", "All together, for a year"]
    assert [part for part in needed if part not in words] == []


def test_the_years_of_all_packages_add_to_their_total() -> None:
    together = letter_page(LETTERS["a review of two"])["together"]
    for column in (1, 2, 3):
        assert sum(_number(row[column]) for row in together["rows"]) == _number(together["total"][column])


def test_a_draft_has_no_reference_and_says_that_nothing_is_asked() -> None:
    words = pdf_checks.text(letter_pdf(LETTERS["a draft"]))
    assert words.startswith("Practice: not a real letter DRAFT: Nothing is asked with this page yet.")
    assert "Our reference" not in words


def test_what_a_quote_does_not_have_is_left_out_of_its_frozen_copy_whatever_else_it_has() -> None:
    text = record_json(replace(OFFER, priced_until="2027-09-30"))
    assert '"priced_until":"2027-09-30"' in text
    assert '"whole"' not in text
    assert '"stretches"' not in text


def test_the_same_quote_gives_the_same_bytes_also_from_its_frozen_copy() -> None:
    first = letter_pdf([ASKED])
    letter_pdf([OFFER])
    assert letter_pdf([quote_from_json(record_json(ASKED))]) == first


def test_a_name_with_a_character_that_cannot_be_seen_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be seen"):
        letter_pdf([replace(OFFER, funder="South\u202egate")])


def _number(text: str) -> Decimal:
    return Decimal(text.replace("\N{MINUS SIGN}", "-").replace(",", "").replace("£", ""))
