"""Bank files brought in, and receipts matched: nothing comes in twice, nothing is placed by itself, and one row can be put back."""

from __future__ import annotations

from pathlib import Path

import pytest

from basics.errors import InputError, NotAllowed, Refused
from ringfence.actions.applying import approve
from ringfence.actions.bank_in import BankTaken, bank_columns, keep_columns, take_bank, take_remittance
from ringfence.actions.receipts import Choice, Receipts, likely, mark_of, matches, prepare_matches, put_back, receipts
from ringfence.actions.verifying import verify
from tests.actions.provider_books import Books, bank_line, part

SAMPLES = Path(__file__).parents[1] / "importing" / "bank"
HSBC = "19/10/2026,SOUTHGATE COUNCIL 000503,30.00\n20/10/2026,M ELLIS,24.00\n21/10/2026,UNKNOWN GIRO,7.77\n22/10/2026,BANK CHARGES,-6.00\n"


def bring_in(books: Books, content: str | bytes = HSBC, account: str = "provider", *, approved: bool = True, **more: object) -> BankTaken:
    taken = take_bank(books.asha, content if isinstance(content, bytes) else content.encode(), "bank.csv", account, **more)  # type: ignore[arg-type]
    if approved and taken.applied.digest:
        approve(books.ben, taken.applied.digest)
    return taken


def best(books: Books) -> dict[str, str]:
    """What the bank says of each line, and why its best suggestion is one."""
    return {each.line.words: each.best.why if each.best else "" for each in receipts(books.asha).to_match}


def line_of(found: Receipts, words: str) -> str:
    return next(each.line.reference for each in found.to_match if each.line.words == words)


def balanced(books: Books) -> None:
    assert verify(books.asha, referee=True) == []


# files brought in


def test_the_lines_of_a_file_come_in_unplaced_once_another_person_has_approved_them(issued: Books) -> None:
    before = issued.balances()
    taken = bring_in(issued, approved=False)
    assert (taken.rows_in, len(taken.new), taken.in_pence, taken.out_pence) == (4, 4, 6177, -600)
    assert receipts(issued.asha).to_match == ()
    with pytest.raises(NotAllowed):
        approve(issued.asha, taken.applied.digest)
    approve(issued.ben, taken.applied.digest)
    found = receipts(issued.asha)
    assert (found.in_pence, found.out_pence, len(found.to_match)) == (6177, 600, 4)
    assert issued.balances() == before
    balanced(issued)


def test_a_file_that_comes_again_brings_nothing_twice(issued: Books) -> None:
    bring_in(issued)
    lines = issued.count("origin")
    for again in (HSBC, HSBC.replace("\n", "\r\n"), "\ufeff" + HSBC, "\n".join(reversed(HSBC.splitlines())), HSBC.splitlines()[1]):
        taken = bring_in(issued, again)
        assert (len(taken.new), taken.same, taken.alike, taken.applied.digest) == (0, taken.rows_in, (), "")
    assert issued.count("origin") == lines


def test_of_a_file_that_overlaps_only_the_new_lines_come_in(issued: Books) -> None:
    bring_in(issued)
    taken = bring_in(issued, "\n".join(HSBC.splitlines()[2:]) + "\n23/10/2026,UNKNOWN GIRO,7.77\n")
    assert ([row.words for row in taken.new], taken.same) == (["UNKNOWN GIRO"], 2)
    assert issued.count("origin WHERE kind LIKE 'bank%'") == 5


def test_a_file_that_was_prepared_twice_counts_once(issued: Books) -> None:
    first, second = bring_in(issued, approved=False), bring_in(issued, approved=False)
    assert first.applied.digest == second.applied.digest
    overlapping = bring_in(issued, HSBC + "23/10/2026,LATE,1.00\n", approved=False)
    approve(issued.ben, first.applied.digest)
    with pytest.raises(NotAllowed, match="The books have changed"):
        approve(issued.ben, overlapping.applied.digest)
    assert issued.count("origin WHERE kind LIKE 'bank%'") == 4


