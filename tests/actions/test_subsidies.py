"""Selling below full cost: decided by two, for a reason, paid from something, until a day; and the register of it."""

from datetime import date
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
from tests.actions.provider_books import Books

FIRST, LAST = date(2026, 10, 1), date(2027, 3, 31)


def of(value):
    return given(Decimal(value), "", Unit.NUMBER, Typed("here"))


def an_offer(pounds, name="Outreach", weeks="52"):
    support = Support(of(10), weeks_per_year=of(weeks) if weeks else None)
    package = Package(name, FIRST, support, Per.HOUR, of(1), other_direct=(Amount("Support", of(20), Per.HOUR),))
    return check_offer(package, Money.parse(pounds), Per.HOUR)


def propose(books, pounds="18.50", *, name="Outreach", weeks="52", **changes):
    said = {"funder": "Northshore Council", "why": "A new service", "paid_from": "Unrestricted reserves", "first": FIRST, "last": LAST, **changes}
    return propose_subsidy(books.asha, an_offer(pounds, name, weeks), **said)


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
    assert register(agreed.asha, FIRST).subsidies[0].last == date(2026, 11, 30)


def test_the_same_proposal_twice_is_one(agreed: Books) -> None:
    assert propose(agreed) == propose(agreed)
    assert len(register(agreed.asha, FIRST).subsidies) == 1


@pytest.mark.parametrize(("changes", "says"), [
    ({"pounds": "20"}, "not below the full cost"),
    ({"why": " "}, "Nobody said why"),
    ({"funder": "", "paid_from": ""}, "Nobody said the funder, what pays for it"),
    ({"last": date(2026, 9, 1)}, "is nothing"),
    ({"packages": 0}, "is nothing"),
    ({"why": "x" * 501}, "longer than 500"),
])
def test_a_decision_that_is_not_whole_is_refused(agreed: Books, changes, says) -> None:
    with pytest.raises(InputError, match=says):
        propose(agreed, **changes)
    assert register(agreed.asha, FIRST).subsidies == ()
