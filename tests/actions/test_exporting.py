"""Exports hold what the books hold, to the penny; what was sent is not sent again, and the same files come again on request."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from basics.errors import InputError, Refused, RingfenceError
from basics.money import Money
from basics.rounding import line
from ringfence.actions.exporting import Exported, export, export_again, exports, waiting
from ringfence.actions.exports_made import Asked, Export
from ringfence.actions.verifying import verify
from ringfence.documents.accounts_export import QUICKBOOKS, SAGE, XERO
from ringfence.documents.delivery_export import HEADINGS
from tests.actions.exported_books import CODES, HEALTH, ISSUED, SUPPORT, ready, sent, settings
from tests.actions.provider_books import NOVEMBER, Books, bank_line, files_in, part, visit


def rows(done: Exported, n: int = 0, encoding: str = "utf-8") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(done.files[n].content.decode(encoding), newline="")))


def pence(amounts: Any) -> int:
    return Money.total(map(Money.parse, filter(None, amounts))).pence


def text_of(done: Exported) -> str:
    return "\n".join(each.content.decode("cp1252", "replace") for each in done.files)


@pytest.mark.parametrize(("kind", "headings", "number", "amount"), [
    (Export.XERO, XERO, "*InvoiceNumber", "*UnitAmount"), (Export.QUICKBOOKS, QUICKBOOKS, "*InvoiceNo", "*ItemAmount"),
    (Export.SAGE, SAGE, "Reference", "Net Amount")])
def test_every_invoice_goes_out_to_the_penny(delivered: Books, kind: Export, headings: tuple[str, ...], number: str, amount: str) -> None:
    asked = {f"{n:06d}": each.total_pence for n, each in ready(delivered).invoices().items()}
    done = sent(delivered, kind)
    found: dict[str, int] = {}
    for row in rows(done, encoding="cp1252"):
        assert tuple(row) == headings
        times = Decimal(row["*Quantity"]) if kind is Export.XERO else Decimal(1)
        found[row[number]] = found.get(row[number], 0) + line(Decimal(row[amount]), times).pence
    assert found == asked
    assert (done.sent.pence, done.sent.documents) == (sum(asked.values()), len(asked))


def test_the_journal_is_every_entry_and_balances(delivered: Books) -> None:
    ready(delivered)
    found = rows(sent(delivered, Export.JOURNAL, SUPPORT))
    (posted,), = delivered.rows("SELECT sum(amount) FROM entry WHERE unit = 'pence' AND posted_on BETWEEN '2026-10-01' AND '2026-10-31'")
    assert pence(row["Debit"] for row in found) == pence(row["Credit"] for row in found) == posted
    assert {row["Code"] for row in found} <= set(CODES.values())


def test_a_councils_file_is_what_it_is_asked_for(delivered: Books) -> None:
    asked = ready(delivered).asked_for()["2026-10|southgate|spot-P003"]
    found = rows(sent(delivered, Export.DELIVERY, SUPPORT, funder="southgate"))
    assert tuple(found[0]) == HEADINGS
    assert pence(row["PaymentClaimed"] for row in found) == asked
    assert [(row["OurRef"], row["SecondaryVisit"], row["NumberOfCarers"]) for row in found if row["ServiceUserRef"] == "P003"] == [
        ("V-5", "N", "2"), ("V-5", "Y", "2")]
    assert {row["ContractNumber"] for row in found if row["PaymentClaimed"] == "0.00"} == {"SG-2026"}


def test_nobody_is_named_unless_it_is_asked_for(delivered: Books) -> None:
    ready(delivered)
    for kind, more in ((Export.XERO, {}), (Export.QUICKBOOKS, {}), (Export.SAGE, {}), (Export.EINVOICE, {}), (Export.JOURNAL, {}),
                       (Export.DELIVERY, {"funder": "southgate"})):
        told = text_of(sent(delivered, kind, SUPPORT if kind in (Export.JOURNAL, Export.DELIVERY) else ISSUED, **more))
        assert [name for name in ("Yusuf", "Amina", "Hale", "Lloyd", "Ellis", "Margaret") if name in told] == [], kind


def test_names_stand_there_by_choice(delivered: Books) -> None:
    done = export(ready(delivered).asha, Asked(Export.XERO, ISSUED, names=True))
    assert {row["*ContactName"] for row in rows(done)} >= {"Southgate Council", "Margaret Ellis"}


def test_electronic_invoices_go_to_organisations_only(delivered: Books) -> None:
    done = sent(ready(delivered), Export.EINVOICE)
    assert [each.name for each in done.files] == ["einvoice-000501.xml", "einvoice-000503.xml", "einvoice-000505.xml", "control-einvoice-0001.csv"]
    (total,), = delivered.rows("SELECT sum(i.pence) FROM invoice i JOIN funder f ON f.id = i.funder_id WHERE f.kind IN ('council', 'icb')")
    assert done.sent.pence == total


def test_what_was_sent_is_not_sent_again_and_later_ones_are(delivered: Books) -> None:
    first = sent(ready(delivered), Export.XERO)
    with pytest.raises(InputError, match=r"Everything .* was exported before, last by asha on 2 November 2026 \(export 1\)"):
        sent(delivered, Export.XERO)
    delivered.visits(visit("V-20", "P004", "2026-11-03", "14:00", "15:00"))
    delivered.month_end(NOVEMBER)
    later = sent(delivered, Export.XERO)
    numbers = [{row["*InvoiceNumber"] for row in rows(done)} for done in (first, later)]
    assert numbers[0] & numbers[1] == set()
    assert {int(number) for number in numbers[0] | numbers[1]} == set(delivered.invoices())
    assert later.before == len(numbers[0])


def test_the_same_files_come_again_whatever_was_agreed_since(delivered: Books, tmp_path: Path) -> None:
    first = export(ready(delivered).asha, Asked(Export.SAGE, ISSUED), tmp_path / "first")
    delivered.apply({"nominal_codes": [{"account": "support income", "code": "9999", "from": "2026-01-01"}],
                     "funders": [HEALTH | {"accounts_reference": "OTHER"}]})
    before = delivered.everything()
    assert export_again(delivered.asha, first.sent.n, tmp_path / "again").files == first.files
    assert files_in(tmp_path / "first") == files_in(tmp_path / "again")
    assert delivered.everything() == before


def test_a_name_that_changed_since_is_told(delivered: Books) -> None:
    done = export(ready(delivered).asha, Asked(Export.DELIVERY, SUPPORT, "southgate", names=True))
    delivered.people({"P003": "Grace Lloyd-Hughes"})
    with pytest.raises(RingfenceError, match=r"The files of export 1 would not be what they were"):
        export_again(delivered.asha, done.sent.n)


def test_a_folder_that_cannot_be_written_to_leaves_nothing_recorded(delivered: Books, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way")
    with pytest.raises(RingfenceError, match="could not be written"):
        export(ready(delivered).asha, Asked(Export.XERO, ISSUED), blocked)
    assert exports(delivered.asha) == ()


def test_a_code_that_is_missing_is_named_and_nothing_is_recorded(delivered: Books) -> None:
    delivered.month_end()
    with pytest.raises(Refused) as refused:
        sent(delivered, Export.JOURNAL, SUPPORT)
    assert [problem.place for problem in refused.value.problems] == [
        f"nominal_codes, {role}" for role in ("available", "due", "owed_provider", "void_cost")]
    assert exports(delivered.asha) == ()


def test_sage_takes_short_accounts_only(delivered: Books) -> None:
    delivered.apply({"nominal_codes": settings()["nominal_codes"]})
    delivered.month_end()
    with pytest.raises(Refused, match="Sage takes 8 characters") as refused:
        sent(delivered, Export.SAGE)
    assert [problem.place for problem in refused.value.problems] == ["payer northvale", "payer southgate"]


def test_receipts_go_to_sage_and_one_that_was_put_back_does_not(delivered: Books) -> None:
    ready(delivered)
    delivered.apply({"bank_lines": [
        bank_line("BK-1", "2026-11-12", "30.00", "provider", parts=[part("spot-P003", "30.00", funder="southgate")]),
        bank_line("BK-2", "2026-11-13", "24.00", "provider", parts=[part("spot-P004", "24.00", funder="peggy")])]})
    delivered.apply({"corrections": [{"correction": "CO-1", "person": "P004", "fund": "spot", "entry": "bank BK-2|spot-P004|peggy|payment",
                                      "on": "2026-11-14", "words": "It was somebody else’s"}]})
    done = sent(delivered, Export.SAGE)
    assert [(row["Type"], row["Account Reference"], row["Net Amount"], row["Tax Code"]) for row in rows(done, 1, "cp1252")] == [
        ("SA", "SOUTHG", "30.00", "T9")]
    assert verify(delivered.store, referee=True) == []


def test_the_control_file_counts_what_was_sent(delivered: Books) -> None:
    done = sent(ready(delivered), Export.EINVOICE)
    control = rows(done, -1)
    assert [(row["File"], row["SHA-256"]) for row in control[:-1]] == [(each.name, each.sha256) for each in done.files[:-1]]
    assert (control[-1]["File"], Money.parse(control[-1]["Sum"]).pence, control[-1]["Documents"]) == ("Total", done.sent.pence, "3")


def test_what_waits_is_what_was_not_sent(delivered: Books) -> None:
    asked = ready(delivered).asked_for()
    assert {each.kind: each.pence for each in waiting(delivered.asha)}[Export.XERO] == sum(asked.values())
    sent(delivered, Export.XERO)
    assert Export.XERO not in {each.kind for each in waiting(delivered.asha)}
    assert verify(delivered.store, referee=True) == []


TAKEN_BACK = {"visits_corrected": [{"correction": "VC-1", "on": "2026-11-03", "visit": "V-5", "carer": "C2", "taken_back": True,
                                    "words": "The second carer did not come"}]}


def test_a_visit_withdrawn_after_it_was_sent_is_named_though_nothing_is_new(delivered: Books) -> None:
    sent(ready(delivered), Export.DELIVERY, SUPPORT, funder="southgate")
    delivered.apply(TAKEN_BACK)
    with pytest.raises(Refused, match=r"Everything .* was exported before") as refused:
        sent(delivered, Export.DELIVERY, SUPPORT, funder="southgate")
    assert [problem.place for problem in refused.value.problems] == ["visit V-5"]


def test_a_visit_withdrawn_before_it_was_ever_sent_is_never_told_as_sent(delivered: Books) -> None:
    ready(delivered).apply(TAKEN_BACK)
    done = sent(delivered, Export.DELIVERY, SUPPORT, funder="southgate")
    assert done.notes == export_again(delivered.asha, done.sent.n).notes == ()


def test_a_credit_note_takes_off_what_was_asked_for(delivered: Books) -> None:
    ready(delivered)
    delivered.apply(TAKEN_BACK)
    (credited,), = delivered.rows("SELECT sum(pence) FROM credit_note")
    asked = sum(delivered.asked_for().values())
    assert credited == 2500
    assert [sent(delivered, kind).sent.pence for kind in (Export.XERO, Export.QUICKBOOKS, Export.SAGE)] == [asked - credited] * 3
    electronic = sent(delivered, Export.EINVOICE)
    assert [each.name for each in electronic.files if each.pence < 0] == ["ecredit-000001.xml", "ecredit-000002.xml"]
    assert export_again(delivered.asha, 1).sent.pence == asked - credited
    assert verify(delivered.store, referee=True) == []
