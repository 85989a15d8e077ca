"""The log: everything that somebody did stands in it once, with who and when; an entry opens to what stood before and after."""

from __future__ import annotations

from datetime import timedelta

import pytest

from basics.errors import InputError, NotAllowed
from basics.periods import day_of
from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.books import add_user
from ringfence.actions.log import log_between, open_entry
from ringfence.actions.rights import Role
from ringfence.actions.users import set_passphrase
from tests.actions.provider_books import NAMES, Books, rate

SECRET = "several words that nobody guesses"


def test_what_was_prepared_approved_and_brought_in_stands_with_who_and_when(issued: Books) -> None:
    found = [(each.user, each.did, each.about) for each in log_between(issued.asha)]
    assert ("asha", "Prepared a month end", "October 2026") in found
    assert ("ben", "Approved a month end", "October 2026") in found
    assert ("asha", "Brought in people", "no. 1") in found
    assert [each.at for each in log_between(issued.asha)] == sorted((each.at for each in log_between(issued.asha)), reverse=True)


def test_it_is_read_by_day_and_by_user(issued: Books) -> None:
    everything, today = log_between(issued.asha), day_of(issued.at)
    assert {each.user for each in log_between(issued.asha, user="ben")} == {"ben"}
    assert log_between(issued.asha, today + timedelta(days=1), today + timedelta(days=2)) == ()
    until, after = log_between(issued.asha, None, today - timedelta(days=1)), log_between(issued.asha, today)
    assert (*after, *until) == everything


def test_a_change_opens_to_what_stood_before_and_after(agreed: Books) -> None:
    for pounds in ("20", "21"):
        approve(agreed.ben, apply_content(agreed.asha, {"rates": [rate("new", pounds, "2026-10-01", "2027-03-31")]}, "rate.yaml").digest)
    last = next(each for each in log_between(agreed.asha) if each.did.startswith("Prepared"))
    opened = open_entry(agreed.asha, last.number or 0)
    change, = opened.changes
    assert (opened.approved_by, dict(opened.changed), change.table) == ("ben", {"rate": 1}, "rate")
    assert (change.before["pounds"], change.after["pounds"], change.after["code"]) == ("20", "21", "new")
    before, = list(open_entry(agreed.asha, (last.number or 0) - 1).changes)
    assert (before.before, before.after["pounds"]) == ({}, "20")


def test_what_a_month_end_added_is_counted(issued: Books) -> None:
    entry = next(each for each in log_between(issued.asha) if each.did == "Prepared a month end")
    added = open_entry(issued.asha, entry.number or 0).added
    assert added["charge"] > 0
    assert added["entry"] > 0
    assert added["document"] > 0


def test_the_list_names_nobody_who_is_supported_and_keeps_no_passphrase(issued: Books) -> None:
    set_passphrase(issued.asha, "ben", SECRET)
    said = " ".join(f"{each.user} {each.did} {each.about}" for each in log_between(issued.asha))
    assert "Set a passphrase ben" in said
    assert [name for name in (*NAMES.values(), SECRET, "argon2") if name in said] == []


def test_who_may_not_read_the_books_reads_no_log_and_a_number_of_nothing_is_refused(issued: Books) -> None:
    add_user(issued.store, "tess", added_by="asha", at=issued.at, roles=[Role.TRUSTEE])
    for read in (lambda who: log_between(who), lambda who: open_entry(who, 1)):
        with pytest.raises(NotAllowed):
            read(Acting(issued.store, "tess", issued.at))
    with pytest.raises(InputError, match="no entry 9999"):
        open_entry(issued.asha, 9999)
