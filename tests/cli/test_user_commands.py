"""`ringfence user …`: who may come in, as what and until when, and the sheet for the safe."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.desk import Desk

PASSPHRASE = "seven green bottles on a wall"


def roles_of(desk: Desk, name: str) -> dict[str, tuple[str | None, str | None]]:
    found = next(each for each in desk.run("user", "list", "--as", "asha", "--json").data if each["name"] == name)
    return {each["role"]: (each["from"], each["until"]) for each in found["roles"]}


def test_in_real_books_somebody_is_what_was_said_and_does_only_that(desk: Desk) -> None:
    desk.write("key.txt", "four words nobody would guess\n")
    real = desk.with_variables(RINGFENCE_KEY_FILE="key.txt")
    told = real.run("init", "Harbour Lights", "--recovery-sheet", "sheet.txt")
    assert "Print it, put it in the safe, and remove the file" in told.out
    sheet = desk.folder / "sheet.txt"
    assert "Harbour Lights" in sheet.read_text()
    assert ">>>four words nobody would guess<<<" in sheet.read_text()
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    real.run("user", "add", "asha")
    assert "Nobody said what ben is here." in real.run("user", "add", "ben", "--as", "asha", code=1).err
    real.run("user", "add", "ben", "--as", "asha", "--role", "approver")
    assert list(roles_of(real, "asha")) == ["administrator", "approver", "finance manager"]
    assert roles_of(real, "ben") == {"approver": (None, None)}
    people = real.write("people.csv", "reference,name\nP010,Noor Adil\n")
    assert "ben (approver) may not prepare and record here. It takes the role of finance manager" in real.run(
        "import", "people", people, "--as", "ben", code=1).err
    real.run("import", "people", people, "--as", "asha")


def test_a_recovery_sheet_is_of_a_key_and_takes_the_place_of_nothing(desk: Desk) -> None:
    assert "no key, and so no recovery sheet" in desk.run("init", "Harbour", "--practice", "--recovery-sheet", "sheet.txt", code=1).err
    desk.write("key.txt", "four words nobody would guess\n")
    desk.write("sheet.txt", "mine")
    told = desk.with_variables(RINGFENCE_KEY_FILE="key.txt").run("init", "Harbour", "--recovery-sheet", "sheet.txt", code=1)
    assert "Write the key on paper yourself, now." in told.err
    assert (desk.folder / "sheet.txt").read_text() == "mine"


def test_a_recovery_sheet_is_written_unless_it_is_declined_on_purpose(desk: Desk) -> None:
    desk.write("key.txt", "four words nobody would guess\n")
    real = desk.with_variables(RINGFENCE_KEY_FILE="key.txt")
    assert "asked for and declined at once" in real.run("init", "Harbour", "--no-recovery-sheet", "--recovery-sheet", "sheet.txt", code=1).err
    assert not (desk.folder / "ringfence.db").exists()
    assert "The recovery sheet is in ringfence.recovery-sheet.txt." in real.run("init", "Harbour").out
    assert ">>>four words nobody would guess<<<" in (desk.folder / "ringfence.recovery-sheet.txt").read_text()
    declined = real.run("init", "Harbour", "--no-recovery-sheet", "--database", "other.db").out
    assert "Write the key on paper and put it in the safe" in declined
    assert not (desk.folder / "other.recovery-sheet.txt").exists()


def test_a_role_is_given_for_days_and_taken_away(with_people: Desk) -> None:
    with_people.run("user", "add", "carl", "--as", "asha", "--role", "auditor")
    with_people.run("user", "role", "carl", "trustee", "--from", "2027-01-01", "--until", "2027-12-31", "--as", "asha")
    assert roles_of(with_people, "carl") == {"auditor": (None, None), "trustee": ("2027-01-01", "2027-12-31")}
    with_people.run("user", "role", "carl", "auditor", "--take", "--as", "asha")
    assert "carl (without a role) may not" in with_people.run("import", "conflicts", "--as", "carl", code=1).err
    assert "It takes the role of administrator" in with_people.run("user", "role", "carl", "approver", "--as", "carl", code=1).err
    assert "carl: auditor until" in with_people.run("user", "list", "--as", "asha").out


def test_a_passphrase_comes_from_a_file_or_a_terminal_and_never_from_the_command_line(with_people: Desk) -> None:
    assert "A passphrase is typed at a terminal." in with_people.run("user", "passphrase", "ben", "--as", "asha", code=1).err
    for text, code, says in (("short", 1, "This passphrase could be guessed."), (PASSPHRASE, 0, "")):
        with_people.write("pp.txt", f"{text}\n")
        told = with_people.with_variables(RINGFENCE_PASSPHRASE_FILE="pp.txt").run("user", "passphrase", "ben", "--as", "asha", code=code)
        assert says in told.err
    kept = {each["name"]: each["has_passphrase"] for each in with_people.run("user", "list", "--as", "asha", "--json").data}
    assert kept == {"asha": False, "ben": True}
    assert PASSPHRASE.encode() not in (with_people.folder / "ringfence.db").read_bytes()


def test_a_stand_in_a_caseload_and_an_identity_are_said_by_command(with_people: Desk) -> None:
    with_people.run("user", "add", "cora", "--as", "asha", "--role", "co-ordinator", "--role", "finance manager")
    told = with_people.run("user", "stand-in", "cora", "--for", "ben", "--from", "2099-01-01", "--until", "2099-01-31", "--as", "asha")
    assert told.out == "cora approves for ben from 01/01/2099 until 31/01/2099.\n"
    with_people.run("user", "supports", "cora", "P001", "P002", "--as", "asha")
    with_people.run("user", "identity", "cora", "https://sign-in.example", "12345", "--as", "asha")
    cora = next(each for each in with_people.run("user", "list", "--as", "asha", "--json").data if each["name"] == "cora")
    assert cora["supports"] == ["P001", "P002"]
    assert cora["stands_in_for"] == [{"name": "ben", "from": "2099-01-01", "until": "2099-01-31"}]


def test_somebody_leaves_by_command(with_people: Desk) -> None:
    with_people.run("user", "add", "cora", "--as", "asha", "--role", "co-ordinator")
    with_people.run("user", "supports", "cora", "P001", "--as", "asha")
    assert "Say who takes them over." in with_people.run("user", "leave", "cora", "--as", "asha", code=1).err
    assert with_people.run("user", "leave", "cora", "--to", "ben", "--as", "asha").out == (
        "cora has left and is signed out everywhere.\nben now supports P001.\n")
    assert "cora has left, and may do nothing here any more." in with_people.run("import", "conflicts", "--as", "cora", code=1).err


@pytest.mark.parametrize("words", [("role", "ben", "king"), ("stand-in", "ben"), ("supports", "ben")], ids=" ".join)
def test_what_is_not_understood_is_told(with_people: Desk, words: tuple[str, ...]) -> None:
    with_people.run("user", *words, "--as", "asha", code=2)


def test_the_sheet_is_no_file_that_others_read(tmp_path: Path) -> None:
    from datetime import date

    from ringfence.actions.recovery import write_sheet

    write_sheet(tmp_path / "s.txt", provider="Quay", books="b.db", key="a key", made_on=date(2026, 11, 2))
    assert stat.S_IMODE((tmp_path / "s.txt").stat().st_mode) == 0o600
