"""An advice from which something is taken off: what it pays is placed to the penny, and no fund pays for another."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.receipts import Advice, Line, Strength, Suggestion, suggestions
from invoicing.still_open import Asked, AskedAs

LINE = "BL-1"


def invoice(number: int, *by_fund: int) -> Asked:
    parts = tuple(((f"spot-P{number}{n}", "southgate"), pence) for n, pence in enumerate(by_fund))
    return Asked(AskedAs.INVOICE, f"invoice {number:06d}", number, "southgate", date(2026, 10, 1), parts)


def best(pays: list[tuple[int, int]], *asked: Asked) -> Suggestion:
    total = sum(pence for _, pence in pays)
    return suggestions([Line(LINE, date(2026, 10, 20), total, "BGC")], asked, (), [Advice("RA-1", tuple(pays))])[LINE][0]


def placed(found: Suggestion) -> list[tuple[int | None, int]]:
    return [(each.number, each.pence) for each in found.placings]


def test_a_credit_of_an_invoice_lowers_what_is_paid_of_that_one() -> None:
    """Of invoice 503, £5.00 was credited: £25.00 is open of it."""
    found = best([(503, 3000), (504, 2000), (503, -500)], invoice(503, 2500), invoice(504, 2000))
    assert placed(found) == [(503, 2500), (504, 2000)]
    assert found.strength is Strength.ADVISED
    assert found.why == "The remittance advice RA-1 comes to exactly this amount and lists invoice 503 and invoice 504, less £5.00."


def test_a_credit_of_an_invoice_that_is_paid_lowers_the_next_one_of_the_same_fund() -> None:
    """Invoice 501 was paid before £5.00 of it was credited, so that of 504, for the same fund, £15.00 is open."""
    found = best([(504, 2000), (501, -500)], invoice(504, 1500))
    assert placed(found) == [(504, 1500)]
    assert found.why.endswith("lists invoice 504, less £5.00.")


def test_a_credit_of_another_fund_is_never_paid_out_of_this_one_and_what_is_short_is_told() -> None:
    found = best([(503, 3000), (504, 2000), (501, -500)], invoice(503, 3000), invoice(504, 2000))
    assert placed(found) == [(503, 3000), (504, 1500)]
    assert found.why.endswith("less £5.00; £5.00 stays open, for what is taken off is not credited in the same fund.")


def test_what_is_for_several_people_is_not_divided_to_make_up_for_a_credit() -> None:
    found = best([(503, 3000), (504, 2000), (501, -500)], invoice(503, 3000), invoice(504, 1200, 800))
    assert placed(found) == [(503, 3000)]
    assert "£15.00 of the line is left over" in found.why


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(500, 504), st.integers(-2000, 4000).filter(bool)), min_size=1, max_size=6),
       st.lists(st.integers(1, 4000), min_size=5, max_size=5))
def test_an_advice_never_places_more_than_the_line_or_more_than_is_open(pays: list[tuple[int, int]], open_pence: list[int]) -> None:
    total = sum(pence for _, pence in pays)
    if total <= 0:
        return
    asked = [invoice(500 + n, pence) for n, pence in enumerate(open_pence)]
    for each in suggestions([Line(LINE, date(2026, 10, 20), total, "BGC")], asked, (), [Advice("RA-1", tuple(pays))])[LINE]:
        assert 0 < each.pence <= total
        assert all(0 < placing.pence <= open_pence[(placing.number or 0) - 500] for placing in each.placings)
