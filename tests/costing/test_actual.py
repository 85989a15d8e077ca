"""Pay finds its person by the minutes of the rota, and none of it is lost on the way."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from basics.money import Money
from costing.actual import ActualCost, actual_cost
from costing.laid_pay import ServiceCost
from costing.paid_time import Delivered, PaidTime, Service, TimeKind
from costing.variances import Paid, Staffing

PRICED = Staffing({"": Paid(Fraction(6000), Fraction(130_000)), "Senior": Paid(Fraction(600), Fraction(20_000))}, Fraction(5000))
GRADES = {"": "", "Support worker": "", "Senior": "Senior"}
SERVICES = [Service("Outreach", PRICED, GRADES), Service("Living", PRICED, GRADES)]
OFFICE = TimeKind.OFFICE
WORKERS, AGENCY = ["W1", "W2", "W3"], "A1"


def paid(worker: str, cost: int, minutes: int = 600, kind: TimeKind = TimeKind.WORKED, service: str = "", *, grade: str = "") -> PaidTime:
    return PaidTime("payroll", worker, grade, worker.startswith("A"), kind, service, minutes, cost)


def given(worker: str, people: str, minutes: int, service: str = "Outreach") -> Delivered:
    return Delivered("rota", worker, service, tuple(people.split()), minutes)


def in_outreach(payroll: list[PaidTime], rota: list[Delivered]) -> ServiceCost:
    return actual_cost(SERVICES[:1], payroll, rota).services[0]


def people(service: ServiceCost) -> dict[str, tuple[int, str]]:
    return {each.name: (each.minutes, each.explained.actual.plain) for each in service.people}


PAYROLL = st.lists(st.builds(
    lambda worker, kind, service, cost, minutes, grade: paid(worker, cost, minutes, kind, "" if kind is OFFICE else service, grade=grade),
    st.sampled_from([*WORKERS, AGENCY, "W9"]), st.sampled_from(TimeKind), st.sampled_from(["", "Outreach", "Living"]),
    st.integers(-50_000, 500_000), st.integers(0, 9000), st.sampled_from(list(GRADES))), max_size=25)
ROTA = st.lists(st.builds(given, st.sampled_from([*WORKERS, AGENCY]), st.sampled_from(["P1", "P2", "P1 P2 P3", "P3 P4"]), st.integers(1, 1500),
                          st.sampled_from(["Outreach", "Living"])), max_size=20).map(
    lambda rows: [*rows, given("W1", "P1", 60), given("W1", "P2", 60, "Living")])


def laid(found: ActualCost) -> int:
    to_people = sum(person.explained.actual.pence for each in found.services for person in each.people)
    return to_people + sum(each.pence for each in found.unexplained)


@settings(deadline=None)
@examples(PAYROLL, ROTA)
def test_people_and_unexplained_pay_add_to_the_payroll_to_the_penny(payroll: list[PaidTime], rota: list[Delivered]) -> None:
    found = actual_cost(SERVICES, payroll, rota)
    assert laid(found) == found.payroll.pence == sum(row.pence for row in payroll)


@settings(deadline=None)
@examples(PAYROLL, ROTA)
def test_services_and_what_is_in_none_add_to_the_payroll_too(payroll: list[PaidTime], rota: list[Delivered]) -> None:
    found = actual_cost(SERVICES, payroll, rota)
    assert Money.total(each.cost.explained.actual for each in found.services) + found.in_no_service == found.payroll


@settings(deadline=None)
@examples(PAYROLL, ROTA)
def test_what_people_were_priced_to_cost_adds_to_the_service_to_the_penny(payroll: list[PaidTime], rota: list[Delivered]) -> None:
    for each in actual_cost(SERVICES, payroll, rota).services:
        assert Money.total(person.explained.priced for person in each.people) == each.cost.explained.priced


@settings(deadline=None)
@examples(PAYROLL, ROTA)
def test_the_steps_lead_from_what_was_priced_to_what_it_cost(payroll: list[PaidTime], rota: list[Delivered]) -> None:
    for each in actual_cost(SERVICES, payroll, rota).services:
        for found in (each.cost.explained, *(person.explained for person in each.people)):
            assert found.priced + Money.total(step.variance for step in found.steps) == found.actual


@settings(deadline=None)
@examples(PAYROLL, ROTA)
def test_no_minute_that_was_delivered_is_lost(payroll: list[PaidTime], rota: list[Delivered]) -> None:
    found = actual_cost(SERVICES, payroll, rota)
    for each in found.services:
        assert each.cost.minutes == sum(person.minutes for person in each.people) == sum(
            row.minutes for row in rota if row.service == each.service.name)


@settings(deadline=None)
@examples(PAYROLL, ROTA, st.randoms())
def test_the_order_of_the_rows_never_matters(payroll: list[PaidTime], rota: list[Delivered], random: object) -> None:
    before = actual_cost(SERVICES, payroll, rota)
    random.shuffle(payroll)  # type: ignore[attr-defined]
    random.shuffle(rota)  # type: ignore[attr-defined]
    assert actual_cost(SERVICES, payroll, rota) == before


def test_pay_follows_the_minutes_of_the_rota() -> None:
    service = in_outreach([paid("W1", 9000)], [given("W1", "P1", 120), given("W1", "P2", 60)])
    assert people(service) == {"P1": (120, "60.00"), "P2": (60, "30.00")}


def test_leave_and_sickness_are_what_it_takes_to_deliver_an_hour() -> None:
    service = in_outreach([paid("W1", 6000), paid("W1", 3000, kind=TimeKind.SICK)], [given("W1", "P1", 120), given("W1", "P2", 60)])
    assert people(service) == {"P1": (120, "60.00"), "P2": (60, "30.00")}
    assert service.cost.staffing.own_minutes == 1200


def test_two_workers_in_one_visit_count_twice() -> None:
    service = in_outreach([paid("W1", 2000), paid("W2", 2500)], [given("W1", "P1", 60), given("W2", "P1", 60)])
    assert people(service) == {"P1": (120, "45.00")}


def test_people_who_share_a_worker_share_the_minutes() -> None:
    service = in_outreach([paid("W1", 1000)], [given("W1", "P1 P2 P3", 100)])
    assert people(service) == {"P1": (34, "3.40"), "P2": (33, "3.30"), "P3": (33, "3.30")}


def test_pay_that_is_booked_to_a_service_stays_in_it() -> None:
    rota = [given("W1", "P1", 60), given("W1", "P2", 60, "Living")]
    outreach, living = actual_cost(SERVICES, [paid("W1", 3000, service="Living"), paid("W1", 1000)], rota).services
    assert (outreach.cost.explained.actual, living.cost.explained.actual) == (Money(500), Money(3500))


def test_pay_of_a_worker_on_no_visit_is_in_the_service_that_the_payroll_names_and_in_nobody() -> None:
    found = actual_cost(SERVICES[:1], [paid("W1", 1000), paid("W9", 700, kind=TimeKind.SICK, service="Outreach")], [given("W1", "P1", 60)])
    assert found.services[0].cost.explained.actual == Money(1700)
    assert people(found.services[0]) == {"P1": (60, "10.00")}
    assert [(each.worker, each.service, each.pence) for each in found.unexplained] == [("W9", "Outreach", 700)]
    assert found.in_no_service == Money(0)


def test_office_time_is_of_no_service_even_where_the_worker_supports_people() -> None:
    found = actual_cost(SERVICES[:1], [paid("W1", 1000), paid("W1", 5000, kind=OFFICE)], [given("W1", "P1", 60)])
    assert (found.services[0].cost.explained.actual, found.in_no_service) == (Money(1000), Money(5000))


def test_hours_of_a_sleep_in_are_no_paid_hours() -> None:
    service = in_outreach([paid("W1", 1000), paid("W1", 6000, 540, TimeKind.SLEEP_IN)], [given("W1", "P1", 60)])
    assert (service.cost.staffing.own_minutes, service.cost.staffing.nights_pence) == (600, 6000)


def test_agency_hours_stand_apart_from_those_of_own_staff() -> None:
    staffing = in_outreach([paid("W1", 1000), paid("A1", 2300)], [given("W1", "P1", 60), given("A1", "P1", 30)]).cost.staffing
    assert (staffing.own_delivered, staffing.agency_delivered, staffing.agency_pence) == (60, 30, 2300)


def test_worked_time_on_no_visit_is_told_for_each_worker() -> None:
    rota = [given("W1", "P1", 300), given("W2", "P1", 600), given("W3", "P1", 660)]
    found = actual_cost(SERVICES[:1], [paid(worker, 12_000) for worker in WORKERS], rota)
    assert [(each.worker, each.minutes, each.money) for each in found.gaps] == [("W1", 300, Money(6000)), ("W3", -60, Money(0))]


def test_services_that_cost_more_and_those_that_cost_less_are_told_apart() -> None:
    rota = [given("W1", "P1", 60), given("W2", "P2", 60, "Living")]
    found = actual_cost(SERVICES, [paid("W1", 9000), paid("W2", 100)], rota)
    assert [each.service.name for each in found.dearer] == ["Outreach"]
    assert [each.service.name for each in found.cheaper] == ["Living"]