def test_a_line_that_looks_like_one_of_another_format_is_held_back_until_somebody_says_otherwise(issued: Books) -> None:
    issued.apply({"bank_lines": [bank_line("BK-1", "2026-10-19", "30.00", "provider")]})
    taken = bring_in(issued)
    assert [row.words for row in taken.alike] == ["SOUTHGATE COUNCIL 000503"]
    assert len(taken.new) == 3
    assert len(bring_in(issued, alike=True).new) == 1
    assert len(bring_in(issued, account="people").new) == 4


def test_the_same_file_under_the_other_account_is_refused_line_by_line(issued: Books) -> None:
    content = (SAMPLES / "statement.ofx").read_bytes()
    bring_in(issued, content)
    taken = bring_in(issued, content, "people")
    assert (len(taken.new), len(taken.problems)) == (0, 3)
    assert "in the provider account" in taken.problems[0].what


def test_columns_are_said_once_and_kept_for_the_next_file(issued: Books) -> None:
    content = (SAMPLES / "other.csv").read_bytes()
    with pytest.raises(InputError, match="No bank that is known here"):
        bring_in(issued, content)
    keep_columns(issued.asha, "charity-bank", date="Booked", words=["Details", "Your reference"], paid_in="Money in", paid_out="Money out",
                 balance="Left")
    assert [each.name for each in bank_columns(issued.asha)] == ["charity-bank"]
    assert [row.pence for row in bring_in(issued, content).new] == [3000, -500]
    with pytest.raises(Refused):
        keep_columns(issued.asha, "charity-bank", date="Booked", words=["Details"])


# matched


def test_each_line_has_its_best_suggestion_with_the_reason(issued: Books) -> None:
    bring_in(issued)
    assert best(issued) == {
        "SOUTHGATE COUNCIL 000503": "The bank’s words name invoice 000503, of which exactly this amount is open.",
        "M ELLIS": "Exactly this amount is open of invoice 000502, and the bank’s words name Margaret Ellis.",
        "UNKNOWN GIRO": "", "BANK CHARGES": ""}


def test_what_is_confirmed_is_prepared_and_counts_when_another_person_approves(issued: Books) -> None:
    bring_in(issued)
    done = prepare_matches(issued.asha, likely(receipts(issued.asha)))
    assert issued.balance("spot-P003", "due", "southgate") == 3000
    assert {each.line.words for each in receipts(issued.asha).to_match if each.waits} == {"SOUTHGATE COUNCIL 000503", "M ELLIS"}
    assert likely(receipts(issued.asha)) == []
    approve(issued.ben, done.digest)
    assert (issued.balance("spot-P003", "due", "southgate"), issued.balance("spot-P004", "due", "peggy")) == (0, 0)
    assert list(best(issued)) == ["UNKNOWN GIRO", "BANK CHARGES"]
    balanced(issued)


def test_a_line_never_leads_to_two_receipts(issued: Books) -> None:
    bring_in(issued)
    choices = likely(receipts(issued.asha))
    first = prepare_matches(issued.asha, choices)
    assert prepare_matches(issued.asha, choices).digest == first.digest
    approve(issued.ben, first.digest)
    assert approve(issued.ben, first.digest).said == ()
    with pytest.raises(Refused, match="Nothing was prepared"):
        prepare_matches(issued.asha, choices)
    assert issued.rows("SELECT count(*) FROM event WHERE kind = 'receipt'") == [(2,)]


def test_a_second_line_for_what_is_paid_has_no_suggestion(issued: Books) -> None:
    bring_in(issued, "19/10/2026,INV 503,30.00\n20/10/2026,INV 503 AGAIN,30.00\n")
    assert [bool(each.best) for each in receipts(issued.asha).to_match] == [True, False]


