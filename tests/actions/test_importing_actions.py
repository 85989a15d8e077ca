"""Visits that come in again, overlap, say something else, are undone as a whole, or belong to nobody; and two people at once."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest

from basics.errors import GuardRefused, InputError, NotAllowed
from isf.statement import Correction
from ringfence.actions.import_opened import all_conflicts
from ringfence.actions.importing import list_conflicts
from ringfence.actions.month_end import approve_month, prepare_month
from ringfence.actions.overview import overview_of
from ringfence.actions.verifying import verify
from tests.actions.conftest import Shelf
from tests.actions.provider_books import DECEMBER, NAMES, NOVEMBER, OCTOBER, Books, october_visits, plan_line, rate, ties, visit

ONE = visit("V-50", "P001", "2026-10-20", "09:00", "10:00")
OTHER = visit("V-51", "P002", "2026-10-20", "11:00", "12:00", row=3)


# files that come again


def test_the_same_file_twice_changes_nothing(delivered: Books) -> None:
    before = delivered.everything()
    again = delivered.visits(*october_visits())
    assert (again.import_id, again.new, again.same, again.conflicts) == (None, 0, 8, 0)
    assert delivered.everything() == before


def test_an_overlapping_file_adds_only_what_is_new(delivered: Books) -> None:
    again = delivered.visits(*october_visits()[5:], ONE, OTHER)
    assert (again.new, again.same, again.conflicts) == (2, 3, 0)
    assert delivered.count("delivery") == 8 + 2


def test_changed_content_under_a_known_key_is_a_conflict_and_the_first_stands(delivered: Books) -> None:
    digest = delivered.preview().digest
    longer = visit("V-1", "P001", "2026-10-05", "09:00", "11:30", row=7)
    found = delivered.visits(longer, name="again.csv")
    assert (found.new, found.same, found.conflicts) == (0, 0, 1)
    (conflict,) = list_conflicts(delivered.asha)
    assert (conflict.key, conflict.row_number, conflict.offered) == ("V-1|C1|P001", 7, longer.content)
    assert conflict.kept == october_visits()[0].content
    assert delivered.preview().digest == digest
    before = delivered.everything()
    assert delivered.visits(longer, name="again.csv").conflicts == 1
    assert delivered.everything() == before


def test_a_conflict_is_settled_once_what_was_kept_is_taken_back_and_the_other_comes_in(delivered: Books) -> None:
    delivered.visits(visit("V-80", "P001", "2026-10-20", "09:00", "10:00"))
    first = delivered.imports()[-1]
    longer = visit("V-80", "P001", "2026-10-20", "09:00", "11:00")
    delivered.visits(longer, name="again.csv")
    assert [len(list_conflicts(delivered.asha)), overview_of(delivered.asha).conflicts, len(all_conflicts(delivered.asha))] == [1, 1, 1]
    delivered.undo(first)
    assert delivered.visits(longer, name="right.csv").new == 1
    assert [len(list_conflicts(delivered.asha)), overview_of(delivered.asha).conflicts, len(all_conflicts(delivered.asha))] == [0, 0, 0]


def test_an_import_that_only_listed_conflicts_has_nothing_to_take_back(delivered: Books) -> None:
    delivered.visits(visit("V-1", "P001", "2026-10-05", "09:00", "11:30"), name="again.csv")
    with pytest.raises(InputError, match="brought no visit, so there is nothing to take back"):
        delivered.undo(delivered.imports()[-1])


def test_a_visit_said_to_be_given_on_a_day_still_to_come_is_taken_with_a_notice(agreed: Books) -> None:
    found = agreed.visits(visit("V-1", "P001", "2126-10-05", "09:00", "10:00", row=7), visit("V-2", "P001", "2126-10-06", cancelled=True))
    assert found.new == 2
    assert found.notices == ("Row 7: the visit on 5 October 2126 is said to be given, and that day is still to come. Check its date.",)


def test_two_carers_of_one_visit_are_two_rows_and_no_conflict(delivered: Books) -> None:
    assert delivered.rows("SELECT key FROM delivery WHERE visit = 'V-5' ORDER BY key") == [("V-5|C1|P003",), ("V-5|C2|P003",)]


def test_visits_of_nobody_are_listed_with_their_rows_and_the_others_come_in(agreed: Books) -> None:
    found = agreed.visits(ONE, visit("V-52", "P099", "2026-10-20", "11:00", "12:00", row=3), OTHER,
                          visit("V-53", "P099", "2026-10-21", "11:00", "12:00", row=5),
                          visit("V-54", "ash-house", "2026-10-21", "11:00", "12:00", row=6), name="october.csv")
    assert found.new == 2
    assert [(problem.place, problem.what) for problem in found.problems] == [
        ("october.csv, row 3, 5", "P099 is not a person or a house here."),
        ("october.csv, row 6", "ash-house is not a person or a house here.")]


def test_the_order_of_the_rows_does_not_change_the_digest_of_the_month(agreed: Books, shelf: Shelf) -> None:
    agreed.visits(*october_visits())
    with shelf.opened("agreed") as turned:
        for row in reversed(october_visits()):
            turned.visits(row)
        assert turned.preview().digest == agreed.preview().digest


def test_a_person_who_is_known_changes_name_and_keeps_the_one_before(peopled: Books) -> None:
    assert peopled.people(NAMES).import_id is None
    found = peopled.people({"P003": "Grace Lloyd-Evans", "P006": "Ada Finch"})
    assert (found.new, found.changed, found.same) == (1, 1, 0)
    assert peopled.rows("SELECT version, d.name FROM person_detail d JOIN person p ON p.id = d.person_id WHERE p.reference = 'P003'"
                        " ORDER BY version") == [(1, "Grace Lloyd"), (2, "Grace Lloyd-Evans")]


# an import undone as a whole


def test_visits_that_were_never_charged_are_undone_and_leave_no_entry(agreed: Books) -> None:
    before = agreed.preview().digest
    found = agreed.visits(ONE, OTHER)
    assert agreed.undo(found.import_id or 0) == 2
    assert (agreed.count("delivery"), agreed.count("withdrawal"), agreed.count("charge")) == (2, 2, 0)
    assert agreed.preview().digest == before


@pytest.fixture
def charged_wrongly(agreed: Books) -> Books:
    """October is issued with an import of two visits to people under the block that should not have come in."""
    agreed.visits(ONE, OTHER)
    agreed.month_end()
    return agreed


def test_an_undone_import_reverses_what_was_charged_and_the_next_statement_says_so(charged_wrongly: Books) -> None:
    books, (import_id,) = charged_wrongly, charged_wrongly.imports()
    october = books.statement("isf-P001")
    assert (books.balance("isf-P001", "available"), books.balance("isf-P001", "owed_provider")) == (597_600, 2_400)
    assert books.undo(import_id) == 2
    assert (books.balance("isf-P001", "available"), books.balance("isf-P001", "owed_provider")) == (600_000, 0)
    assert books.balance("isf-P001", "delivered", unit="minutes") == 0
    books.month_end(NOVEMBER)
    november = books.statement("isf-P001", NOVEMBER)
    assert [(line.words, line.pence) for line in november.money.put_right] == [("We put back a mistake from October", 2_400)]
    assert november.corrections == (
        Correction("October 2026", "Outreach", 2_400, 0, f"The list of visits of import {import_id} was taken back."),)
    assert (november.money.paid_in, november.money.paid_out, november.given_total_pence) == ((), (), 0)
    assert books.statement("isf-P001") == october
    ties(books.statements().values())
    assert verify(books.store, referee=True) == []


def test_what_was_undone_comes_in_again_as_the_next_version_and_is_charged_once(charged_wrongly: Books) -> None:
    books, (import_id,) = charged_wrongly, charged_wrongly.imports()
    books.undo(import_id)
    again = books.visits(visit("V-50", "P001", "2026-10-20", "09:00", "11:00"), OTHER)
    assert (again.new, again.conflicts) == (2, 0)
    assert books.rows("SELECT key, version FROM delivery ORDER BY key, version") == [
        ("V-50|C1|P001", 1), ("V-50|C1|P001", 2), ("V-51|C1|P002", 1), ("V-51|C1|P002", 2)]
    books.month_end(NOVEMBER)
    assert books.balance("isf-P001", "owed_provider") == 4_800
    assert books.balance("isf-P002", "owed_provider") == 2_400
    late = books.statement("isf-P001", NOVEMBER)
    assert [(one.before_pence, one.after_pence) for one in late.corrections] == [(2_400, 4_800)]
    books.month_end(DECEMBER)
    assert books.balance("isf-P001", "owed_provider") == 4_800
    assert verify(books.store) == []


def test_an_undone_overspend_is_no_longer_carried(agreed: Books) -> None:
    agreed.apply({"rates": [rate("week-away", "5000.00", "2026-10-01", "2027-03-31", per="item")],
                  "plan": [plan_line("P002", "week-away", rate="week-away", funder="southgate", times_per_week="0.25")]})
    found = agreed.visits(visit("V-55", "P002", "2026-10-20", support="week-away"))
    agreed.month_end()
    assert (agreed.balance("isf-P002", "borne"), agreed.balance("isf-P002", "available")) == (20_000, 0)
    agreed.undo(found.import_id or 0)
    assert (agreed.balance("isf-P002", "borne"), agreed.balance("isf-P002", "available")) == (0, 480_000)
    assert agreed.balance("isf-P002", "owed_provider") == 0


def test_an_import_is_undone_once(charged_wrongly: Books) -> None:
    books, (import_id,) = charged_wrongly, charged_wrongly.imports()
    books.undo(import_id)
    before = books.everything()
    with pytest.raises(InputError, match="undone already"):
        books.undo(import_id)
    with pytest.raises(InputError, match="no import of visits with the number 999"):
        books.undo(999)
    assert books.everything() == before


def test_an_undo_is_refused_for_rows_on_an_issued_invoice_naming_it(issued: Books) -> None:
    (import_id,), before = issued.imports(), issued.everything()
    with pytest.raises(NotAllowed, match="issued invoice 501, 502, 503"):
        issued.undo(import_id)
    assert issued.everything() == before


def test_a_visit_that_two_imports_share_is_not_undone_by_half(agreed: Books) -> None:
    first = agreed.visits(visit("V-60", "P001", "2026-10-20", "09:00", "10:00"))
    agreed.visits(visit("V-60", "P002", "2026-10-20", "09:00", "10:00"))
    with pytest.raises(NotAllowed, match="shares visit V-60 with another import"):
        agreed.undo(first.import_id or 0)


# two people at once


@pytest.fixture
def two_desks(shelf: Shelf) -> Iterator[tuple[Books, Books]]:
    """The same books, open on two desks."""
    with shelf.copy("delivered") as place:
        stores = place.open(), place.open()
        yield Books(stores[0]), Books(stores[1])
        for store in stores:
            store.close()


def test_two_people_at_once_approve_a_month_once(two_desks: tuple[Books, Books]) -> None:
    digest = prepare_month(two_desks[0].asha, OCTOBER, None).digest
    start, done = Barrier(2), list[str | Exception]()

    def approve_at(books: Books) -> None:
        start.wait()
        try:
            done.append(approve_month(books.ben, OCTOBER, digest, None).seal)
        except (GuardRefused, NotAllowed) as refused:
            done.append(refused)

    desks = [Thread(target=approve_at, args=(books,)) for books in two_desks]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    books = two_desks[0]
    (seal,), = books.rows("SELECT sha256 FROM seal WHERE covers = 'entries' ORDER BY n DESC LIMIT 1")
    assert seal in done
    assert len(done) == 2
    assert (books.count("invoice"), books.count("month_lock")) == (5, 1)
    assert verify(books.store) == []


def test_two_people_at_once_bring_in_one_file_once(two_desks: tuple[Books, Books]) -> None:
    start, new = Barrier(2), list[int]()

    def bring_in(books: Books) -> None:
        start.wait()
        new.append(books.visits(ONE, OTHER).new)

    desks = [Thread(target=bring_in, args=(books,)) for books in two_desks]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert sorted(new) == [0, 2]
    assert two_desks[0].count("delivery") == 8 + 2
