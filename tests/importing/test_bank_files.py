"""Bank files: every format and bank read to the penny, the same line known again however it comes, and what is not certain set aside."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from basics.errors import InputError
from ringfence.importing.bank_columns import Columns, ColumnsNotKnown
from ringfence.importing.bank_file import bank_file_of
from ringfence.importing.bank_lines import BankFile

SAMPLES = Path(__file__).parent / "bank"
CHARITY = Columns("charity-bank", "Booked", ("Details", "Your reference"), paid_in="Money in", paid_out="Money out", balance="Left")


def read(content: bytes | str, *kept: Columns, name: str = "bank.csv", account: str = "people", chosen: str = "") -> BankFile:
    return bank_file_of(content if isinstance(content, bytes) else content.encode(), name, account, kept, chosen)


def sample(name: str, *kept: Columns) -> BankFile:
    return read((SAMPLES / name).read_bytes(), *kept, name=name)


def amounts(file: BankFile) -> list[int]:
    return [row.pence for row in file.rows]


def references(file: BankFile) -> set[str]:
    return {row.reference for row in file.rows}


SAMPLE_FILES = {
    "lloyds.csv": ("Lloyds Banking Group", [3000, -4250, 2400, 10_000, -600], "FPI SOUTHGATE COUNCIL 000503", date(2026, 10, 19)),
    "barclays.csv": ("Barclays", [190_000, -1200, -4500], "Counter Credit SOUTHGATE COUNCIL SG-2026 INST 1 BGC", date(2026, 10, 19)),
    "natwest.csv": ("NatWest Group", [3000, -4250, 2400], "BAC SOUTHGATE COUNCIL , 000503", date(2026, 10, 19)),
    "hsbc.csv": ("HSBC, without headings", [193_000, -4250, 2400], "SOUTHGATE COUNCIL 000503 CR", date(2026, 10, 19)),
    "other.csv": ("charity-bank", [3000, -500], "SOUTHGATE COUNCIL 000503", date(2026, 10, 19)),
    "statement.ofx": ("OFX", [190_000, -600, 3000], "SOUTHGATE COUNCIL SG-2026 & INST 1", date(2026, 10, 1)),
    "statement-2.ofx": ("OFX", [3000, 2400], "SOUTHGATE COUNCIL 000503", date(2026, 10, 19)),
    "statement.mt940": ("MT940", [190_000, -600, 3000, -3000], "SOUTHGATE COUNCIL SG-2026 INST 1 B1001", date(2026, 10, 1)),
    "statement.camt053.xml": ("CAMT.053", [190_000, -600, 3000], "Southgate Council SG-2026 INST 1", date(2026, 10, 1)),
}


@pytest.mark.parametrize("name", SAMPLE_FILES)
def test_the_file_of_each_format_and_bank_is_read_to_the_penny(name: str) -> None:
    how, expected, words, on = SAMPLE_FILES[name]
    file = sample(name, CHARITY)
    assert (file.how, amounts(file), file.rows[0].words, file.rows[0].on) == (how, expected, words, on)
    assert file.rows_in == len(file.rows) + len(file.problems)
    assert file.notices == ()


def test_every_sample_stands_among_these() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == set(SAMPLE_FILES)


def test_an_entry_that_is_not_booked_waits_for_a_later_statement() -> None:
    (problem,) = sample("statement.camt053.xml").problems
    assert str(problem) == "statement.camt053.xml, row 4: is not booked yet (PDNG). It comes with a later statement, once it is."


def test_a_credit_that_the_bank_takes_back_went_out() -> None:
    assert sample("statement.mt940").rows[3].pence == -3000


@pytest.mark.parametrize(("days", "counts_on"), [
    ("2610311102", date(2026, 11, 2)), ("2612310102", date(2027, 1, 2)), ("261031", date(2026, 10, 31))])
def test_money_counts_on_the_day_on_which_the_bank_booked_it_and_not_on_its_value_date(days: str, counts_on: date) -> None:
    """As in CAMT.053; over a new year too. Where the bank gives one day only, it is that."""
    text = (SAMPLES / "statement.mt940").read_text(encoding="utf-8")
    assert read(text.replace(":61:2610051005D", f":61:{days}D")).rows[1].on == counts_on


def test_midnight_in_summer_stays_on_its_own_day() -> None:
    """`20261001000000[+1:BST]` is 30 September in Greenwich, and 1 October on the statement."""
    assert sample("statement.ofx").rows[0].on == date(2026, 10, 1)


# the same line, known again


LLOYDS = (SAMPLES / "lloyds.csv").read_bytes().decode()


def reordered(text: str) -> str:
    rows = [row.split(",") for row in text.replace('"ELLIS M, OCTOBER"', "ELLIS M; OCTOBER").splitlines()]
    return "\n".join(",".join(row[n] for n in (7, 0, 4, 6, 5, 3, 2, 1)) for row in rows).replace("ELLIS M; OCTOBER", '"ELLIS M, OCTOBER"')


def workbook(text: str) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(text.replace('"ELLIS M, OCTOBER"', "ELLIS M; OCTOBER").splitlines()):
            for m, cell in enumerate(row.split(",")):
                number = n and m in (3, 5, 6, 7) and cell
                sheet.write(n, m, float(cell) if number else cell.replace(";", ","))
    return out.getvalue()


@pytest.mark.parametrize("again", [
    LLOYDS.replace("\r\n", "\n"), "\ufeff" + LLOYDS, reordered(LLOYDS), LLOYDS.encode("utf-16"), workbook(LLOYDS), LLOYDS.replace(",", ";")
    .replace("M; OCTOBER", "M, OCTOBER"), LLOYDS.replace("'30-90-89", "30-90-89").replace("19/10/2026", "2026-10-19"),
    "\r\n".join([LLOYDS.splitlines()[0], *reversed(LLOYDS.splitlines()[1:])]),
], ids=["line ends", "byte-order mark", "order of columns", "UTF-16", "Excel", "semicolons", "without apostrophe", "upside down"])
def test_a_file_that_was_saved_again_has_the_same_lines(again: str | bytes) -> None:
    assert references(read(again)) == references(read(LLOYDS))


def test_lines_that_are_alike_are_told_apart_by_how_many_came_before() -> None:
    twice = "19/10/2026,COINS,5.00\n19/10/2026,COINS,5.00\n20/10/2026,COINS,5.00\n"
    file = read(twice)
    assert len(references(file)) == 3
    assert references(read(twice + "21/10/2026,COINS,5.00\n")) > references(file)


def test_the_banks_own_id_is_the_line_and_the_same_id_twice_is_one_line() -> None:
    content = (SAMPLES / "statement.ofx").read_text(encoding="cp1252")
    renamed = content.replace("<NAME>SOUTHGATE COUNCIL<MEMO>000503", "<NAME>SOUTHGATE CC<MEMO>503")
    assert references(read(renamed)) == references(read(content))
    line = content[content.rindex("<STMTTRN>"):content.rindex("</STMTTRN>") + len("</STMTTRN>")]
    doubled = content.replace(line, line + line)
    assert references(read(doubled)) == references(read(content))
    assert references(sample("statement-2.ofx")) & references(read(content)) == {read(content).rows[2].reference}


def test_one_id_on_lines_that_differ_sets_both_aside() -> None:
    content = (SAMPLES / "statement.ofx").read_text(encoding="cp1252").replace("202610190001", "202610010001")
    file = read(content, name="a.ofx")
    assert (amounts(file), file.rows_in) == ([-600], 3)
    assert [problem.place for problem in file.problems] == ["a.ofx, row 1", "a.ofx, row 3"]


def test_a_file_without_an_account_is_of_the_account_that_was_chosen() -> None:
    content = (SAMPLES / "hsbc.csv").read_bytes()
    assert not references(read(content, account="people")) & references(read(content, account="provider"))


def test_lines_of_two_accounts_in_one_file_are_refused() -> None:
    with pytest.raises(InputError, match="lines of 2 accounts"):
        read(LLOYDS.replace("01234567,HALDEN", "07654321,HALDEN"))


# balances, as a check


def test_a_running_balance_that_does_not_follow_is_told_with_its_row() -> None:
    assert read(LLOYDS.replace(",24.00,", ",25.00,")).notices[0].startswith("bank.csv, rows 4 and 5 (13/10/2026): the balances do not follow")


def test_money_in_and_out_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(InputError, match="wrong way round"):
        read(LLOYDS.replace("Debit Amount", "x").replace("Credit Amount", "Debit Amount").replace("x", "Credit Amount"))


@pytest.mark.parametrize("name", ["statement.mt940", "statement.camt053.xml"])
def test_a_statement_that_does_not_add_up_to_its_closing_balance_says_by_how_much(name: str) -> None:
    content = (SAMPLES / name).read_text().replace("2894,00", "2895,00").replace("2924.00", "2925.00")
    (notice,) = read(content, name=name).notices
    assert notice.endswith("£1.00 is missing or too much.")


# what may do harm, and what is not known


@pytest.mark.parametrize("declared", [
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
], ids=["a file of this machine", "another machine", "a thousand laughs"])
@pytest.mark.parametrize("name", ["statement.camt053.xml", "statement-2.ofx"])
def test_xml_that_declares_entities_or_fetches_a_document_type_is_refused(name: str, declared: str) -> None:
    head, _, rest = (SAMPLES / name).read_text().partition("?>")
    with pytest.raises(InputError, match="It was not read"):
        read(f"{head}?>{declared}{rest}", name=name)


def test_columns_that_nobody_has_said_are_asked_for_with_the_first_rows() -> None:
    with pytest.raises(ColumnsNotKnown) as asked:
        sample("other.csv")
    assert asked.value.headings == ("Booked", "Details", "Your reference", "Money in", "Money out", "Left")
    assert asked.value.rows[0][:2] == ("19/10/2026", "SOUTHGATE COUNCIL")


def test_the_columns_that_name_the_most_headings_are_used() -> None:
    less = Columns("less", "Booked", ("Details",), paid_in="Money in", paid_out="Money out")
    assert sample("other.csv", less, CHARITY).how == "charity-bank"
    assert read((SAMPLES / "other.csv").read_bytes(), less, CHARITY, chosen="less").how == "less"
    with pytest.raises(InputError, match="fit this file alike"):
        sample("other.csv", CHARITY, Columns("again", *list(vars(CHARITY).values())[1:]))
    with pytest.raises(InputError, match="No columns are kept under the name “unity”"):
        read((SAMPLES / "other.csv").read_bytes(), CHARITY, chosen="unity")


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"", b"\n\n", b"PK\x03\x04", b"<html></html>", b"OFXHEADER:100\n<OFX></OFX>"],
                         ids=["PDF", "old Excel", "empty", "blank", "damaged Excel", "a page", "no lines"])
def test_what_is_no_bank_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(InputError) as refused:
        read(content)
    assert refused.value.problem.to_do


def test_another_currency_is_refused() -> None:
    with pytest.raises(InputError, match="only pounds sterling"):
        read((SAMPLES / "statement.ofx").read_text(encoding="cp1252").replace("<CURDEF>GBP", "<CURDEF>EUR"))
    with pytest.raises(InputError, match="only pounds sterling"):
        read((SAMPLES / "statement.mt940").read_text().replace("GBP", "EUR"))
    euros = read((SAMPLES / "statement.camt053.xml").read_text().replace('Ccy="GBP"', 'Ccy="EUR"'), name="a.xml")
    assert (euros.rows, len(euros.problems)) == ((), 4)


def test_damage_in_front_of_the_lines_of_a_statement_hides_none_of_them() -> None:
    whole = (SAMPLES / "statement.mt940").read_text()
    damaged = read(whole.replace(":28C:00001/001", ":28C:of October\n:13:noon"))
    assert (references(damaged), damaged.problems) == (references(read(whole)), ())


def test_a_statement_that_breaks_off_within_a_line_sets_that_line_aside() -> None:
    whole = (SAMPLES / "statement.mt940").read_text()
    (*_, problem) = read(whole.partition("\n:62F:")[0] + "\n:61:").problems
    assert "cannot be read as a line of a statement" in str(problem)


@pytest.mark.parametrize(("said", "taken"), [
    ("<CURRENCY><CURRATE>1.15<CURSYM>EUR</CURRENCY>", False),
    ("<CURRENCY><CURRATE>1<CURSYM>GBP</CURRENCY>", True),
    ("<ORIGCURRENCY><CURRATE>1.15<CURSYM>EUR</ORIGCURRENCY>", True)])
def test_a_line_in_another_currency_is_set_aside_unless_the_bank_turned_it_into_pounds(said: str, taken: bool) -> None:
    whole = (SAMPLES / "statement.ofx").read_text(encoding="cp1252")
    file = read(whole.replace("<FITID>202610190001", f"<FITID>202610190001{said}"))
    assert (3000 in amounts(file), len(file.problems)) == (taken, 0 if taken else 1)
