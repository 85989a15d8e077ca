"""Settings: what stands, changed by two people; and the first steps, done as the books say."""

from __future__ import annotations

import pytest

from basics.errors import NotAllowed, Refused
from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.books import add_user
from ringfence.actions.first_steps import first_steps
from ringfence.actions.invoice_list import list_invoices
from ringfence.actions.rights import Role
from ringfence.actions.settings import prepare_provider, settings_of
from tests.actions.provider_books import Books

SAID = {"name": "Halden & <b>Friends</b>", "address": ["1 High Street"], "pay_to": ["Halden"], "vat_number": "GB123456782",
        "contact": {"name": "Priya Shah", "telephone": "01632 960 101"}}


def test_particulars_count_once_another_person_has_approved_them(agreed: Books) -> None:
    before = settings_of(agreed.asha)
    would = prepare_provider(agreed.asha, SAID)
    assert settings_of(agreed.asha).provider == before.provider
    with pytest.raises(NotAllowed):
        approve(agreed.asha, would.digest)
    approve(agreed.ben, would.digest)
    found = settings_of(agreed.asha)
    assert (found.provider["name"], found.vat_number, found.provider["pay_to"]) == (SAID["name"], "GB123456782", ["Halden"])
    kept = {key: value for key, value in before.provider.items() if key not in (*SAID, "einvoice")}
    assert kept.items() <= found.provider.items()
    assert prepare_provider(agreed.asha, SAID).digest == ""
    approve(agreed.ben, prepare_provider(agreed.asha, {**SAID, "vat_number": ""}).digest)
    assert settings_of(agreed.asha).vat_number == ""


def test_everything_that_is_wrong_is_said_at_once(agreed: Books) -> None:
    with pytest.raises(Refused) as found:
        prepare_provider(agreed.asha, {**SAID, "name": "", "address": []})
    assert len(found.value.problems) == 2


def test_the_next_numbers_are_those_that_month_end_gives(issued: Books) -> None:
    found = settings_of(issued.asha)
    assert found.next_invoice == max(each.number for each in list_invoices(issued.asha) if each.number) + 1
    assert (found.next_credit_note, found.is_practice, found.users) == (1, True, 2)


def test_nobody_without_the_books_reads_settings(agreed: Books) -> None:
    add_user(agreed.store, "tess", added_by="asha", at=agreed.at, roles=[Role.TRUSTEE])
    for read in (settings_of, first_steps):
        with pytest.raises(NotAllowed):
            read(Acting(agreed.store, "tess", agreed.at))


def test_the_first_steps_are_done_as_the_books_say(peopled: Books, agreed: Books, issued: Books) -> None:
    done = [[each.is_done for each in first_steps(books.asha).steps] for books in (peopled, agreed, issued)]
    assert done == [[False, False, True, True, False, False], [True, True, True, True, True, False], [True] * 6]
    begun = first_steps(peopled.asha)
    assert begun.is_beginning
    assert begun.next is begun.steps[0]
    assert not first_steps(issued.asha).is_beginning
    assert first_steps(issued.asha).next is None
