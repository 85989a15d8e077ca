"""Fees asked, offered and agreed: kept beside what was before, of organisations and of five people or more, and read by trustees without a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from basics.errors import InputError, NotAllowed, Refused
from basics.money import Money
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user
from ringfence.actions.fees import FeeTyped, as_typed, fees, payers_of_fees, record_fee, take_fee_away
from ringfence.actions.log import log_between
from ringfence.actions.rights import Right, Role
from ringfence.actions.trustees import trustees_page
from ringfence.actions.verifying import verify
from ringfence.store import told_trustees
from tests.actions.provider_books import NAMES, OCTOBER, Books

ASKED = date(2026, 9, 15)
TYPED = FeeTyped("southgate", "Outreach", ASKED, before="22.00", asked="9.5%", people=24, a_year=5200)


def trustee(books: Books) -> Acting:
    add_user(books.store, "tess", added_by="asha", at=books.at, roles=[Role.TRUSTEE])
    return Acting(books.store, "tess", books.at)


def test_what_was_asked_offered_and_agreed_is_read_by_a_trustee_and_each_step_stays_in_the_log(agreed: Books) -> None:
    tess = trustee(agreed)
    assert trustees_page(tess, OCTOBER).fees == ()
    for step in (TYPED, TYPED, replace(TYPED, offered="23"), replace(TYPED, offered="23", agreed="23.25", agreed_from=date(2026, 10, 1))):
        record_fee(agreed.asha, step)
    fee, = trustees_page(tess, OCTOBER).fees
    assert (fee.named, fee.before, fee.asked, fee.offered, fee.agreed) == (
        "Southgate Council: Outreach", Money(2200), Money(2409), Money(2300), Money(2325))
    assert (fee.agreed_from, fee.short_a_year, fee.by) == (date(2026, 10, 1), Money(84 * 5200), "asha")
    assert list(fees(tess)) == [fee]
    assert record_fee(agreed.asha, as_typed(fee)) == fee
    done = [each for each in log_between(agreed.asha) if each.did == "Recorded a fee asked, offered or agreed"]
    assert [(each.about, each.user) for each in done] == [("southgate Outreach", "asha")] * 3, "saying the same again is nothing new"
    assert verify(agreed.store, referee=True) == []


def test_a_fee_stands_on_the_page_of_each_month_in_which_it_was_asked_already(agreed: Books) -> None:
    record_fee(agreed.asha, replace(TYPED, asked_on=date(2026, 10, 5)))
    assert trustees_page(agreed.asha, OCTOBER.previous).fees == ()
    record_fee(agreed.asha, replace(TYPED, asked_on=ASKED, asked="25"))
    assert [each.asked for each in trustees_page(agreed.asha, OCTOBER.previous).fees] == [Money(2500)]
    assert [each.asked for each in trustees_page(agreed.asha, OCTOBER).fees] == [Money(2409)], "what was asked later takes its place"


def test_what_was_recorded_by_mistake_is_taken_away_and_may_be_recorded_again(agreed: Books) -> None:
    record_fee(agreed.asha, TYPED)
    take_fee_away(agreed.asha, "southgate", "Outreach", ASKED)
    assert fees(agreed.asha) == []
    with pytest.raises(InputError, match="Nothing is recorded"):
        take_fee_away(agreed.asha, "southgate", "Outreach", ASKED)
    record_fee(agreed.asha, TYPED)
    assert len(fees(agreed.asha)) == 1


def test_only_finance_records_and_takes_away(agreed: Books) -> None:
    record_fee(agreed.asha, TYPED)
    for role in (Role.TRUSTEE, Role.APPROVER, Role.AUDITOR, Role.CO_ORDINATOR, Role.ADMINISTRATOR):
        add_user(agreed.store, role.value, added_by="asha", at=agreed.at, roles=[role])
        who = Acting(agreed.store, role.value, agreed.at)
        with pytest.raises(NotAllowed):
            record_fee(who, replace(TYPED, asked="30"))
        with pytest.raises(NotAllowed):
            take_fee_away(who, "southgate", "Outreach", ASKED)
    assert [each.asked for each in fees(agreed.asha)] == [Money(2409)]


@pytest.mark.parametrize(("change", "says"), [
    ({"payer": "peggy"}, "pays out of their own pocket"), ({"payer": "nobody"}, "nobody who pays here"),
    ({"service": f"{NAMES['P003']} at home"}, "no name stands on this page"), ({"service": "W" * 61}, "Shorten it to 60"),
    ({"service": "  "}, "Nothing is written here"), ({"service": "Out\u202ereach"}, "cannot be seen"),
    ({"people": 4}, "fewer than 5 people"), ({"people": None}, "fewer than 5 people"), ({"a_year": 0}, "no number of hours"),
    ({"asked": ""}, "Nobody said what was asked"), ({"asked": "lots"}, "not an amount of money"), ({"before": ""}, "nobody said what that was"),
    ({"asked_on": date(2026, 12, 1)}, "still to come"), ({"agreed": "23"}, "belong together"), ({"agreed_from": ASKED}, "belong together"),
])
def test_what_may_not_stand_there_is_refused_and_nothing_is_kept(agreed: Books, change: dict[str, object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        record_fee(agreed.asha, replace(TYPED, **change))  # type: ignore[arg-type]
    assert fees(agreed.asha) == []


def test_all_that_is_wrong_is_said_at_once(agreed: Books) -> None:
    with pytest.raises(Refused) as refused:
        record_fee(agreed.asha, FeeTyped("amina", "", None, asked="4%"))
    assert {each.place for each in refused.value.problems} == {"Payer", "Service or contract", "Asked on", "Asked", "People"}


def test_payers_are_organisations_and_one_that_is_called_after_somebody_stands_by_its_reference(agreed: Books) -> None:
    agreed.apply({"funders": [{"reference": "trust-7", "kind": "grant", "name": f"The {NAMES['P003']} Trust"}]})
    assert [each.reference for each in payers_of_fees(agreed.asha)] == ["northvale", "southgate", "trust-7"]
    record_fee(agreed.asha, replace(TYPED, payer="trust-7"))
    tess = trustee(agreed)
    assert [each.named for each in trustees_page(tess, OCTOBER).fees] == ["trust-7: Outreach"]
    with tess.reading(Right.FIGURES) as connection:
        kept = str(told_trustees.kept(connection, told_trustees.FEE))
    assert [name for name in (*NAMES, *NAMES.values()) if name in kept] == []
