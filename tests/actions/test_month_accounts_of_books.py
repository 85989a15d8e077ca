"""The accounts at month end out of the books: closed months only, what the auditor must decide, provisions, codes and files."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from basics.errors import InputError, Refused
from basics.money import Money
from isf.nominal import Nominal
from ringfence.actions.month_accounts import accounts_at, write_accounts
from ringfence.actions.verifying import verify
from ringfence.store.month_accounts import contract_of_fund
from tests.actions.exported_books import CODES, ready, settings
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, bank_line, block_contract, by_schedule, part, refused, visit

PAID = bank_line("BK-1", "2026-10-20", "1900.00", instalment={"contract": "SG-2026", "n": 1})


def test_income_is_what_was_charged_without_what_the_provider_carries(delivered: Books) -> None:
    ready(delivered)
    (charged,), = delivered.rows("SELECT sum(pence) FROM charge WHERE how IN ('schedule', 'delivery')")
    found = accounts_at(delivered.asha, OCTOBER)
    assert sum(each.income for each in found.schedule) == charged
    assert sum(each.pence for each in found.journal) == 0


def test_a_month_that_is_not_closed_has_no_accounts(delivered: Books) -> None:
    with pytest.raises(InputError, match="October 2026 is not closed"):
        accounts_at(delivered.asha, OCTOBER)


def test_what_the_auditor_decides_is_never_inferred(delivered: Books) -> None:
    delivered.apply({"bank_lines": [PAID]})
    delivered.month_end()
    with pytest.raises(Refused) as told:
        accounts_at(delivered.asha, OCTOBER)
    assert [problem.place for problem in told.value.problems] == ["contract SG-2026"]
    assert "acts_as" in told.value.problems[0].to_do


@pytest.mark.parametrize(("decided", "account"), [
    ({"acts_as": "agent", "restricted": False}, Nominal.AGENT), ({"acts_as": "principal", "restricted": True}, Nominal.RESTRICTED)])
def test_what_is_unspent_stands_where_the_auditor_put_it(delivered: Books, decided: dict[str, object], account: Nominal) -> None:
    delivered.apply({"bank_lines": [PAID], "contract_accounts": [{"contract": "SG-2026", "from": "2026-04-01", "source": "A letter", **decided}]})
    delivered.month_end()
    assert accounts_at(delivered.asha, OCTOBER).controls[account] == -161_800


def test_next_years_contract_says_nothing_of_this_years_month_ends(delivered: Books) -> None:
    """The money of SG-2026 is restricted; that of SG-2027, agreed already for April, is held as an agent."""
    spell, people = {"from": "2027-04-01", "to": "2027-09-30"}, [{"person": "P001", "pounds": "6,000.00"}, {"person": "P002", "pounds": "6,000.00"}]
    delivered.apply({"bank_lines": [PAID], "contracts": [block_contract(reference="SG-2027", **spell)],
                     "fundings": [by_schedule(person, contract="SG-2027", **spell) for person in ("P001", "P002")],
                     "splits": [{"contract": "SG-2027", "version": 1, "method": "amounts", "on": "2026-09-20", "people": people}],
                     "contract_accounts": [
                         {"contract": "SG-2026", "from": "2026-04-01", "source": "A letter", "acts_as": "principal", "restricted": True},
                         {"contract": "SG-2027", "from": "2026-04-01", "source": "A letter", "acts_as": "agent", "restricted": False}]})
    delivered.month_end()
    found = accounts_at(delivered.asha, OCTOBER)
    assert (found.controls[Nominal.RESTRICTED], Nominal.AGENT in found.controls) == (-161_800, False)
    with delivered.store.reading() as connection:
        of = {day: contract_of_fund(connection, day)["isf-P001"] for day in (date(2026, 9, 30), date(2027, 3, 31), date(2027, 4, 1))}
    assert list(of.values()) == ["SG-2026", "SG-2026", "SG-2027"]


def test_a_provision_is_of_what_is_owed_and_no_more(delivered: Books) -> None:
    provision = {"person": "P004", "fund": "spot", "funder": "peggy", "from": "2026-10-31", "words": "Disputed"}
    delivered.apply(settings(provisions=[{**provision, "pounds": "12.00"}]))
    delivered.month_end()
    assert accounts_at(delivered.asha, OCTOBER).controls[Nominal.PROVISION] == -1200
    delivered.apply({"provisions": [{**provision, "pounds": "24.01"}]})
    with pytest.raises(Refused, match=r"£24\.01 is provided for, and £24\.00 is owed"):
        accounts_at(delivered.asha, OCTOBER)
    delivered.apply({"provisions": [{**provision, "pounds": "0.00"}]})
    assert Nominal.PROVISION not in accounts_at(delivered.asha, OCTOBER).controls


def test_a_payment_that_was_put_back_was_never_received(delivered: Books) -> None:
    ready(delivered)
    delivered.visits(visit("V-40", "P004", "2026-11-05", "14:00", "15:00"), name="november.csv")
    delivered.apply({"bank_lines": [bank_line("BK-2", "2026-11-13", "24.00", "provider", parts=[part("spot-P004", "24.00", funder="peggy")])]})
    delivered.apply({"corrections": [{"correction": "CO-1", "person": "P004", "fund": "spot", "entry": "bank BK-2|spot-P004|peggy|payment",
                                      "on": "2026-11-14", "words": "It was somebody else’s"}]})
    delivered.month_end(NOVEMBER)
    found, = (each for each in accounts_at(delivered.asha, NOVEMBER).schedule if each.payer == "peggy")
    assert (found.income, found.given, found.invoiced, found.owed, found.accrued) == (2400, 4800, 4800, 4800, 0)
    assert verify(delivered.store, referee=True) == []


def test_the_files_add_up_and_carry_codes(delivered: Books, tmp_path: Path) -> None:
    delivered.apply({"bank_lines": [PAID]})
    names = write_accounts(accounts_at(ready(delivered).asha, OCTOBER), tmp_path)
    assert names == ("schedule-2026-10.csv", "journal-2026-10.csv", "control-2026-10.csv")
    with (tmp_path / names[0]).open(encoding="utf-8", newline="") as file:
        *schedule, total = csv.DictReader(file)
    assert all(Money.parse(total[name]) == Money.total(Money.parse(row[name]) for row in schedule)
               for name in ("Income of the month", "Accrued income", "Paid and not given", "Paid before invoice"))
    with (tmp_path / names[1]).open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    for on in ("2026-10-31", "2026-11-01"):
        debit, credit = (Money.total(Money.parse(row[side]) for row in lines if row["Date"] == on and row[side]) for side in ("Debit", "Credit"))
        assert debit == credit
    assert {row["Code"] for row in lines} <= set(CODES.values())


def test_a_code_that_is_missing_is_named_before_anything_is_written(delivered: Books, tmp_path: Path) -> None:
    delivered.month_end()
    with pytest.raises(Refused) as told:
        write_accounts(accounts_at(delivered.asha, OCTOBER), tmp_path / "out")
    assert [problem.place for problem in told.value.problems] == ["nominal_codes, support income", "nominal_codes, accrued income"]
    assert not (tmp_path / "out").exists()


def test_contracts_and_payers_must_be_there(agreed: Books) -> None:
    assert refused(agreed, {
        "contract_accounts": [{"contract": "SG-2025", "from": "2026-04-01", "acts_as": "agent", "restricted": False, "source": "A letter"}],
        "provisions": [{"person": "P004", "fund": "spot", "funder": "nobody", "pounds": "1.00", "from": "2026-10-31", "words": "Disputed"}],
    }) == [("agreed.yaml, contract_accounts, item 1 (SG-2025), contract", "“SG-2025” is not a contract here."),
           ("agreed.yaml, provisions, item 1 (P004), funder", "“nobody” is not a funder here.")]
