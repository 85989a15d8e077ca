"""Files that come again: the same, overlapping, saved by another program, in another order, with a row changed or broken.

Of every file all rows are accounted for: rows in = kept + the same as before + in conflict + refused. Twenty files of visits and ten of a
bank are tried each time on each engine, and 500 and 250 where RINGFENCE_TEST_EVERY_FAULT is set.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ringfence.actions.applying import approve
from ringfence.actions.bank_in import take_bank
from ringfence.actions.importing import Imported, import_visits
from ringfence.actions.verifying import verify
from tests.actions.conftest import Shelf
from tests.actions.provider_books import NAMES, Books
from tests.faults.conftest import ALL_OF_THEM

VISIT_TRIALS, BANK_TRIALS = (500, 250) if ALL_OF_THEM else (20, 10)
TO_A_BOOK = 25
"""Trials in one copy of the books: many files more would only make each slower."""
PEOPLE = sorted(NAMES)
HEADINGS = "visit,carer,person,support,date,start,end,planned_minutes,planned_carers"
ROW = re.compile(r", row (\d+)")


@dataclass(frozen=True)
class Line:
    """One row of a file: what it is about, its day, and what else it says. `wrong` is what is wrong with it: its day, or whose it is."""

    about: str
    day: int
    says: int
    wrong: str = ""


def some_lines(chance: random.Random, mark: str) -> list[Line]:
    return [Line(f"{mark}-{n}", chance.randint(1, 28), chance.randint(1, 90)) for n in range(chance.randint(3, 20))]


def once_more(chance: random.Random, lines: list[Line], mark: str) -> list[Line]:
    """The same file as it may come again."""
    again = list(lines)
    for change in chance.sample(("none", "overlaps", "order", "changed", "broken", "twice"), k=chance.randint(1, 4)):
        n = chance.randrange(len(again))
        if change == "overlaps":
            again = [*again[n:], *some_lines(chance, f"{mark}-later")]
        elif change == "order":
            chance.shuffle(again)
        elif change == "changed":
            again[n:n + 2] = [replace(each, says=each.says + 100) for each in again[n:n + 2]]
        elif change == "broken":
            again[n:n + 2] = [replace(each, wrong=chance.choice(["its day", "whose"])) for each in again[n:n + 2]]
        elif change == "twice":
            again.append(again[n])
    return again


def saved(chance: random.Random, text: str) -> bytes:
    """The bytes of a file as one program or another saves them: with a mark in front, other line ends, every cell quoted."""
    if chance.random() < 0.3:
        text = "\n".join(",".join(f'"{cell}"' for cell in row.split(",")) for row in text.splitlines())
    ends = chance.choice(["\n", "\r\n"])
    return (chance.choice(["", "\ufeff"]) + text.rstrip("\n").replace("\n", ends) + chance.choice(["", ends])).encode()


@contextmanager
def several_books(shelf: Shelf, name: str, trials: int) -> Iterator[Callable[[int], Books]]:
    """The books for each trial, new ones from time to time; each is sound when it is left."""
    open_now: list[Books] = []

    def books_of(trial: int) -> Books:
        if trial % TO_A_BOOK == 0:
            leave()
            open_now.append(Books(shelf.place_of(shelf._copy(shelf.template(name))).open()))
        return open_now[0]

    def leave() -> None:
        for books in open_now:
            assert verify(books.store) == []
            books.store.close()
        open_now.clear()

    yield books_of
    leave()


def visit_text(line: Line) -> str:
    person = "P099" if line.wrong == "whose" else PEOPLE[line.day % len(PEOPLE)]
    day = "31/02/2026" if line.wrong == "its day" else f"2026-10-{line.day:02d}"
    return f"{line.about},C1,{person},outreach,{day},09:00,12:00,{line.says},1"


def bank_text(line: Line) -> str:
    return f"{'31/02/2026' if line.wrong else f'{line.day:02d}/10/2026'},{line.about},{line.says}.00"


def expected_of_visits(lines: list[Line], kept: dict[str, Line]) -> Iterator[str]:
    """What must become of each row, by what was said before; what is kept is added to `kept`."""
    in_file: dict[tuple[str, str], Line] = {}
    for line in lines:
        if line.wrong == "its day":
            yield "refused"
        elif (key := (line.about, line.wrong)) in in_file:
            yield "the same" if in_file[key] == line else "refused"
        else:
            in_file[key] = line
            if line.wrong:
                yield "refused"
            elif line.about not in kept:
                kept[line.about] = line
                yield "kept"
            else:
                yield "the same" if kept[line.about] == line else "in conflict"


def refused_rows(got: Imported) -> set[int]:
    """The rows that problems name; of strangers every one."""
    strangers = {number for _, numbers in got.strangers for number in numbers}
    return strangers | {int(number) for problem in got.problems for number in ROW.findall(problem.place)}


def test_every_row_of_a_file_of_visits_that_comes_again_is_accounted_for(
        shelf: Shelf, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance, total = random.Random(7), Counter[str]()
    with several_books(shelf, "agreed", VISIT_TRIALS) as books_of:
        for trial in range(VISIT_TRIALS):
            books, kept = books_of(trial), dict[str, Line]()
            first = some_lines(chance, f"V{trial}")
            for lines in (first, once_more(chance, first, f"V{trial}"), first):
                before = books.count("delivery")
                file = tmp_path / "visits.csv"
                file.write_bytes(saved(chance, "\n".join([HEADINGS, *map(visit_text, lines)])))
                got = import_visits(books.asha, file)
                found = Counter({"kept": got.new, "the same": got.same + sum("counts once" in notice for notice in got.notices),
                                 "in conflict": got.conflicts, "refused": len(refused_rows(got)), "rows": len(lines)})
                assert +found == Counter(rows=len(lines)) + Counter(expected_of_visits(lines, kept)), (trial, got)
                assert books.count("delivery") == before + got.new
                total += found
    _tell(f"files of visits again, {shelf.dialect}: {VISIT_TRIALS} trials", total, capsys)


def test_every_row_of_a_bank_file_that_comes_again_is_accounted_for(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    chance, total = random.Random(11), Counter[str]()
    with several_books(shelf, "agreed", BANK_TRIALS) as books_of:
        for trial in range(BANK_TRIALS):
            books, kept = books_of(trial), Counter[Line]()
            first = some_lines(chance, f"GIRO {trial}")
            for lines in (first, once_more(chance, first, f"GIRO {trial}"), first):
                before = books.count("origin")
                got = take_bank(books.asha, saved(chance, "\n".join(map(bank_text, lines))), "bank.csv", "provider", alike=True)
                if got.applied.digest:
                    approve(books.ben, got.applied.digest)
                said = Counter(line for line in lines if not line.wrong)
                expected = Counter({"rows": len(lines), "kept": (said - kept).total(), "the same": (said & kept).total(),
                                    "refused": sum(bool(line.wrong) for line in lines)})
                kept |= said
                found = Counter({"rows": got.rows_in, "kept": len(got.new), "the same": got.same, "refused": len(got.problems)})
                assert +found == +expected, (trial, got)
                assert books.count("origin") == before + len(got.new)
                total += found
    _tell(f"bank files again, {shelf.dialect}: {BANK_TRIALS} trials", total, capsys)


def _tell(what: str, total: Counter[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert total["rows"] == total["kept"] + total["the same"] + total["in conflict"] + total["refused"]
    with capsys.disabled():
        parts = " + ".join(f"{total[part]:,} {part}" for part in ("kept", "the same", "in conflict", "refused"))
        print(f"\n{what}, {total['rows']:,} rows in = {parts}; 0 lost, 0 twice")  # noqa: T201
