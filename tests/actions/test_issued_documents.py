"""Invoices and statements as they are looked for, and documents printed again from their frozen records."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from basics.errors import InputError, NotAllowed
from ringfence.actions import documents, month_run
from ringfence.actions.acting import Acting
from ringfence.actions.invoice_list import list_invoices, open_invoice
from ringfence.actions.month_end import prepare_month
from ringfence.actions.month_standing import month_standing
from ringfence.actions.statement_list import months_with_statements, statements_of, what_they_say
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books


def nobody(books: Books) -> Acting:
    return Acting(books.store, "nobody", books.at)


def test_the_list_of_invoices_is_every_issued_invoice_the_latest_first(issued: Books) -> None:
    listed = list_invoices(issued.asha)
    assert [one.number for one in listed] == sorted(issued.invoices(), reverse=True)
    assert sum(one.pence for one in listed) == sum(issued.asked_for().values())
    assert {one.month for one in listed} == {OCTOBER}
    assert {one.for_whom for one in listed} == {"SG-2026, instalment 1", "Grace (P003)", "Margaret (P004)"}


def test_no_invoice_is_listed_before_a_month_end(delivered: Books) -> None:
    assert list_invoices(delivered.asha) == ()
    assert months_with_statements(delivered.asha) == []
    assert statements_of(delivered.asha, OCTOBER).statements == ()


def test_an_opened_invoice_is_its_frozen_record_with_its_history(issued: Books) -> None:
    opened = open_invoice(issued.asha, 501)
    assert opened.record == issued.invoices()[501]
    assert sum(line.pence for line in opened.record.lines) == opened.row.pence
    assert (opened.prepared_by, opened.approved_by, opened.seal) == ("asha", "ben", opened.record.seal)


@pytest.mark.parametrize("number", [0, 1, 999_999, 10**30])
def test_an_invoice_that_is_not_there_is_refused_in_words(issued: Books, number: int) -> None:
    with pytest.raises(InputError, match="There is no invoice"):
        open_invoice(issued.asha, number)


def test_the_statements_of_a_month_are_one_for_each_fund(issued: Books) -> None:
    found = statements_of(issued.asha, OCTOBER)
    assert {one.fund for one in found.statements} == {fund for _, fund in issued.statements(OCTOBER)}
    assert [one.known_as for one in found.statements] == sorted(one.known_as for one in found.statements)
    assert months_with_statements(issued.asha) == [OCTOBER]
    say = what_they_say(issued.asha, [one.document_id for one in found.statements])
    assert {record.seal for record in say.values()} == {found.seal}
    assert {record.fund_key for record in say.values()} == {one.fund for one in found.statements}


def test_a_document_is_printed_again_to_the_byte(delivered: Books, tmp_path: Path) -> None:
    digest = prepare_month(delivered.asha, OCTOBER, None).digest
    month_run.issue(delivered.ben, None, month=OCTOBER, digest=digest, out=tmp_path)
    written = {path.name: sha256(path.read_bytes()).hexdigest() for path in tmp_path.rglob("*.*")}
    found = {}
    for key, kind in delivered.rows("SELECT id, kind FROM document"):
        for form in ("pdf", "html") if kind == "statement" else ("pdf",):
            one = documents.document(delivered.asha, key, form)
            found[one.name] = sha256(one.content).hexdigest()
    assert found == written


def test_the_frozen_record_itself_is_a_form_of_every_document(issued: Books) -> None:
    for key, record in issued.rows("SELECT id, record FROM document"):
        assert documents.document(issued.asha, key, "json").content.decode() == record


@pytest.mark.parametrize(("key", "form"), [(0, "pdf"), (-1, "pdf"), (10**9, "pdf"), (10**30, "pdf"), (1, "exe"), (1, "")])
def test_what_is_no_document_is_refused_in_words(issued: Books, key: int, form: str) -> None:
    with pytest.raises(InputError, match="There is no such document"):
        documents.document(issued.asha, key, form)


def test_an_invoice_has_no_page_of_its_own(issued: Books) -> None:
    with pytest.raises(InputError, match="no form “html”"):
        documents.document(issued.asha, list_invoices(issued.asha)[0].document_id, "html")


def test_nobody_unknown_reads_a_document(issued: Books, tmp_path: Path) -> None:
    for asked in (lambda: documents.document(nobody(issued), 1, "pdf"), lambda: list_invoices(nobody(issued)),
                  lambda: statements_of(nobody(issued), OCTOBER), lambda: documents.statements_of_month(nobody(issued), OCTOBER),
                  lambda: documents.draft(nobody(issued), tmp_path, OCTOBER, "invoices", "draft-1.pdf"),
                  lambda: month_standing(nobody(issued), OCTOBER)):
        with pytest.raises(NotAllowed):
            asked()


def test_all_statements_of_a_month_come_as_pdf(issued: Books) -> None:
    found = list(documents.statements_of_month(issued.asha, OCTOBER))
    assert sorted(one.name for one in found) == sorted(f"statement-2026-10-{fund}.pdf" for _, fund in issued.statements(OCTOBER))
    assert all(one.content.startswith(b"%PDF") for one in found)
    with pytest.raises(InputError, match="No statement of November 2026"):
        documents.statements_of_month(issued.asha, NOVEMBER)


def test_a_draft_is_read_from_the_folder_of_its_month_and_from_nowhere_else(delivered: Books, tmp_path: Path) -> None:
    prepared = month_run.prepare(delivered.asha, None, month=OCTOBER, out=tmp_path / str(OCTOBER), hold_back=False)
    (tmp_path / "secret.pdf").write_bytes(b"not for you")
    file = prepared.review.invoices[0].file
    assert documents.draft(delivered.asha, tmp_path, OCTOBER, "invoices", f"{file}.pdf").content.startswith(b"%PDF")
    for kind, name in (("invoices", "../../../secret.pdf"), ("..", "secret.pdf"), ("invoices", ""), ("invoices", f"{file}.exe"),
                       ("statements", f"{file}.pdf"), ("invoices", "..\\secret.pdf"), ("invoices", ".pdf")):
        with pytest.raises(InputError, match="There is no such draft"):
            documents.draft(delivered.asha, tmp_path, OCTOBER, kind, name)
