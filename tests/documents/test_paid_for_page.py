"""What a person pays for, on paper and as a web page: readable by everybody, one page, the same figures on both."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from basics.errors import InputError
from basics.money import Money
from basics.vocabulary import say
from costing.paid_for import PaidFor, paid_for
from ringfence.actions.costing import price_of_file
from ringfence.documents.paid_for_page import paid_for_page
from ringfence.documents.printing import paid_for_html, paid_for_pdf
from tests.documents import pdf_checks
from tests.documents.price_shapes import contents, priced

ASK = "Asha Patel, 01632 960 101"
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
RECORDS = {name: paid_for(price_of_file(EXAMPLES / f"{name}.cost.yaml")) for name in ("outreach", "living", "shared-house")}
SHAPES = {name: paid_for(priced(name, content)) for name, content in contents().items() if name.endswith(", 1") and "hostile" not in name}
every_record = pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
JARGON = re.compile(r"\bISFs?\b|overhead|accrual|on-cost|contingency|surplus|void|\bNI\b|productive|utilisation", re.IGNORECASE)


def html_text(record: PaidFor) -> str:
    body = paid_for_html(record, ask=ASK).partition("<body>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@every_record
def test_the_page_is_made_to_pdf_ua_1(record: PaidFor) -> None:
    pdf = paid_for_pdf(record, ask=ASK, provider="Harbour Support")
    assert pdf_checks.faults(pdf) == []
    assert pdf_checks.package_faults(pdf) == []


@every_record
def test_it_is_one_page(record: PaidFor) -> None:
    assert len(pypdfium2.PdfDocument(paid_for_pdf(record, ask=ASK))) == 1


@every_record
def test_it_says_what_a_week_costs_each_part_and_what_is_not_in_it(record: PaidFor) -> None:
    text = pdf_checks.text(paid_for_pdf(record, ask=ASK))
    assert f"One week of your support costs {record.per_week}." in text
    for row in paid_for_page(record)["rows"]:
        assert f"{row['words']} {row['below']} {row['cells'][0]} {row['cells'][1]}" in text
    assert "Rent and other housing costs are not in this price." in text
    assert f"{say('contacts.heading')} {ASK}" in text


@every_record
def test_nothing_on_it_is_jargon_and_no_amount_is_in_brackets(record: PaidFor) -> None:
    for text in (pdf_checks.text(paid_for_pdf(record, ask=ASK)), html_text(record)):
        assert JARGON.findall(text) == []
        assert re.findall(r"\(£?[\d.,]+\)", text) == []


@pytest.mark.parametrize("record", SHAPES.values(), ids=SHAPES)
def test_the_printed_lines_add_to_the_printed_week_and_the_shares_to_a_hundred(record: PaidFor) -> None:
    page = paid_for_page(record)
    amounts = [Money.parse(row["cells"][0]) for row in page["rows"]]
    shares = [row["cells"][1] for row in page["rows"]]
    assert page["total"] == ["One week of support", str(Money.total(amounts)), "100%"]
    assert str(record.per_week) == page["total"][1]
    assert sum(int(share.rstrip("%")) for share in shares if share not in (say("paid.share.none"), say("paid.share.small"))) == 100


def test_rounding_has_a_line_that_says_why_and_none_where_there_is_none() -> None:
    outreach, house = RECORDS["outreach"], RECORDS["shared-house"]
    rows = {row["words"]: row for row in paid_for_page(outreach)["rows"]}
    assert rows["Rounding"] == {"words": "Rounding", "below": "The price of an hour is rounded, which makes this in a week.", "cells": ["£0.52", "–"]}
    assert "The price and each part of it are rounded." in pdf_checks.text(paid_for_pdf(house))
    even = replace(outreach, per_week=outreach.per_week - outreach.rounding)
    assert "Rounding" not in html_text(even)


def test_a_part_of_under_one_per_cent_says_so() -> None:
    outreach = RECORDS["outreach"]
    first, *rest = outreach.parts
    assert "under 1%" in html_text(replace(outreach, parts=(replace(first, percent=0), *rest)))


@every_record
def test_paper_and_screen_say_the_same(record: PaidFor) -> None:
    text = html_text(record)
    for row in paid_for_page(record)["rows"]:
        assert f"{row['words']} {row['below']} {row['cells'][0]} {row['cells'][1]}".replace("  ", " ") in text
    assert ASK in text


def test_without_anybody_to_ask_it_says_whom_to_ask() -> None:
    assert say("paid.ask") in pdf_checks.text(paid_for_pdf(RECORDS["outreach"]))


def test_a_name_cannot_become_markup() -> None:
    record = replace(RECORDS["outreach"], name="#panic() <b>&amp; *x*")
    assert "#panic() <b>&amp; *x*" in pdf_checks.text(paid_for_pdf(record))
    assert "<b>" not in paid_for_html(record).partition("<body>")[2]


def test_a_long_name_of_a_line_stays_between_the_margins() -> None:
    outreach = RECORDS["outreach"]
    lines = ("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2, "x", "y", "z", "Q")
    long = replace(outreach, parts=tuple(replace(part, lines=lines) for part in outreach.parts))
    left, right = pdf_checks.edges(paid_for_pdf(long))
    assert left >= pdf_checks.MARGIN_PT
    assert right <= pdf_checks.A4_WIDTH_PT - pdf_checks.MARGIN_PT
    assert "2 more." in pdf_checks.text(paid_for_pdf(long))


def test_a_character_that_cannot_be_seen_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be seen"):
        paid_for_pdf(RECORDS["outreach"], ask="Asha\u202e")


def test_the_same_price_gives_the_same_bytes() -> None:
    assert paid_for_pdf(RECORDS["living"], ask=ASK) == paid_for_pdf(RECORDS["living"], ask=ASK)
