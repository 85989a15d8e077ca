"""Suggestions for money that came in: what each rests on, and what no suggestion ever does."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.bank_words import PayerNames, Payers, numbers_in
from invoicing.receipts import Advice, Line, Strength, Suggestion, suggestions
from invoicing.still_open import Asked, AskedAs, Pair, still_open

COUNCIL, NHS, PEGGY = PayerNames("southgate", "Southgate Council", False), PayerNames("nhs", "Northvale ICB", False), PayerNames(
    "peggy", "Margaret Ellis", True)
PAYERS = (COUNCIL, NHS, PEGGY)


def invoice(number: int, pence: int, payer: str = "southgate", due: int = 1, fund: str = "spot-P003") -> Asked:
    return several(number, {fund: pence}, payer, due)


def several(number: int, by_fund: dict[str, int], payer: str = "southgate", due: int = 1) -> Asked:
    parts = tuple(((fund, payer), pence) for fund, pence in by_fund.items())
    return Asked(AskedAs.INVOICE, f"invoice {number:06d}", number, payer, date(2026, 10, due), parts)


def line(pence: int, words: str = "BGC", reference: str = "BL-1", day: int = 20) -> Line:
    return Line(reference, date(2026, 10, day), pence, words)


def first(pence: int, words: str, *asked: Asked, advices: tuple[Advice, ...] = ()) -> Suggestion:
    return suggestions([line(pence, words)], asked, PAYERS, advices)["BL-1"][0]


def placed(suggestion: Suggestion) -> dict[int | None, int]:
    found: dict[int | None, int] = defaultdict(int)
    for each in suggestion.placings:
        found[each.number] += each.pence
    return dict(found)


# what a suggestion rests on


def test_an_invoice_that_the_bank_names_comes_first_even_where_another_has_the_amount() -> None:
    best = first(3000, "SOUTHGATE COUNCIL 000503", invoice(501, 3000), invoice(503, 3000, due=9))
    assert (placed(best), best.strength) == ({503: 3000}, Strength.NAMED_EXACT)
    assert best.why == "The bank’s words name invoice 000503, of which exactly this amount is open."


def test_more_than_the_named_invoice_asks_stays_visible() -> None:
    best = first(5000, "REF 503", invoice(503, 3000))
    assert placed(best) == {503: 3000}
    assert best.why.endswith("of which £30.00 is open; £20.00 of the line is left over.")


def test_an_exact_amount_of_a_payer_whom_the_bank_names() -> None:
    best = first(2400, "M ELLIS", invoice(501, 2400), invoice(502, 2400, "peggy", fund="spot-P004"))
    assert (placed(best), best.strength) == ({502: 2400}, Strength.EXACT_OF_PAYER)
    assert best.why == "Exactly this amount is open of invoice 000502, and the bank’s words name Margaret Ellis."


def test_a_payer_is_known_again_by_the_words_of_an_earlier_payment() -> None:
    payers = (PayerNames("southgate", "Southgate Council", False, frozenset({frozenset({"sgmbc", "creditors"})})),)
    (best, *_) = suggestions([line(2400, "SGMBC CREDITORS 88771")], [invoice(501, 2400), invoice(502, 2400, "nhs")], payers)["BL-1"]
    assert best.why == "Exactly this amount is open of invoice 000501, and Southgate Council has paid under these words before."


def test_an_amount_that_nothing_else_has_is_likely_and_one_that_several_have_is_not() -> None:
    assert first(2400, "GIRO", invoice(501, 2400), invoice(502, 2500)).is_likely
    assert not first(2400, "GIRO", invoice(501, 2400), invoice(502, 2400, "nhs")).is_likely


def test_an_amount_that_only_anothers_invoice_has_is_not_likely_where_the_bank_names_who_paid() -> None:
    """The council pays a part of what it owes, and by chance it is just what is open of Peggy: her fund must not have the council’s money."""
    found = first(6_000, "SOUTHGATE COUNCIL", invoice(500, 9_000), invoice(501, 6_000, payer="peggy", fund="spot-P004"))
    assert (found.strength, placed(found)) == (Strength.OLDEST, {500: 6_000})
    offered = suggestions([line(6_000, "SOUTHGATE COUNCIL")], [invoice(500, 9_000), invoice(501, 6_000, payer="peggy", fund="spot-P004")], PAYERS)
    assert not any(each.is_likely for each in offered["BL-1"])
    assert "of nothing else; but the bank’s words name Southgate" in offered["BL-1"][1].why


def test_several_invoices_that_come_to_the_amount_together() -> None:
    best = first(5500, "SOUTHGATE COUNCIL", invoice(501, 2400, due=1), invoice(502, 1000, due=2), invoice(503, 3100, due=3))
    assert (placed(best), best.strength) == ({501: 2400, 503: 3100}, Strength.SUM_OF_PAYER)
    assert first(3400, "GIRO", invoice(501, 2400), invoice(502, 1000)).strength is Strength.SUM_ALONE


def test_the_oldest_open_of_a_named_payer_is_offered_last() -> None:
    best = first(3000, "SOUTHGATE COUNCIL", invoice(502, 2500, due=9), invoice(501, 1000, due=2))
    assert (placed(best), best.strength, best.is_likely) == ({501: 1000, 502: 2000}, Strength.OLDEST, False)


def test_a_part_payment_of_what_is_for_several_people_is_never_divided() -> None:
    assert suggestions([line(3000, "SOUTHGATE COUNCIL 000501")], [several(501, {"spot-P003": 2000, "spot-P005": 2000})], PAYERS)["BL-1"] == ()
    whole = first(4000, "SOUTHGATE COUNCIL", several(501, {"spot-P003": 2000, "spot-P005": 2000}))
    assert [(each.pair[0], each.pence) for each in whole.placings] == [("spot-P003", 2000), ("spot-P005", 2000)]


def test_a_remittance_advice_of_exactly_this_sum_says_how_it_is_split() -> None:
    advice = Advice("RA-1", ((501, 1000), (503, 2000)))
    best = first(3000, "SOUTHGATE COUNCIL", invoice(501, 2400), invoice(502, 600), invoice(503, 3100), advices=(advice,))
    assert (placed(best), best.strength) == ({501: 1000, 503: 2000}, Strength.ADVISED)
    paid_before = first(3000, "X", invoice(503, 3100), advices=(advice,))
    assert (placed(paid_before), paid_before.why.endswith("£10.00 of the line is left over.")) == ({503: 2000}, True)


def test_nothing_fits_nothing_is_suggested() -> None:
    assert suggestions([line(777, "GIRO")], [invoice(501, 2400)], PAYERS) == {"BL-1": ()}


def test_two_standing_orders_of_one_sum_are_for_two_months() -> None:
    lines = [line(10_000, "A YUSUF", "BL-2", 30), line(10_000, "A YUSUF", "BL-1", 2)]
    found = suggestions(lines, [invoice(502, 10_000, due=28), invoice(501, 10_000, due=1)], PAYERS)
    assert {key: placed(each[0]) for key, each in found.items()} == {"BL-1": {501: 10_000}, "BL-2": {502: 10_000}}


# the words of the bank


def test_the_numbers_that_may_be_invoices() -> None:
    assert numbers_in("SOUTHGATE 000503 INV 12 AND INV-000044, 501/502 12 £30.00 20-00-00 AB123 INVOICE NO. 7") == [503, 12, 44, 7]


def test_a_person_is_named_by_the_last_name_and_the_first_or_its_letter() -> None:
    def named(words: str) -> set[str]:
        return set(Payers(PAYERS).named(words))
    assert named("ELLIS M OCTOBER") == named("Margaret Ellis") == {"peggy"}
    assert named("ELLIS J") == named("MARGARET HALE") == named("COUNCIL TAX REFUND") == set()
    assert named("BACS SOUTHGATE COUNCIL 77") == {"southgate"}


# what is open


def test_what_was_said_to_be_for_an_invoice_counts_there_and_the_rest_clears_the_oldest() -> None:
    pair: Pair = ("spot-P003", "southgate")
    asked = [invoice(501, 1000, due=1), invoice(502, 1000, due=2), invoice(503, 1000, due=3)]
    left = still_open(asked, {pair: 1500}, {("invoice 000503", pair): 1000}, {pair: 1500})
    assert [(each.number, each.pence) for each in left] == [(501, 500), (502, 1000)]


def test_no_more_is_open_than_is_due() -> None:
    pair: Pair = ("spot-P003", "southgate")
    assert [(each.number, each.pence) for each in still_open([invoice(501, 1000), invoice(502, 1000, due=2)], {}, {}, {pair: 400})] == [(502, 400)]
    assert still_open([invoice(501, 1000)], {}, {}, {}) == []


# what always holds

PENCE = st.integers(1, 6).map(lambda n: n * 500)
ASKED = st.lists(st.tuples(PENCE, st.sampled_from(["southgate", "nhs", "peggy"]), st.integers(1, 28), st.booleans()), max_size=7).map(
    lambda rows: [several(500 + n, {"spot-P003": pence, "spot-P005": 500} if both else {"spot-P003": pence}, payer, due)
                  for n, (pence, payer, due, both) in enumerate(rows)])
WORDS = st.sampled_from(["SOUTHGATE COUNCIL", "M ELLIS 000501", "GIRO", "000500 502"])
LINES = st.lists(st.tuples(PENCE, WORDS, st.integers(1, 28)), max_size=5).map(
    lambda rows: [line(pence, words, f"BL-{n}", day) for n, (pence, words, day) in enumerate(rows)])
ADVICES = st.lists(st.dictionaries(st.integers(500, 506), PENCE, min_size=1, max_size=3), max_size=2).map(
    lambda rows: [Advice(f"RA-{n}", tuple(pays.items())) for n, pays in enumerate(rows)])


@settings(max_examples=150, deadline=None)
@given(LINES, ASKED, ADVICES, st.randoms(use_true_random=False))
def test_no_suggestion_places_more_than_the_line_or_than_is_open_and_the_best_ones_together_do_not_either(
        lines: list[Line], asked: list[Asked], advices: list[Advice], chance: object) -> None:
    found = suggestions(lines, asked, PAYERS, advices)
    is_open = {(each.name, pair): pence for each in asked for pair, pence in each.parts}
    together: dict[tuple[str, Pair], int] = defaultdict(int)
    for one in lines:
        for n, suggestion in enumerate(found[one.reference]):
            assert 0 < suggestion.pence <= one.pence
            assert suggestion.why.endswith(".")
            sums: dict[tuple[str, Pair], int] = defaultdict(int)
            for placing in suggestion.placings:
                assert placing.pence > 0
                sums[placing.asked, placing.pair] += placing.pence
                together[placing.asked, placing.pair] += placing.pence if n == 0 else 0
            assert all(pence <= is_open[key] for key, pence in sums.items())
    assert all(pence <= is_open[key] for key, pence in together.items())
    shuffled, asked_shuffled = list(lines), list(asked)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    chance.shuffle(asked_shuffled)  # type: ignore[attr-defined]
    assert suggestions(shuffled, asked_shuffled, PAYERS, advices) == found


@settings(max_examples=100, deadline=None)
@given(ASKED, st.integers(0, 8_000), st.integers(0, 8_000))
def test_what_is_open_and_what_is_paid_are_what_was_asked(asked: list[Asked], paid: int, due: int) -> None:
    pair: Pair = ("spot-P003", "southgate")
    total = sum(pence for each in asked for of, pence in each.parts if of == pair)
    left = still_open(asked, {pair: paid}, {}, {pair: due})
    assert sum(pence for each in left for of, pence in each.parts if of == pair) == max(0, min(total - paid, due))
