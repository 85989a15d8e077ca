"""Files sent from a browser: tried before anything is stored, and told apart from paths; the imports so far, opened one by one."""

from __future__ import annotations

from datetime import date

import pytest

from basics.errors import InputError, Refused
from basics.periods import Period
from ringfence.actions.import_opened import KINDS, all_conflicts, differences, open_import, people_of_import, told, visits_of_import
from ringfence.actions.importing import Imported, list_imports
from ringfence.actions.uploading import brought_in, example_file, rehearsed, sent
from tests.actions.provider_books import NAMES, Books, visit

HEADINGS = "visit,carer,person,support,date,start,end,planned_minutes,planned_carers,outcome,reason\n"
ROWS = HEADINGS + "V-90,C1,P001,outreach,2026-10-20,09:00,10:00,60,1,given,\nV-91,C1,P099,outreach,2026-10-20,11:00,12:00,60,1,given,\n"



def imported(books: Books, text: str, kind: str = "visits", name: str = "october.csv") -> Imported:
    found = brought_in(books.asha, sent(kind, text.encode(), name))
    assert isinstance(found, Imported)
    return found


# trying


def test_a_rehearsal_says_what_would_come_in_and_stores_nothing(agreed: Books) -> None:
    before = agreed.everything()
    would = rehearsed(agreed.asha, sent("visits", ROWS.encode(), "october.csv"))
    assert agreed.everything() == before
    assert would == imported(agreed, ROWS)
    assert isinstance(would, Imported)
    assert (would.new, would.strangers) == (1, (("P099", (3,)),))
    assert agreed.count("delivery") == 1


def test_a_rehearsal_of_people_stores_nothing(peopled: Books) -> None:
    before = peopled.everything()
    text = "reference,name\nP001,Amina Yusuf\nP002,Thomas Hale-Price\nP006,Ada Finch\n"
    would = rehearsed(peopled.asha, sent("people", text.encode(), "people.csv"))
    assert isinstance(would, Imported)
    assert (would.new, would.changed, would.same) == (1, 1, 1)
    assert peopled.everything() == before
    assert imported(peopled, text, "people", "people.csv") == would


def test_a_rehearsal_of_agreements_has_the_digest_that_preparing_will_have(agreed: Books) -> None:
    text = b"rates:\n  - {rate: outreach-hour, per: hour, pounds: 26.00, from: 2027-04-01, to: 2028-03-31}\n"
    before = agreed.everything()
    would = rehearsed(agreed.asha, sent("apply", text, "rates.yaml"))
    assert agreed.everything() == before
    assert brought_in(agreed.asha, sent("apply", text, "rates.yaml")) == would
    assert agreed.count("batch") == before["batch"] + 1


@pytest.mark.parametrize(("name", "shown"), [
    ("../../etc/passwd", "passwd"), ("C:\\rota\\visits.csv", "visits.csv"), ("a\nb\u202e.csv", "ab.csv"), ("", "file"), ("x" * 300, "x" * 100),
    ("<b>rota & co</b>.csv", "b>.csv"),
])
def test_the_name_of_a_file_is_shown_and_is_no_path(name: str, shown: str) -> None:
    assert sent("visits", b"", name).name == shown


def test_the_name_of_the_file_is_kept_with_its_import(agreed: Books) -> None:
    done = imported(agreed, ROWS, name="../rota.csv")
    assert open_import(agreed.asha, done.import_id or 0).told.file == "rota.csv"


@pytest.mark.parametrize(("content", "said"), [
    (b"", "The file is empty"), (b"\xd0\xcf\x11\xe0rest", "Excel file of the old kind"), (b"PK\x03\x04rubbish", "The workbook is damaged"),
    (b"\x81\x8d\x00\xff", "not a text file"), (b"name,reference\nA,P1\n", "columns"),
])
def test_what_cannot_be_read_is_refused_in_words(agreed: Books, content: bytes, said: str) -> None:
    with pytest.raises((InputError, Refused), match=said):
        rehearsed(agreed.asha, sent("visits", content, "october.csv"))