def test_two_lines_that_would_place_the_same_money_are_refused_together(issued: Books) -> None:
    bring_in(issued, "01/11/2026,SOUTHGATE COUNCIL,1900.00\n02/11/2026,SOUTHGATE COUNCIL,1900.00\n", "people")
    one, other = receipts(issued.asha).to_match
    assert one.best is not None
    assert other.best is not None
    # the oldest money asked for: the instalment is due on 1 December, invoice 505, of 2 November and 30 days, a day later
    assert (one.best.placings[0].asked, other.best.placings[0].asked) == ("instalment 2 of SG-2026 (southgate)", "invoice 000505")
    also = next(each for each in one.suggestions if each.placings == other.best.placings)
    with pytest.raises(Refused) as refused:
        matches(issued.asha, [Choice(one.line.reference, mark_of(also)), Choice(other.line.reference, mark_of(other.best))])
    assert "would place £1,800.00 on invoice 000505, of which £900.00 is open." in str(refused.value)
    with pytest.raises(Refused, match="Nothing was prepared"):
        matches(issued.asha, [Choice(one.line.reference, "not a mark"), Choice("BL-0", "x")])


def test_any_split_may_be_typed_and_what_is_left_stays_visible(issued: Books) -> None:
    bring_in(issued, "19/10/2026,SOUTHGATE COUNCIL,1000.00\n", "people")
    line = receipts(issued.asha).to_match[0].line.reference
    done = prepare_matches(issued.asha, [Choice(line, typed="isf-P001 southgate 600.00; isf-P002 southgate 300.00")])
    approve(issued.ben, done.digest)
    assert (issued.balance("isf-P001", "held"), issued.balance("isf-P002", "held")) == (60_000, 30_000)
    assert receipts(issued.asha).in_pence == 10_000
    approve(issued.ben, prepare_matches(issued.asha, [Choice(line, typed="isf-P001 amina 40.00")]).digest)
    assert issued.balance("isf-P001", "due", "amina") == 56_000
    approve(issued.ben, prepare_matches(issued.asha, [Choice(line, typed="explained: Nobody knows, and the council was asked")]).digest)
    assert receipts(issued.asha).to_match == ()
    balanced(issued)


WRONG = {
    "isf-P009 southgate 1.00": "There is no fund isf-P009.", "isf-P001 nobody 1.00": "“nobody” is not a payer here.",
    "isf-P001 southgate": "is not a part of a line.", ";": "says nothing.", "isf-P001 southgate 1.00 as gift": "is not what a part can be.",
    "isf-P001 1.00": "It is not said what the part of isf-P001 is for.", "isf-P001 southgate 1000.01": "more than the line",
    "spot-P003 southgate 1.00 invoice 502": "Invoice 502 asks nothing of southgate for spot-P003.", "explained:": "is blank.",
    "isf-P001 southgate 1.005": "is not an amount of money", "isf-P001 southgate -1.00": "is below nil",
}


def test_what_is_typed_wrong_is_refused_in_words(issued: Books) -> None:
    bring_in(issued, "19/10/2026,SOUTHGATE COUNCIL,1000.00\n", "people")
    line = receipts(issued.asha).to_match[0].line.reference
    for typed, what in WRONG.items():
        with pytest.raises((Refused, InputError)) as refused:
            prepare_matches(issued.asha, [Choice(line, typed=typed)])
        assert what in " ".join(map(str, (refused.value, *refused.value.problems)))


def test_an_instalment_and_a_contribution_are_found_for_a_budget_that_is_held(issued: Books) -> None:
    bring_in(issued, "05/10/2026,SOUTHGATE COUNCIL SG-2026,1900.00\n06/10/2026,AMINA YUSUF STO,100.00\n", "people")
    found = receipts(issued.asha)
    assert [sorted((each.pair, each.pence) for each in one.best.placings) for one in found.to_match if one.best] == [
        [(("isf-P001", "southgate"), 90_000), (("isf-P002", "southgate"), 80_000), (("reserve-SG-2026", "southgate"), 20_000)],
        [(("isf-P001", "amina"), 10_000)]]
    approve(issued.ben, prepare_matches(issued.asha, likely(found)).digest)
    assert (issued.balance("isf-P001", "held"), issued.balance("reserve-SG-2026", "held")) == (100_000, 20_000)
    assert issued.rows("SELECT kind FROM event WHERE kind = 'contribution'") == [("contribution",)]
    balanced(issued)


