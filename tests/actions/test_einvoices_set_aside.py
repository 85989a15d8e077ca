"""An electronic invoice that a receiver would refuse is set aside with its reason, and keeps none of the others from going out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from basics.errors import InputError, Refused
from basics.periods import Period
from ringfence.actions import einvoices
from ringfence.actions.exporting import aside_in_words, export_again, exports, waiting
from ringfence.actions.exports_made import Export
from tests.actions.exported_books import COUNCIL, HEALTH, ready, sent, settings
from tests.actions.provider_books import Books, by_delivery, files_in, terms

PERSON_3_OF_COUNCIL = "000503"


def frozen_without_words(books: Books) -> Books:
    """October issued; what Southgate pays for P003 stands under terms that never said why VAT is not charged."""
    books.apply(settings())
    spot = {"charged_time": "nearest 15", "cancelled_visits": "as planned", "funder_share": "by line"}
    books.apply({"terms": [terms("Wordless", **spot)], "fundings": [by_delivery("P003", "southgate", share=60, terms="Wordless")]})
    books.month_end()
    return books


def numbers_in(found: Books) -> list[str]:
    return [f"{number:06d}" for number, each in found.invoices().items() if each.bill_to.startswith(("Southgate", "Northvale"))]


def test_one_invoice_without_its_reason_for_vat_is_set_aside_and_the_others_are_written(delivered: Books) -> None:
    done = sent(frozen_without_words(delivered), Export.EINVOICE)
    aside, = done.aside
    record = delivered.invoices()[int(aside.number)]
    assert (record.bill_to, record.vat_words, aside.pence) == ("Southgate Council", "Exempt from VAT.", 3_000)
    assert [each.name for each in done.files[:-1]] == [f"einvoice-{one}.xml" for one in numbers_in(delivered) if one != aside.number]
    problem, = aside.problems
    assert problem.place == f"invoice {aside.number}, VAT"
    assert "needs its reason (BR-E-10)" in problem.what
    assert "send it as a PDF" in problem.to_do
    assert aside_in_words(done) == "1 was set aside and not sent, £30.00."
    assert done.sent.pence == sum(each.pence for each in done.files[:-1])


def test_what_was_set_aside_is_told_again_and_nothing_is_sent_twice(delivered: Books, tmp_path: Path) -> None:
    first = sent(frozen_without_words(delivered), Export.EINVOICE)
    with pytest.raises(Refused, match=r"1 was set aside and not sent, £30\.00, and nothing else is new") as refused:
        sent(delivered, Export.EINVOICE)
    assert refused.value.problems == first.aside[0].problems
    assert len(exports(delivered.asha)) == 1
    assert {each.kind: (each.invoices, each.pence) for each in waiting(delivered.asha)}[Export.EINVOICE] == (1, 3_000)
    assert export_again(delivered.asha, first.sent.n, tmp_path).files == first.files
    assert set(files_in(tmp_path)) == {each.name for each in first.files}


def test_what_is_put_right_of_the_payer_goes_with_the_next_export(delivered: Books) -> None:
    delivered.apply(settings(funders=[COUNCIL, {key: said for key, said in HEALTH.items() if key != "einvoice"}]))
    delivered.month_end()
    aside, = sent(delivered, Export.EINVOICE).aside
    assert {problem.place.split(", ")[1] for problem in aside.problems} == {"payer", "buyer reference"}, "Everything of it at once."
    delivered.apply({"funders": [HEALTH]})
    later = sent(delivered, Export.EINVOICE)
    assert ([each.name for each in later.files[:-1]], later.before, later.aside) == ([f"einvoice-{aside.number}.xml"], 2, ())


def test_where_all_are_set_aside_nothing_is_recorded(delivered: Books) -> None:
    delivered.apply({"nominal_codes": settings()["nominal_codes"]})
    delivered.month_end()
    with pytest.raises(Refused, match="No electronic invoice was written: 3 were set aside and not sent") as refused:
        sent(delivered, Export.EINVOICE)
    assert {problem.place.split(",")[0] for problem in refused.value.problems} == {f"invoice {one}" for one in numbers_in(delivered)}
    assert exports(delivered.asha) == ()


def test_what_only_the_official_check_finds_is_set_aside_too(delivered: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    ready(delivered)
    monkeypatch.setattr(einvoices, "is_installed", lambda: True)
    monkeypatch.setattr(einvoices, "official_findings", lambda files: [("BR-99: not so",) if n == 1 else () for n in range(len(files))])
    done = sent(delivered, Export.EINVOICE)
    aside, = done.aside
    assert (aside.number, [str(each) for each in aside.problems]) == (PERSON_3_OF_COUNCIL, [
        f"einvoice-{PERSON_3_OF_COUNCIL}.xml: BR-99: not so Tell us: our own check should have found it first."])
    assert len(done.files) == len(numbers_in(delivered))


def test_days_without_an_invoice_are_still_nothing_to_export(delivered: Books) -> None:
    with pytest.raises(InputError, match="There is nothing to export"):
        sent(frozen_without_words(delivered), Export.EINVOICE, Period(date(2026, 1, 1), date(2026, 1, 31)))
