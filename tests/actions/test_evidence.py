"""Receipts are kept as files under their own sha256; one that is changed or missing is found; and only for what the fund has."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from basics.errors import InputError, RingfenceError
from ringfence.actions.evidence import add_evidence, check_evidence, evidence_of
from ringfence.actions.recording import record_content
from ringfence.actions.verifying import verify
from tests.actions.provider_books import Books, files_in

FUND = "isf-P001"
WORRY = {"worry": "WO-1", "person": "P001", "fund": "isf", "on": "2026-10-06", "raised_by": "Peggy", "words": "Cash goes missing"}


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    path = tmp_path / "Receipt of May.PDF"
    path.write_bytes(b"%PDF-1.7 forty pounds")
    return path


@pytest.fixture
def noted(agreed: Books) -> Books:
    record_content(agreed.asha, {"worries": [WORRY]}, "noted")
    return agreed


def test_a_receipt_is_kept_under_its_sha256_and_found_for_its_fund(noted: Books, receipt: Path, tmp_path: Path) -> None:
    folder, digest = tmp_path / "evidence", hashlib.sha256(receipt.read_bytes()).hexdigest()
    kept = add_evidence(noted.asha, FUND, receipt, about="WO-1", words="Receipt", folder=folder)
    assert (kept.about, kept.name, kept.file, kept.sha256, kept.size, kept.recorded_by) == (
        "WO-1", "Receipt of May.PDF", f"{digest}.pdf", digest, 21, "asha")
    assert files_in(folder) == {f"{digest}.pdf": digest}
    assert evidence_of(noted.asha, FUND) == (kept,)
    assert evidence_of(noted.asha, "isf-P002") == ()
    before = noted.everything()
    assert add_evidence(noted.ben, FUND, receipt, about="WO-1", words="Again", folder=folder) == kept
    assert noted.everything() == before
    assert check_evidence(noted.store, folder) == []
    assert verify(noted.store, referee=True) == []


def test_a_kept_file_that_was_changed_or_is_gone_is_found_and_can_be_kept_again(noted: Books, receipt: Path, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    kept = add_evidence(noted.asha, FUND, receipt, about="WO-1", words="Receipt", folder=folder)
    (folder / kept.file).write_bytes(b"%PDF-1.7 ninety pounds")
    changed, = check_evidence(noted.store, folder)
    assert (changed.place, changed.what) == ("evidence of WO-1, isf-P001", "“Receipt of May.PDF” was changed since it was kept.")
    (folder / kept.file).unlink()
    gone, = check_evidence(noted.store, folder)
    assert "is not in" in gone.what
    add_evidence(noted.asha, FUND, receipt, about="WO-1", words="Receipt", folder=folder)
    assert check_evidence(noted.store, folder) == []


@pytest.mark.parametrize(("fund", "about", "name", "content", "said"), [
    ("isf-P099", "WO-1", "a.pdf", b"x", "There is no fund “isf-P099” here."),
    ("isf-P002", "WO-1", "a.pdf", b"x", "is no bill, purchase, misspent sum or worry of isf-P002"),
    (FUND, "WO-2", "a.pdf", b"x", "“WO-2” is no bill"),
    (FUND, "WO-1", "a.exe", b"x", "is of a kind that is not kept"),
    (FUND, "WO-1", "a.pdf", b"", "is 0 bytes"),
])
def test_what_is_no_receipt_of_this_fund_is_refused_and_nothing_is_kept(
        noted: Books, tmp_path: Path, fund: str, about: str, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        add_evidence(noted.asha, fund, tmp_path / name, about=about, words="Receipt", folder=tmp_path / "evidence")
    assert not (tmp_path / "evidence").exists()
    assert evidence_of(noted.asha) == ()


def test_a_folder_that_cannot_be_written_keeps_nothing(noted: Books, receipt: Path, tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("a file in the way")
    with pytest.raises(RingfenceError):
        add_evidence(noted.asha, FUND, receipt, about="WO-1", words="Receipt", folder=tmp_path / "evidence")
    assert evidence_of(noted.asha) == ()