@pytest.mark.parametrize("kind", ["people", "visits", "apply"])
def test_each_example_can_be_tried_as_it_is_downloaded(kind: str, agreed: Books) -> None:
    name, content = example_file(kind)
    assert name.endswith((".csv", ".yaml"))
    if kind != "apply":
        assert isinstance(rehearsed(agreed.asha, sent(kind, content, name)), Imported)
    else:
        with pytest.raises(Refused, match="first_invoice_number: is 1001, and 501 was chosen before"):
            rehearsed(agreed.asha, sent(kind, content, name))


# the imports so far


def test_the_imports_of_all_kinds_are_told_in_their_order(delivered: Books) -> None:
    listed = list_imports(delivered.asha, *KINDS)
    assert [each.kind for each in listed] == ["people", "apply", "visits"]
    people, agreements, visits = told(delivered.asha, listed)
    assert (people.rows, visits.rows, visits.standing, visits.file) == (5, 8, 8, "visits.csv")
    assert (agreements.prepared_by, agreements.approved_by) == ("asha", "ben")
    assert dict(agreements.sections)["fundings"] == 5
    assert agreements.rows == sum(count for _, count in agreements.sections)
    assert [each.kind for each in list_imports(delivered.asha)] == ["visits"]


def test_an_import_opens_with_its_visits_and_its_days(delivered: Books) -> None:
    import_id, = delivered.imports()
    found = open_import(delivered.asha, import_id)
    assert (found.period, found.why_not) == (Period(date(2026, 10, 5), date(2026, 10, 12)), None)
    rows = visits_of_import(delivered.asha, import_id, 0, 25)
    assert len(rows) == 8
    assert {row.subject for row in rows} == {"P001", "P002", "P003", "P004", "elm-house"}
    assert visits_of_import(delivered.asha, import_id, 8, 25) == []
    with pytest.raises(InputError, match="There is no import 999"):
        open_import(delivered.asha, 999)


def test_what_was_taken_back_says_who_and_when_and_is_not_taken_back_again(delivered: Books) -> None:
    import_id, = delivered.imports()
    delivered.undo(import_id)
    found = open_import(delivered.asha, import_id)
    assert (found.told.rows, found.told.standing, found.told.undone_by) == (8, 0, "asha")
    assert found.told.undone_at == delivered.at
    assert found.why_not is not None
    assert "undone already" in found.why_not.what


def test_what_stands_on_an_invoice_says_which_and_is_not_taken_back(issued: Books) -> None:
    import_id, = issued.imports()
    found = open_import(issued.asha, import_id)
    assert found.why_not is not None
    assert "stand on issued invoice 501" in found.why_not.what
    assert found.told.standing == 8


def test_names_and_agreements_are_not_taken_back(delivered: Books) -> None:
    people, agreements, _ = list_imports(delivered.asha, *KINDS)
    for each in (people, agreements):
        assert open_import(delivered.asha, each.id).why_not is not None
    assert [row.reference for row in people_of_import(delivered.asha, people.id, 0, 25)] == sorted(NAMES)


def test_a_conflict_says_what_is_kept_and_what_was_offered(delivered: Books) -> None:
    done = delivered.visits(visit("V-1", "P001", "2026-10-05", "09:00", "11:30", row=7), name="again.csv")
    (import_id, conflict), = all_conflicts(delivered.asha)
    assert import_id == done.import_id
    assert done.differing == (conflict,)
    assert differences(conflict) == [("end", "11:00", "11:30"), ("planned minutes", "120", "150"), ("minutes", "120", "150")]
    assert open_import(delivered.asha, import_id).conflicts == (conflict,)


def test_a_reason_with_the_mark_between_fields_is_told_whole(delivered: Books) -> None:
    delivered.visits(visit("V-4", "P002", "2026-10-09", support="swimming", reason="pool | closed", row=3))
    (_, conflict), = all_conflicts(delivered.asha)
    assert differences(conflict) == [("reason", "nothing", "pool | closed")]
