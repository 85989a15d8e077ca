"""`ringfence going-live` as it is typed: a rehearsal stores nothing and prints what preparing prints; a month is held beside the old one."""

from __future__ import annotations

from tests.cli.desk import EXAMPLES, Desk

OLD = "person,hours,charged,paid_in,balance\n"


def test_a_rehearsal_prints_what_preparing_prints_and_stores_nothing(with_people: Desk) -> None:
    before = with_people.books
    told = with_people.run("going-live", "rehearse", EXAMPLES / "apply.yaml", "--as", "asha")
    data = with_people.run("going-live", "rehearse", EXAMPLES / "apply.yaml", "--as", "asha", "--json").data
    assert with_people.books == before
    prepared = with_people.run("apply", EXAMPLES / "apply.yaml", "--as", "asha", "--json").data
    assert data == prepared
    assert [line.strip() for line in told.out.splitlines() if line.startswith("  ")] == prepared["changes"]
    assert "As in the old books: £1,583.34 held" in told.out
    assert "This was a rehearsal: nothing of it is stored." in told.out
    assert prepared["digest"].startswith(told.out.split("its digest would be ")[1].strip()[:16].rstrip("."))


def test_a_total_that_is_not_met_ends_with_one_and_says_by_how_much(with_people: Desk) -> None:
    wrong = with_people.change("apply.yaml", ("held: 1583.34", "held: 1583.35"))
    told = with_people.run("going-live", "rehearse", wrong, "--as", "asha", code=1)
    assert "going_live, item 1 (GL-2026-06), control, held: is £1,583.35 in the old books, and £1,583.34 is brought over: £0.01 less." in told.err


def test_a_month_beside_the_old_one_ends_with_one_until_every_figure_agrees(with_visits: Desk) -> None:
    empty = with_visits.write("old.csv", OLD + "P001,,,,\n")
    ours = with_visits.run("going-live", "compare", empty, "--month", "2026-10", "--as", "asha", "--json", code=1).data
    assert not ours["agrees"]
    rows: dict[str, dict[str, str]] = {}
    whole = with_visits.write("old.csv", OLD + "P001,0,0,0,0\nP002,0,0,0,0\nP003,0,0,0,0\nP004,0,0,0,0\n")
    for line in with_visits.run("going-live", "compare", whole, "--month", "2026-10", "--as", "asha", "--json", code=1).data["lines"]:
        value = line["here"]
        rows.setdefault(line["person"], {})[line["figure"]] = f"{value // 60}:{value % 60:02}" if line["figure"] == "delivered" else value
    lines = [",".join((person, *(mine[one] for one in ("delivered", "charged", "paid in", "balance")))) for person, mine in rows.items()]
    same = with_visits.write("old.csv", OLD + "\n".join(lines) + "\n")
    told = with_visits.run("going-live", "compare", same, "--month", "2026-10", "--as", "asha")
    assert told.out.startswith("October 2026: 4 of 4 people agree in every figure")
    assert with_visits.run("going-live", "compare", same, "--month", "2026-10", "--as", "asha", "--json").data["agrees"]
    assert "The month is missing" in with_visits.run("going-live", "compare", same, "--as", "asha", code=1).err