def test_what_was_collected_is_paid_over_where_the_row_is_said_to_be_a_transfer(issued: Books) -> None:
    issued.apply({"bank_lines": [bank_line("BK-1", "2026-10-06", "100.00", "provider", parts=[part("isf-P001", "100.00", "contribution", "amina")])]})
    bring_in(issued, "07/10/2026,FROM OWN ACCOUNT,100.00\n", "people", transfers=[1])
    assert best(issued) == {"FROM OWN ACCOUNT": "Exactly this amount is open of what was collected for Amina (isf-P001), and of nothing else."}
    approve(issued.ben, prepare_matches(issued.asha, likely(receipts(issued.asha))).digest)
    assert (issued.balance("isf-P001", "held"), issued.balance("isf-P001", "with_provider")) == (10_000, 0)
    balanced(issued)


def test_a_line_out_that_came_with_a_file_may_be_the_providers_draw(issued: Books) -> None:
    bring_in(issued, "05/10/2026,SOUTHGATE COUNCIL SG-2026,1900.00\n05/11/2026,TO OWN ACCOUNT,-180.00\n", "people")
    approve(issued.ben, prepare_matches(issued.asha, likely(receipts(issued.asha))).digest)
    line = line_of(receipts(issued.asha), "TO OWN ACCOUNT")
    draw = {"line": line, "on": "2026-11-05", "words": "Support of October", "parts": [{"person": "P001", "fund": "isf", "pounds": "179.99"}]}
    with pytest.raises(Refused):
        issued.apply({"draws": [draw]})
    draw["parts"] = [{"person": "P001", "fund": "isf", "pounds": "180.00"}]
    issued.apply({"draws": [draw]})
    assert issued.balance("isf-P001", "held") == 72_000
    assert issued.prepare({"draws": [draw]}).digest == ""
    assert receipts(issued.asha).to_match == ()
    balanced(issued)


def test_a_remittance_advice_finds_its_line(issued: Books) -> None:
    bring_in(issued, "19/10/2026,SGMBC CREDITORS,50.00\n")
    assert best(issued) == {"SGMBC CREDITORS": ""}
    content = b"Southgate Council;;\nInvoice number;Their words;Amount paid\nINV-000503;October;30.00\n504;October;20.00\nTotal;;50.00\n"
    advice, said = take_remittance(issued.asha, content, "advice.csv")
    assert (advice.pays, len(said)) == (((503, 3000), (504, 2000)), 1)
    assert take_remittance(issued.asha, content, "again.csv")[1] == ()
    assert "lists invoice 503 and invoice 504" in best(issued)["SGMBC CREDITORS"]
    with pytest.raises(Refused) as refused:
        take_remittance(issued.asha, content.replace(b"20.00\n", b"twenty\n").replace(b"INV-000503", b"?"), "bad.csv")
    assert len(refused.value.problems) == 2


# one row put back


def test_one_row_is_put_back_and_its_money_is_there_to_be_matched_again(issued: Books) -> None:
    bring_in(issued)
    approve(issued.ben, prepare_matches(issued.asha, likely(receipts(issued.asha))).digest)
    (placed,) = (each for each in receipts(issued.asha).placed_lately if each.fund == "spot-P004")
    assert placed.what_for == "payment 502"
    done = put_back(issued.asha, placed.event, "It was for somebody else")
    assert issued.balance("spot-P004", "due", "peggy") == 0
    approve(issued.ben, done.digest)
    assert issued.balance("spot-P004", "due", "peggy") == 2400
    assert issued.balance("spot-P003", "due", "southgate") == 0
    found = receipts(issued.asha)
    assert best(issued)["M ELLIS"].startswith("Exactly this amount is open of invoice 000502")
    approve(issued.ben, prepare_matches(issued.asha, likely(found)).digest)
    assert issued.balance("spot-P004", "due", "peggy") == 0
    with pytest.raises(InputError, match="put back already"):
        put_back(issued.asha, placed.event, "Again")
    balanced(issued)


def test_an_invoice_that_was_paid_first_is_not_the_oldest_that_is_open(issued: Books) -> None:
    issued.apply({"bank_lines": [bank_line("BK-1", "2026-11-01", "30.00", "provider", invoices=[503])]})
    bring_in(issued, "19/11/2026,000503,30.00\n")
    assert best(issued) == {"000503": ""}
