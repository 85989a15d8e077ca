"""What keeps a payroll and a rota from a cost that can be believed is told at once, each with what to do."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from costing.actual_faults import faults
from costing.paid_time import Delivered, PaidTime, Service, TimeKind
from costing.variances import Paid
from tests.costing.test_actual import PRICED, SERVICES, given, paid

RIGHT = [paid("W1", 1000)], [given("W1", "P1", 60), given("W1", "P1", 60, "Living")]


def told(payroll: list[PaidTime], rota: list[Delivered]) -> list[str]:
    return [str(problem) for problem in faults(SERVICES, [*RIGHT[0], *payroll], [*RIGHT[1], *rota])]


def test_what_is_right_has_no_faults() -> None:
    assert told([paid("W9", 500), paid("A1", 900, service="Living"), paid("W8", 90, kind=TimeKind.OFFICE, grade="Director")], []) == []


@pytest.mark.parametrize(("payroll", "rota", "says"), [
    ([paid("W1", 1, service="Outreech")], [], "payroll, service: “Outreech” is not one of the services. Did you mean “Outreach”?"),
    ([paid("W1", 1, service="Head office")], [], "The services are Outreach, Living. Leave it blank for pay of none of them."),
    ([], [given("W1", "P1", 5, "Zumba")], "rota, service: “Zumba” is not one of the services. The services are Outreach, Living."),
    ([paid("W1", 1, grade="Nurse")], [], "payroll, grade: “Nurse” is not a grade that Living is priced with. Say under grades of the service"),
    ([paid("W9", 1, service="Living", grade="Nurse")], [], "“Nurse” is not a grade that Living is priced with."),
    ([], [given("W2", "P1", 60)], "rota: W2 supported people in Outreach, and the payroll has no hours of theirs for it: an hour would look cheaper"),
    ([paid("W2", 9, kind=TimeKind.SLEEP_IN)], [given("W2", "P1", 60)], "W2 supported people in Outreach"),
    ([paid("W2", 9, service="Living")], [given("W2", "P1", 60), given("W2", "P1", 60, "Living")], "W2 supported people in Outreach"),
    ([replace(paid("W1", 1), is_agency=True)], [], "payroll, staff: W1 is own staff and from an agency"),
])
def test_each_fault_says_where_it_is_and_what_to_do(payroll: list[PaidTime], rota: list[Delivered], says: str) -> None:
    assert says in "\n".join(told(payroll, rota))


def test_a_fault_of_many_rows_is_told_once() -> None:
    assert len(told([paid("W1", 1, grade="Nurse")] * 9, [given("W2", "P1", 60)] * 9)) == 3  # in Living, in Outreach; and W2


def test_a_service_in_which_nothing_was_delivered_has_no_cost_of_an_hour() -> None:
    assert [problem.place for problem in faults(SERVICES, [paid("W1", 1)], [given("W1", "P1", 60)])] == ["Living"]


def test_a_grade_that_is_priced_by_the_night_alone_is_not_paid_by_the_hour() -> None:
    by_night = Service("Outreach", replace(PRICED, own={**PRICED.own, "Night": Paid(Fraction(0), Fraction(0))}), {"": "", "Night": "Night"})
    problem, = faults([by_night], [paid("W1", 1, grade="Night"), paid("W1", 1)], [given("W1", "P1", 60)])
    assert "“Night” is paid by the hour, and Outreach prices that grade by the night or the call alone." in str(problem)
