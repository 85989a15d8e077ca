"""Who may do what: every action tried as every role, on both engines, and the page that tells it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from basics.errors import GuardRefused, InputError, NotAllowed, StoreError
from basics.periods import Month
from ringfence.actions import desk, users
from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.books import add_user
from ringfence.actions.one_fund import fund_month, fund_of
from ringfence.actions.people_and_funds import list_funds
from ringfence.actions.positions import positions
from ringfence.actions.rights import RIGHTS, Right, Role, rights_of
from ringfence.actions.subsidies import register
from ringfence.actions.version import books_version
from tests.actions.conftest import Shelf
from tests.actions.provider_books import OCTOBER, Books, rate
from tests.actions.rights_tried import AT, READER, TRIED_AS, table, tried

PAGE = (Path(__file__).parents[2] / "docs" / "people-and-rights.md").read_text(encoding="utf-8")
TODAY = AT.date()
DAY = timedelta(days=1)


@pytest.fixture
def books(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Books]:
    """Books with agreements, at which this process sits."""
    before = list(desk._chosen)
    monkeypatch.setenv("RINGFENCE_SIGN_IN", str(tmp_path / "sign-in.db"))
    (tmp_path / "rates").mkdir()
    monkeypatch.setenv("RINGFENCE_PARAMETERS", str(tmp_path / "rates"))
    with shelf.copy("agreed") as place:
        desk.sit_down(place.url, key=None)
        found = Books(place.open())
        found.at = AT
        yield found
        found.store.close()
        desk.books().close()
    desk._chosen[:] = before
    desk._opened.cache_clear()


def somebody(books: Books, name: str, *roles: Role) -> Acting:
    add_user(books.store, name, added_by="asha", at=AT, roles=roles)
    return Acting(books.store, name, AT)


def a_rate(preparer: Acting, code: str) -> str:
    """Something small that waits for approval; its digest."""
    return apply_content(preparer, {"rates": [rate(code, "20.00", "2026-10-01", "2027-03-31")]}, "rate.yaml").digest


def test_every_action_lets_through_just_the_roles_that_the_page_says(books: Books, tmp_path: Path) -> None:
    """Where it does not: `python -m tests.actions.rights_tried` prints what belongs between the marks."""
    found = tried(books.store, tmp_path)
    assert len(found) > 90
    assert PAGE.split("<!-- rights -->\n")[1].split("\n<!-- end -->")[0] == table(found)
    assert {name for name, roles in found.items() if READER in roles} == set()
    assert {name for name, roles in found.items() if "no role" in roles} == {"users.my_rights"}
    assert {roles for roles in found.values() if not set(roles) <= set(TRIED_AS)} == set()


def test_no_role_but_finance_and_the_approver_has_a_right_to_write_to_the_books() -> None:
    writes = {Right.PREPARE, Right.APPROVE}
    assert {role for role, rights in RIGHTS.items() if rights & writes} == {Role.FINANCE, Role.APPROVER}
    assert not {role for role, rights in RIGHTS.items() if writes <= rights}, "preparing and approving are two roles"
    assert rights_of([]) == rights_of(["god"]) == frozenset()


class TestATrustee:
    def test_reads_what_is_sold_below_cost_and_changes_nothing(self, books: Books) -> None:
        trustee = somebody(books, "tess", Role.TRUSTEE)
        assert register(trustee).subsidies == ()
        for write in (Right.PREPARE, Right.APPROVE, Right.ADMINISTER):
            with pytest.raises(NotAllowed, match="tess \\(trustee\\) may not"), trustee.writing(write):
                pass

    def test_cannot_add_a_row_by_any_statement(self, books: Books) -> None:
        trustee = somebody(books, "tess", Role.TRUSTEE)
        for statement in ("INSERT INTO person (id, reference) VALUES (99, 'x')", "UPDATE person SET reference = 'x'", "DELETE FROM person"):
            with pytest.raises((GuardRefused, StoreError)), trustee.reading(Right.FIGURES) as connection:
                connection.execute(text(statement))
        with trustee.reading(Right.FIGURES) as connection:
            assert connection.execute(text("SELECT count(*) FROM fund")).scalar_one() > 0


class TestACoOrdinator:
    def test_sees_the_people_they_support_and_nobody_else(self, books: Books) -> None:
        cora = somebody(books, "cora", Role.CO_ORDINATOR)
        assert list_funds(cora).funds == ()
        users.give_people(books.asha, "cora", ["P001"], first=TODAY)
        assert {each.person for each in list_funds(cora).funds} == {"P001"}
        mine = list_funds(cora).funds[0].fund
        assert fund_of(cora, mine).person == "P001"
        fund_month(cora, mine, OCTOBER)
        assert positions(cora, "P001", OCTOBER)
        others = next(each.fund for each in list_funds(books.asha).funds if each.person == "P003")
        for ask in (lambda: positions(cora, "P003", OCTOBER), lambda: fund_of(cora, others), lambda: fund_month(cora, others, OCTOBER),
                    lambda: fund_of(cora, "no such fund")):
            with pytest.raises(NotAllowed, match="does not support"):
                ask()

    def test_supports_somebody_on_the_days_that_were_said(self, books: Books) -> None:
        somebody(books, "cora", Role.CO_ORDINATOR)
        users.give_people(books.asha, "cora", ["P001"], first=TODAY + DAY, last=TODAY + DAY)
        seen = {day: len(list_funds(Acting(books.store, "cora", AT + (day - TODAY))).funds) > 0 for day in (TODAY, TODAY + DAY, TODAY + 2 * DAY)}
        assert list(seen.values()) == [False, True, False]

    def test_days_that_end_before_they_begin_are_refused(self, books: Books) -> None:
        somebody(books, "cora", Role.CO_ORDINATOR)
        with pytest.raises(InputError, match="is no day"):
            users.give_people(books.asha, "cora", ["P001"], first=TODAY, last=TODAY - DAY)


class TestRolesHaveDays:
    def test_a_role_counts_on_its_days(self, books: Books) -> None:
        somebody(books, "vic", Role.TRUSTEE)
        users.give_role(books.asha, "vic", Role.AUDITOR, first=TODAY + DAY, last=TODAY + 2 * DAY)
        assert [Right.BOOKS in Acting(books.store, "vic", AT + n * DAY).rights() for n in range(4)] == [False, True, True, False]

    def test_a_role_that_is_taken_away_is_gone_at_once_and_what_was_kept_for_it_is_read_anew(self, books: Books) -> None:
        vic = somebody(books, "vic", Role.AUDITOR)
        before = books_version(vic)
        users.take_role(books.asha, "vic", Role.AUDITOR)
        assert books_version(books.asha) != before
        with pytest.raises(NotAllowed, match="vic \\(without a role\\) may not read"):
            list_funds(vic)

    def test_only_an_administrator_gives_roles_and_nobody_gives_themselves_one(self, books: Books) -> None:
        vic = somebody(books, "vic", Role.FINANCE)
        for refused in (lambda: users.give_role(vic, "vic", Role.APPROVER), lambda: users.take_role(vic, "ben", Role.APPROVER),
                        lambda: users.leave(vic, "ben"), lambda: add_user(books.store, "eve", added_by="vic", at=AT, roles=[Role.APPROVER])):
            with pytest.raises(NotAllowed, match="may not say who may come in"):
                refused()

    def test_the_first_user_is_everything(self, books: Books) -> None:
        first = users.list_users(books.asha)[0]
        assert {each.role for each in first.roles if each.stands(TODAY)} == {Role.ADMINISTRATOR, Role.FINANCE, Role.APPROVER}


class TestAStandIn:
    def test_approves_on_the_days_and_never_what_they_prepared(self, books: Books) -> None:
        vic = somebody(books, "vic", Role.FINANCE)
        users.name_stand_in(books.asha, "ben", "vic", first=TODAY + DAY, last=TODAY + 2 * DAY)
        theirs = a_rate(books.asha, "one-hour")
        with pytest.raises(NotAllowed, match="may not approve"):
            approve(vic, theirs)
        later = Acting(books.store, "vic", AT + DAY)
        assert approve(later, theirs).approved
        own = a_rate(later, "two-hour")
        with pytest.raises(NotAllowed, match="vic prepared this"):
            approve(later, own)
        with pytest.raises(NotAllowed, match="may not approve"):
            approve(Acting(books.store, "vic", AT + 3 * DAY), own)

    def test_is_somebody_else_in_the_place_of_an_approver(self, books: Books) -> None:
        somebody(books, "vic", Role.FINANCE)
        for absent, name, first, last in (("ben", "ben", TODAY, TODAY), ("vic", "ben", TODAY, TODAY), ("ben", "vic", TODAY, TODAY - DAY),
                                          ("ben", "nobody", TODAY, TODAY), ("ben", "vic", TODAY - DAY, TODAY)):
            with pytest.raises(InputError):
                users.name_stand_in(books.asha, absent, name, first=first, last=last)

    def test_approves_no_more_once_whom_they_stand_in_for_has_left(self, books: Books) -> None:
        vic = somebody(books, "vic", Role.FINANCE)
        users.name_stand_in(books.asha, "ben", "vic", first=TODAY, last=TODAY + 9 * DAY)
        theirs = a_rate(books.asha, "one-hour")
        users.leave(books.asha, "ben")
        with pytest.raises(NotAllowed, match="may not approve"):
            approve(vic, theirs)

    def test_is_named_for_days_on_which_the_absent_would_approve(self, books: Books) -> None:
        somebody(books, "vic", Role.FINANCE)
        users.give_role(books.asha, "ben", Role.APPROVER, first=TODAY, last=TODAY + DAY)
        with pytest.raises(InputError, match="ben is no approver on these days"):
            users.name_stand_in(books.asha, "ben", "vic", first=TODAY + 2 * DAY, last=TODAY + 3 * DAY)
        users.name_stand_in(books.asha, "ben", "vic", first=TODAY + DAY, last=TODAY + 3 * DAY)


class TestSomebodyLeaves:
    def test_who_takes_over_supports_nobody_sooner_and_nobody_for_a_shorter_time_than_before(self, books: Books) -> None:
        somebody(books, "cora", Role.CO_ORDINATOR)
        somebody(books, "cleo", Role.CO_ORDINATOR)
        users.give_people(books.asha, "cora", ["P001"], first=TODAY - DAY, last=TODAY + 5 * DAY)
        users.give_people(books.asha, "cleo", ["P001"], first=TODAY - 9 * DAY)
        users.give_people(books.asha, "cora", ["P002"], first=TODAY + 3 * DAY)
        users.leave(books.asha, "cora", to="cleo")
        seen = {n: {each.person for each in list_funds(Acting(books.store, "cleo", AT + n * DAY)).funds} for n in (0, 3, 10)}
        assert seen == {0: {"P001"}, 3: {"P001", "P002"}, 10: {"P001", "P002"}}

    def test_they_may_do_nothing_and_their_people_are_handed_on(self, books: Books) -> None:
        cora = somebody(books, "cora", Role.CO_ORDINATOR)
        cleo = somebody(books, "cleo", Role.CO_ORDINATOR)
        users.give_people(books.asha, "cora", ["P001", "P002"], first=TODAY - DAY, last=date(2027, 3, 31))
        with pytest.raises(InputError, match="cora supports 2 people"):
            users.leave(books.asha, "cora")
        assert users.leave(books.asha, "cora", to="cleo").people == ("P001", "P002")
        assert {each.person for each in list_funds(cleo).funds} == {"P001", "P002"}
        with pytest.raises(NotAllowed, match="cora has left"):
            list_funds(cora)
        with pytest.raises(InputError, match="cora is not a user here any more"):
            users.give_role(books.asha, "cora", Role.FINANCE)
        with pytest.raises(InputError, match="There is a user called cora already"):
            add_user(books.store, "cora", added_by="asha", at=AT, roles=[Role.FINANCE])

    def test_what_they_prepared_waits_for_somebody_else(self, books: Books) -> None:
        vic = somebody(books, "vic", Role.FINANCE)
        digest = a_rate(vic, "one-hour")
        assert users.leave(books.asha, "vic").waiting == (f"apply {digest}",)
        assert approve(books.ben, digest).approved

    def test_the_last_administrator_stays_until_there_is_another(self, books: Books) -> None:
        users.take_role(books.asha, "ben", Role.ADMINISTRATOR)
        for refused in (lambda: users.leave(books.asha, "asha"), lambda: users.take_role(books.asha, "asha", Role.ADMINISTRATOR),
                        lambda: users.give_role(books.asha, "asha", Role.ADMINISTRATOR, last=TODAY + DAY)):
            with pytest.raises(NotAllowed, match="Nobody would be left who says who may come in"):
                refused()
        users.give_role(books.asha, "ben", Role.ADMINISTRATOR)
        users.leave(books.asha, "asha")
        assert [each.name for each in users.list_users(books.ben) if each.left_on is None] == ["ben"]


def test_what_is_not_a_month_or_a_person_is_told_to_those_who_may_ask(books: Books) -> None:
    with pytest.raises(InputError):
        positions(books.asha, "P999", Month(2026, 10))
