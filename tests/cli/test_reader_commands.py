"""`ringfence reader …`: who may read whose statements, and the link by which they come in."""

from __future__ import annotations

import re

from tests.cli.desk import Desk


def test_somebody_is_added_given_a_person_and_let_in(with_people: Desk) -> None:
    assert with_people.run("reader", "list", "--as", "asha").out == "Nobody may read yet: ringfence reader add NAME\n"
    assert "Peggy Lane is reader 1, and may read nothing yet" in with_people.run("reader", "add", "Peggy Lane", "--as", "asha").out
    told = with_people.run("reader", "grant", "1", "P001", "attorney", "--from", "2026-01-01", "--until", "2099-03-31", "--as", "asha")
    assert told.out == "Reader 1 reads for P001 as attorney from 01/01/2026 until 31/03/2099.\n"
    link = with_people.run("reader", "link", "1", "--as", "asha").out
    assert re.fullmatch(r"http://127\.0\.0\.1:8501/reader/open\?token=[\w-]{43}\n", link)
    elsewhere = with_people.with_variables(RINGFENCE_ADDRESS="https://books.example.org/").run("reader", "link", "1", "--as", "asha").out
    assert elsewhere.startswith("https://books.example.org/reader/open?token=")
    assert with_people.run("reader", "list", "--as", "asha", "--json").data == [{
        "number": 1, "name": "Peggy Lane", "last_opened": None, "grants": [
            {"person": "P001", "relationship": "attorney", "from": "2026-01-01", "until": "2099-03-31", "stands": True}]}]


def test_a_grant_begins_today_and_one_that_is_over_says_so(with_people: Desk) -> None:
    with_people.run("reader", "add", "Peggy Lane", "--as", "asha")
    with_people.run("reader", "grant", "1", "P001", "deputy", "--as", "asha")
    given = with_people.run("reader", "list", "--as", "asha", "--json").data[0]["grants"][0]
    assert (given["until"], given["stands"]) == (None, True)
    with_people.run("reader", "grant", "1", "P001", "deputy", "--from", "2026-01-01", "--until", "2026-01-31", "--as", "asha")
    assert "P001 as deputy from 01/01/2026 until 31/01/2026, not today" in with_people.run("reader", "list", "--as", "asha").out


def test_what_is_not_known_and_who_may_not_is_refused_in_words(with_people: Desk) -> None:
    with_people.run("reader", "add", "Peggy Lane", "--as", "asha")
    for words, says in ((("grant", "1", "P999", "deputy"), "The person P999 or the reader 1 is not known here."),
                        (("grant", "1", "P001", "neighbour"), "“neighbour” is no relationship"), (("link", "7"), "There is no reader 7.")):
        assert says in with_people.run("reader", *words, "--as", "asha", code=1).err
    with_people.run("user", "add", "olga", "--as", "asha", "--role", "auditor")
    for words in (("add", "Mallory"), ("grant", "1", "P001", "deputy"), ("link", "1")):
        assert "It takes the role of finance manager" in with_people.run("reader", *words, "--as", "olga", code=1).err
    assert "1: Peggy Lane" in with_people.run("reader", "list", "--as", "olga").out
