"""Real books: encrypted, opened only with their key, and printed without the word practice."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from tests.cli.conftest import start
from tests.cli.desk import EXAMPLES, Desk


def words_of(pdf: Path) -> str:
    document = PdfDocument(pdf)
    found = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


@pytest.fixture
def real(desk: Desk) -> Desk:
    desk.write("key.txt", "four words nobody would guess\n")
    return start(desk.with_variables(RINGFENCE_KEY_FILE="key.txt"))


def test_a_month_of_real_books_goes_by_the_key_file_and_is_no_practice(real: Desk) -> None:
    assert (real.folder / "ringfence.db").read_bytes()[:6] != b"SQLite"
    assert b"Amina" not in (real.folder / "ringfence.db").read_bytes()
    real.apply()
    real.run("import", "visits", EXAMPLES / "visits.csv", "--as", "asha")
    real.run("month-end", "2026-10", "--approve", real.prepare(), "--out", "out", "--as", "ben")
    assert real.run("verify", "--referee", "--json").data == []
    assert "isf-P001" in real.run("position", "P001", "2026-10", "--as", "asha").out
    pages = [words_of(path) for path in sorted((real.folder / "out").glob("*/*.pdf"))]
    assert len(pages) == 17
    assert [page for page in pages if "practice" in page.lower()] == []


def test_practice_books_say_so_on_every_document(with_october: Desk) -> None:
    digest = (with_october.folder / "digest.txt").read_text(encoding="utf-8")
    with_october.run("month-end", "2026-10", "--approve", digest, "--out", "out", "--as", "ben")
    pages = [words_of(path) for path in sorted((with_october.folder / "out").glob("*/*.pdf"))]
    assert pages
    assert [page for page in pages if "practice" not in page.lower()] == []


@pytest.mark.parametrize(("key_file", "says"), [
    (None, "ringfence.db is encrypted, or is no database: it cannot be opened without its key. Put the key into a file"),
    ("", "ringfence.db is encrypted, or is no database"),
    ("nowhere.txt", "The key file nowhere.txt cannot be read: No such file or directory. Correct the path in RINGFENCE_KEY_FILE."),
    (b"another key", "This is not a database that can be opened: it may be encrypted, or be another kind of file. Check the path, and"),
    (b" \n", "is empty. Put the key into it, on one line."),
    (b"\xff\xfe\x00", "cannot be read: it is not plain text."),
], ids=["none", "blank", "nowhere", "another", "empty", "not text"])
def test_real_books_are_not_opened_without_their_key(real: Desk, key_file: str | bytes | None, says: str) -> None:
    before = real.books
    named = real.write("other.txt", key_file).name if isinstance(key_file, bytes) else key_file
    wrong = Desk(real.folder, {} if named is None else {"RINGFENCE_KEY_FILE": named})
    for words in (("verify",), ("month-end", "2026-10", "--preview", "--as", "asha"), ("user", "add", "carl", "--as", "asha")):
        assert says in wrong.run(*words, code=1).err
    assert real.books == before


def test_real_books_are_not_made_without_a_key(desk: Desk) -> None:
    told = desk.run("init", "Harbour Lights", code=1)
    assert "Real books in a file are encrypted, and so they need a key. Put the key into a file and name that file" in told.err
    assert list(desk.folder.iterdir()) == []


def test_the_key_of_real_books_stands_in_no_message(real: Desk) -> None:
    said = [real.run("verify"), real.run("init", "Again", code=1), real.run("user", "add", "asha", "--as", "asha", code=1)]
    assert [told for told in said if "four words" in told.out + told.err] == []
