"""The four ways in which a contribution is paid, over a month end: who is asked for what, on both engines.

P003’s October costs £200.00. The NHS pays 40% of it, Southgate 60%; P003’s contribution is £10.00 a week, £44.29 for October, and comes off
Southgate’s part.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from basics.errors import Refused
from ringfence.actions.fund_terms_known import FundTermsItem
from ringfence.actions.verifying import verify
from ringfence.store import batches, facts, registry
from ringfence.store.schema import fund
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, block_contract, by_delivery, by_schedule, refused, visit

WEEKLY = {"weekly_pounds": "10.00", "weekly_basis": "weekly / 7 x days", "weekly_rounding": "each period alone"}
GROSS, NET, OWN = 12_000, 12_000 - 4_429, 4_429
NHS = 8_000


def contribution(**changed: Any) -> dict[str, Any]:
    said = by_delivery("P003", "grace", bears_on="southgate", **WEEKLY) | {"from": "2026-10-01"} | changed
    return {"funders": [{"reference": "grace", "kind": "person", "person": "P003"}],
            "fundings": [{key: value for key, value in said.items() if value is not None}]}


def says(model: str, *, person: str = "P003", fund: str = "spot", funder: str = "southgate", **more: Any) -> dict[str, Any]:
    return {"fund_terms": [{"person": person, "fund": fund, "funder": funder, "from": "2026-10-01", "source": "The agreement, page 7",
                            "contribution": model, **more}]}


@pytest.fixture
def october(agreed: Books) -> Books:
    """Four visits of two hours with one carer at £25.00: £50.00 each."""
    agreed.visits(*(visit(f"V-{n}", "P003", f"2026-10-{n:02}", "09:00", "11:00", support="care") for n in (5, 12, 19, 26)))
    return agreed


def asked(books: Books, month: str = "2026-10") -> dict[str, int]:
    """What the month asked each payer for P003’s support."""
    return {key.split("|")[1]: pence for key, pence in books.asked_for().items() if key.startswith(f"{month}|") and key.endswith("P003")}


def words(books: Books, payer: str) -> set[str]:
    return {line.words.partition(" (")[2] for invoice in books.invoices().values() if invoice.key == f"2026-10|{payer}|spot-P003"
            for line in invoice.lines}


def test_where_the_provider_collects_the_council_is_asked_net_and_the_person_for_the_rest(october: Books) -> None:
    october.apply(contribution() | says("provider collects", payment="net"))
    october.month_end()
    assert asked(october) == {"northvale": NHS, "southgate": NET, "grace": OWN}
    assert words(october, "southgate") == {"60% of the whole, less a contribution)"}
    assert words(october, "grace") == {"of a fixed sum a week)"}
    assert words(october, "northvale") == {"40% of the whole)"}
    assert verify(october.store, referee=True) == []


def test_what_the_council_takes_off_before_it_pays_the_person_pays(october: Books) -> None:
    october.apply(contribution() | says("taken off before payment", payment="net"))
    october.month_end()
    assert asked(october) == {"northvale": NHS, "southgate": NET, "grace": OWN}
    assert october.balance("spot-P003", "due", "grace") == OWN


def test_where_the_council_invoices_it_is_asked_for_all_and_the_person_never(october: Books) -> None:
    october.apply(contribution() | says("council invoices", payment="gross"))
    told, = (each for each in october.preview().warnings if "contribution" in each.what)
    assert told.what == "A contribution is not asked for here: the council pays gross and collects it itself (grace in spot-P003)."
    october.month_end()
    assert asked(october) == {"northvale": NHS, "southgate": GROSS}
    assert words(october, "southgate") == {"60% of the whole)"}
    assert verify(october.store, referee=True) == []


def test_a_funder_that_pays_gross_collects_whatever_else_its_terms_leave_open(october: Books) -> None:
    content = says("council invoices", payment="gross")
    del content["fund_terms"][0]["contribution"]
    october.apply(contribution() | content)
    october.month_end()
    assert asked(october) == {"northvale": NHS, "southgate": GROSS}


def test_the_person_is_asked_for_the_days_until_the_council_collects_itself(october: Books) -> None:
    """Fourteen days at £10.00 a week, and then the council invoices."""
    first, then = says("provider collects")["fund_terms"], says("council invoices")["fund_terms"]
    october.apply(contribution() | {"fund_terms": [*first, {**then[0], "from": "2026-10-15"}]})
    october.month_end()
    assert asked(october) == {"northvale": NHS, "southgate": GROSS - 2_000, "grace": 2_000}


def test_a_late_visit_finds_the_contribution_of_its_month_paid_already(october: Books) -> None:
    october.apply(contribution())
    october.month_end()
    october.visits(visit("V-LATE", "P003", "2026-10-27", "09:00", "11:00", support="care"), name="late.csv")
    october.month_end(NOVEMBER)
    assert asked(october, "2026-11") == {"northvale": 2_000, "southgate": 3_000}


def test_a_visit_that_is_credited_leaves_the_contribution_what_it_is(october: Books) -> None:
    """£50.00 less: £20.00 of it the NHS’s and £30.00 Southgate’s. Another visit is charged anew with November, and carries Grace’s part."""
    october.apply(contribution())
    october.month_end()
    october.apply({"visits_corrected": [{"correction": "VC-1", "visit": "V-5", "carer": "C1", "on": "2026-11-02", "taken_back": True,
                                         "words": "She was in hospital"}]})
    october.month_end(NOVEMBER)
    credited = dict(october.rows("SELECT u.reference, sum(n.pence) FROM credit_note n JOIN invoice i ON i.id = n.invoice_id"
                                 " JOIN funder u ON u.id = i.funder_id GROUP BY 1"))
    first, then = asked(october), asked(october, "2026-11")
    assert {payer: first[payer] + then[payer] - credited[payer] for payer in first} == {
        "northvale": NHS - 2_000, "southgate": NET - 3_000, "grace": OWN}
    assert verify(october.store, referee=True) == []


@pytest.mark.parametrize("by_day", [True, False])
def test_every_4_weeks_cannot_be_followed_as_support_is_given_and_is_refused(agreed: Books, by_day: bool) -> None:
    """Whichever of the two comes second."""
    every = says("provider collects every 4 weeks")
    if by_day:
        agreed.apply(contribution())
        (place, what), = refused(agreed, every)
    else:
        agreed.apply(every)
        (place, what), = refused(agreed, contribution())
    assert place.endswith("contribution" if by_day else "weekly_pounds")
    assert what == ("does not fit what grace pays a week: by the terms of southgate, the contribution is collected every 4 weeks, and it would "
                    "be asked for month by month, as support is given.")


def test_beside_the_nhs_a_contribution_says_off_whose_part_it_comes(agreed: Books) -> None:
    (place, what), = refused(agreed, contribution(bears_on=None))
    assert (place.endswith("bears_on"), what) == (
        True, "is missing, and the fund is shared by northvale and southgate. A contribution comes off the council’s part only: NHS care is free.")
    (place, what), = refused(agreed, contribution(bears_on="northvale"))
    assert what == "is northvale, and NHS care is free: nothing comes off the NHS’s part."


# where a contract's instalments ask for it


def four_weekly() -> dict[str, Any]:
    """A contract of P003’s own for 24 weeks from 5 October, £100.00 a week, of which £10.00 are the contribution."""
    spell = {"from": "2026-10-05", "to": "2027-03-21"}
    schedule = {"every": "4 weeks", "paid": "in advance", "days_to_pay": 14}
    return {"funders": contribution()["funders"],
            "contracts": [block_contract(reference="SG-4", pounds="2,400.00", schedule=schedule, **spell)],
            "fundings": [by_schedule("P003", contract="SG-4", **spell)],
            "splits": [{"contract": "SG-4", "version": 1, "method": "amounts", "on": "2026-09-20",
                        "people": [{"person": "P003", "pounds": "2,400.00", "contribution_pounds": "240.00"}]}]}


def test_instalments_every_4_weeks_collect_the_contribution_every_4_weeks(agreed: Books) -> None:
    agreed.apply(four_weekly() | says("provider collects every 4 weeks", fund="isf"))
    for month in (OCTOBER, NOVEMBER):
        agreed.month_end(month)
    found = {key: pence for key, pence in agreed.asked_for().items() if key.startswith("SG-4|")}
    assert found == {f"SG-4|{n}|{payer}": pence for n in (1, 2, 3) for payer, pence in (("southgate", 36_000), ("grace", 4_000))}, (
        "from 5 October, 2 November and 30 November")


@pytest.mark.parametrize(("model", "why"), [
    ("provider collects every 4 weeks", "the contribution is collected every 4 weeks, and it would be asked for by instalments every month."),
    ("council invoices", "it pays gross and collects the contribution itself, so the person is never asked for it."),
])
def test_terms_that_instalments_cannot_follow_are_refused(agreed: Books, model: str, why: str) -> None:
    """Amina pays £100.00 of each monthly instalment of SG-2026."""
    (place, what), = refused(agreed, says(model, person="P001", fund="isf"))
    assert place.endswith("contribution")
    assert what == f"does not fit instalment 1 of SG-2026, which asks amina for £100.00: by the terms of southgate, {why}"


def test_a_split_with_a_contribution_is_refused_where_the_council_collects_it(agreed: Books) -> None:
    content = four_weekly()
    agreed.apply({**{key: content[key] for key in ("funders", "contracts", "fundings")}, **says("council invoices", fund="isf")})
    (place, what), = refused(agreed, {"splits": content["splits"]})
    assert place.endswith("contribution_pounds")
    assert "collects the contribution itself" in what


def test_nobody_contributes_to_what_the_nhs_pays(agreed: Books) -> None:
    content = four_weekly()
    content["contracts"][0]["funder"] = content["fundings"][0]["funder"] = "northvale"
    (_, what), = refused(agreed, content)
    assert what == "is £240.00, and SG-4 is the NHS’s, whose care is free."


def test_books_that_hold_such_terms_already_do_not_issue_the_persons_invoice(delivered: Books) -> None:
    """Terms as a version of Ringfence kept them that did not look."""
    with delivered.store.writing() as connection:
        batch = batches.open_batch(connection, kind="old", key="old", digest="old", prepared_by=delivered.asha.user,
                                   recorded_at=delivered.asha.recorded_at, body="")
        said, = says("council invoices", person="P001", fund="isf")["fund_terms"]
        facts.record(connection, FundTermsItem.kind, "old", batch, fund_id=registry.ids(connection, fund, "key")["isf-P001"],
                     from_on=date(2026, 10, 1), said=said)
    with pytest.raises(Refused) as found:
        delivered.month_end()
    assert [problem.place for problem in found.value.problems] == ["draft SG-2026|1|amina"]
    assert found.value.problems[0].what.endswith("so the person is never asked for it.")
