"""Selling below full cost: decided by two, for a reason, paid from something, until a day; and the register of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from basics.errors import InputError, NotAllowed
from basics.money import Money
from costing.figure import Typed, Unit, given
from costing.offer import check_offer
from costing.package import Amount, Package, Per, Support
from ringfence.actions.applying import approve
from ringfence.actions.overview import waiting_for_approval
from ringfence.actions.subsidies import Standing, propose_subsidy, register
from ringfence.actions.verifying import verify
from ringfence.store import batches
from tests.actions.provider_books import Books

FIRST, LAST = date(2026, 10, 1), date(2027, 3, 31)


def of(value):
    return given(Decimal(value), "", Unit.NUMBER, Typed("here"))


def an_offer(pounds, name="Outreach", weeks="52", on=FIRST, rates_until=None):
    support = Support(of(10), weeks_per_year=of(weeks) if weeks else None)
    package = Package(name, on, support, Per.HOUR, of(1), other_direct=(Amount("Support", of(20), Per.HOUR),))
    return check_offer(package, Money.parse(pounds), Per.HOUR, rates_until=rates_until)


def propose(books, pounds="18.50", *, name="Outreach", weeks="52", worked_out_on=None, rates_until=None, **changes):
    said = {"funder": "Northshore Council", "why": "A new service", "paid_from": "Unrestricted reserves", "first": FIRST, "last": LAST, **changes}
    return propose_subsidy(books.asha, an_offer(pounds, name, weeks, worked_out_on or said["first"], rates_until), **said)


def test_a_price_below_full_cost_counts_once_another_person_decided_it(agreed: Books) -> None:
    digest = propose(agreed)
    assert register(agreed.asha, FIRST).per_week == Money(0)
    assert [each.standing(FIRST) for each in register(agreed.asha, FIRST).subsidies] == [Standing.WAITING]
    with pytest.raises(NotAllowed, match="somebody else must approve"):
        approve(agreed.asha, digest)
    said = approve(agreed.ben, digest).said
    assert said == ("Sell Outreach to Northshore Council at £18.50 an hour, £15.00 a week below full cost, from 1 October 2026 until "
                    "31 March 2027. Why: A new service. Paid from: Unrestricted reserves.",)
    found = register(agreed.asha, FIRST)
    assert (found.per_week.plain, found.per_year.plain) == ("15.00", "780.00")
    assert (found.subsidies[0].prepared_by, found.subsidies[0].approved_by) == (agreed.asha.user, agreed.ben.user)
    assert list(verify(agreed.asha)) == []


def test_whoever_approves_reads_the_whole_decision_where_it_waits(agreed: Books) -> None:
    propose(agreed)
    (waiting,) = [each for each in waiting_for_approval(agreed.ben) if each.kind == "below_cost"]
    assert "£15.00 a week below full cost" in waiting.says[0]


def test_the_register_adds_up_what_stands_on_a_day(agreed: Books) -> None:
    for digest in (propose(agreed), propose(agreed, "19", name="Night support", packages=3, last=date(2026, 11, 30)),
                   propose(agreed, "10", name="Advice", weeks="", first=date(2027, 1, 1))):
        approve(agreed.ben, digest)
    autumn, winter, summer = (register(agreed.asha, on) for on in (date(2026, 11, 1), date(2027, 2, 1), date(2027, 7, 1)))
    assert (autumn.per_week.plain, autumn.per_year.plain) == ("45.00", "2340.00")
    assert (winter.per_week.plain, winter.per_year.plain, winter.years_not_known) == ("115.00", "780.00", 1)
    assert (summer.per_week.plain, len(summer.subsidies)) == ("0.00", 3)


def test_a_subsidy_is_warned_of_before_it_ends(agreed: Books) -> None:
    approve(agreed.ben, propose(agreed))
    assert register(agreed.asha, date(2027, 1, 29)).ending == ()
    assert [each.package for each in register(agreed.asha, date(2027, 1, 30)).ending] == ["Outreach"]


def test_a_later_decision_takes_the_place_of_the_one_before_from_its_first_day(agreed: Books) -> None:
    approve(agreed.ben, propose(agreed))
    approve(agreed.ben, propose(agreed, "19.50", first=date(2026, 12, 1)))
    assert register(agreed.asha, date(2026, 11, 30)).per_week.plain == "15.00"
    assert register(agreed.asha, date(2026, 12, 1)).per_week.plain == "5.00"
    first, second = register(agreed.asha, FIRST).subsidies
    assert (first.last, first.replaced_from, second.replaced_from) == (LAST, date(2026, 12, 1), None)
    assert [each.standing(date(2026, 12, 1)) for each in (first, second)] == [Standing.ENDED, Standing.IN_FORCE]


def test_a_decision_that_was_replaced_on_its_first_day_never_stood_and_keeps_its_days(agreed: Books) -> None:
    approve(agreed.ben, propose(agreed))
    approve(agreed.ben, propose(agreed, "19.50"))
    first = register(agreed.asha, FIRST).subsidies[0]
    assert (first.first, first.last, first.replaced_from, first.standing(FIRST)) == (FIRST, LAST, FIRST, Standing.ENDED)
    assert register(agreed.asha, FIRST).per_week.plain == "5.00"


def test_what_is_replaced_is_not_warned_of(agreed: Books) -> None:
    approve(agreed.ben, propose(agreed))
    approve(agreed.ben, propose(agreed, "19.50", first=date(2027, 3, 1), last=date(2027, 12, 31)))
    assert register(agreed.asha, date(2027, 2, 28)).ending == ()


def test_a_decision_is_to_be_checked_again_after_the_last_day_of_its_rates_and_counts_on(agreed: Books) -> None:
    approve(agreed.ben, propose(agreed, rates_until=date(2026, 12, 31)))
    approve(agreed.ben, propose(agreed, name="Advice"))
    before, after = (register(agreed.asha, on) for on in (date(2026, 12, 31), date(2027, 1, 1)))
    assert [each.standing(before.on) for each in before.subsidies] == [Standing.IN_FORCE, Standing.IN_FORCE]
    assert [each.standing(after.on) for each in after.subsidies] == [Standing.CHECK_AGAIN, Standing.IN_FORCE]
    assert (before.check_in_words, after.per_week.plain) == ("", "30.00")
    assert after.check_in_words == "1 decision was worked out at rates that have changed since, or are not known now: check that offer again."
    assert [each.package for each in register(agreed.asha, date(2027, 3, 1)).ending] == ["Outreach", "Advice"]


def test_an_old_decision_that_does_not_say_its_rates_is_to_be_checked_again(agreed: Books) -> None:
    body = ('{"first":"2026-10-01","full_cost_per_hour":"20.00","funder":"Northshore Council","last":"2027-03-31","offered_per_hour":"18.50",'
            '"package":"Outreach","packages":1,"paid_from":"Reserves","short_per_week":"15.00","short_per_year":"780.00","why":"A new service"}')
    with agreed.asha.writing() as connection:
        batches.open_batch(connection, kind="below_cost", key="below_cost old", digest="0" * 64, prepared_by="asha",
                           recorded_at=agreed.asha.recorded_at, body=body)
    approve(agreed.ben, "0" * 64)
    (old,) = register(agreed.asha, FIRST).subsidies
    assert (old.worked_out_on, old.standing(FIRST), register(agreed.asha, FIRST).per_week.plain) == (None, Standing.CHECK_AGAIN, "15.00")


@pytest.mark.parametrize("first", [FIRST - timedelta(days=1), FIRST + timedelta(days=1)])
def test_the_shortfall_of_another_day_than_the_first_is_not_decided(agreed: Books, first) -> None:
    with pytest.raises(InputError, match="worked out on 1 October 2026, and it is to count from"):
        propose(agreed, worked_out_on=FIRST, first=first)


def test_the_same_proposal_twice_is_one(agreed: Books) -> None:
    assert propose(agreed) == propose(agreed)
    assert len(register(agreed.asha, FIRST).subsidies) == 1


@pytest.mark.parametrize(("changes", "says"), [
    ({"pounds": "20"}, "not below the full cost"),
    ({"why": " "}, "Nobody said why"),
    ({"funder": "", "paid_from": "", "why": "", "last": None}, "Nobody said the funder, why, what pays for it, until when"),
    ({"last": date(2026, 9, 1)}, "is nothing"),
    ({"packages": 0}, "is nothing"),
    ({"why": "x" * 501}, "longer than 500"),
])
def test_a_decision_that_is_not_whole_is_refused(agreed: Books, changes, says) -> None:
    with pytest.raises(InputError, match=says):
        propose(agreed, **changes)
    assert register(agreed.asha, FIRST).subsidies == ()
