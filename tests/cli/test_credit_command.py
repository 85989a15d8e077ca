"""`ringfence credit` as it is typed: lines of an invoice are asked to be credited, and another person approves it."""

from __future__ import annotations

from tests.cli.desk import Desk

WHY = "Ruth rang on 12 November: nobody came"


def test_a_credit_is_previewed_prepared_and_approved_by_another(with_october: Desk) -> None:
    asked = ("credit", "1003", "--line", "1", "--why", WHY, "--as", "asha")
    seen = with_october.run(*asked, "--preview").out
    assert "Nothing was prepared." in seen
    told = with_october.run(*asked).out
    assert told.splitlines()[:-2] == seen.splitlines()[:-1]
    data = with_october.run(*asked, "--json").data
    assert f"£{data['credits'][0]['pounds']} is credited of invoice 001003" in told
    assert "No credit note has been issued" in with_october.run("credits", "--as", "asha").out
    with_october.run("approve", data["digest"], "--as", "ben")
    assert "off invoice 001003" in with_october.run("credits", "--as", "asha").out
    assert "It is credited already" in with_october.run(*asked, code=1).err
    with_october.run("verify")


def test_of_a_line_of_an_instalment_a_sum_is_credited(with_october: Desk) -> None:
    asked = ("credit", "1004", "--why", WHY, "--as", "asha")
    assert "“2 pounds” is no line." in with_october.run(*asked, "--line", "2 pounds", code=1).err
    data = with_october.run(*asked, "--line", "1=1.50", "--json").data
    assert data["credits"] == [{"invoice": 1004, "pounds": "1.50"}]
    with_october.run("approve", data["digest"], "--as", "ben")
    assert "£1.50 off invoice 001004" in with_october.run("credits", "--as", "asha").out
    with_october.run("verify")
