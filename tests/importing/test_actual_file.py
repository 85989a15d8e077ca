"""The file of services: its documented keys and example, and everything that is wrong in it and its files at once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import ringfence
from basics.errors import InputError, Refused
from ringfence.importing.actual_file import ActualFile, actual_of, read_actual
from ringfence.importing.parameters import built_in_parameters

ROOT = Path(ringfence.__file__).parents[1]
PAGE = (ROOT / "docs" / "formats" / "actual.md").read_text(encoding="utf-8")
FILES = ("actual.yaml", "payroll.csv", "rota.csv", "outreach.cost.yaml", "shared-house.cost.yaml")
COST = (ROOT / "docs" / "examples" / "outreach.cost.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(ROOT / "docs" / "examples" / name, tmp_path / name)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(folder: Path) -> str:
    with pytest.raises(Refused) as refused:
        read_actual(folder / "actual.yaml", built_in_parameters)
    return "\n".join(map(str, refused.value.problems))


def test_every_key_is_documented() -> None:
    schema = ActualFile.model_json_schema()
    keys = {key for part in (schema, *schema["$defs"].values()) for key in part.get("properties", {})}
    assert sorted(key for key in keys if f"`{key}`" not in PAGE) == []


def test_the_documented_file_is_the_example(folder: Path) -> None:
    documented = PAGE.split("```yaml\n")[1].split("```")[0]
    example = re.sub(r" *#.*|\n(?=\n)", "", (folder / "actual.yaml").read_text(encoding="utf-8")).strip()
    assert documented.strip() == example


def test_grades_go_by_the_names_of_the_price_and_of_the_payroll(folder: Path) -> None:
    outreach, living = read_actual(folder / "actual.yaml", built_in_parameters).services
    assert outreach.grades == {"": "", "Support worker": ""}
    assert living.grades == {"": "", "Senior": "Senior", "Support worker": "", "Team senior": "Senior"}


def test_the_same_files_sent_say_the_same(folder: Path) -> None:
    sent = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert actual_of(sent["actual.yaml"], "actual.yaml", sent, built_in_parameters) == read_actual(folder / "actual.yaml", built_in_parameters)


def test_a_file_that_was_not_sent_is_named() -> None:
    text = "name: A\nfirst: 2026-10-01\nlast: 2026-10-31\npayroll: C:\\pay\\payroll.csv\nrota: rota.csv\nservices: [{service: A, cost: a.yaml}]\n"
    with pytest.raises(Refused) as refused:
        actual_of(text.encode(), "actual.yaml", {}, built_in_parameters)
    assert [problem.to_do for problem in refused.value.problems] == [
        f"Send {name} with the others." for name in ("a.yaml", "payroll.csv", "rota.csv")]


@pytest.mark.parametrize(("old", "new", "says"), [
    ("last: 2026-10-11", "last: 2026-10-01", "actual.yaml, line 3: The time ends before it starts. Check first and last."),
    ("rota: rota.csv", "rotas: rota.csv", "“rotas” is not a key that belongs here. Did you mean “rota”?"),
    ("service: Supported living", "service: Outreach", "line 10, services 1.service: Two services have this name."),
    ("cost: outreach.cost.yaml", "cost: none.yaml", "none.yaml: There is no such file. Check its name and its folder."),
    ("priced_as: Senior", "priced_as: Nurse", "services 2.grades 2: shared-house.cost.yaml does not price “Nurse”. It prices its staff, “Senior”:"),
    ("payroll: payroll.csv", "payroll: rota.csv", "rota.csv, column “visit”: is not one that is known here."),
    ("payroll: payroll.csv", "payroll: gone.csv", "gone.csv: There is no such file."),
    ("[{paid_as: Support worker}, {", "[{", "“Support worker” is not a grade that Supported living is priced with."),
    ("first: 2026-10-05", "first: 2026-10-06", "rota.csv, row 2, date: “2026-10-05” is not within 6 to 11 October 2026."),
])
def test_each_fault_says_where_it_is_and_what_to_do(folder: Path, old: str, new: str, says: str) -> None:
    change(folder / "actual.yaml", old, new)
    assert says in problems(folder)


def test_what_is_wrong_in_all_the_files_is_told_at_once(folder: Path) -> None:
    change(folder / "payroll.csv", "378.00", "lots")
    change(folder / "rota.csv", ",450", ",ages")
    change(folder / "outreach.cost.yaml", "hours_per_week: 20", "hours_per_week: 0")
    told = problems(folder)
    assert "payroll.csv, row 2, cost: “lots”" in told
    assert "rota.csv, row 2, minutes: “ages”" in told
    assert "services 1.cost: outreach.cost.yaml, line 9" in told


def test_a_cost_file_of_named_grades_alone_has_no_staff_to_stand_for_others(folder: Path) -> None:
    change(folder / "outreach.cost.yaml", COST[COST.index("support:"):COST.index("other_direct")], (
        "support: {parts: [{kind: hours, line: Support, hours_per_week: 20, grade: Senior}]}\n"
        "grades: [{grade: Senior, pay_per_hour: 15, holiday: none, national_insurance: none, pension: none}]\n"))
    says = "services 1.grades 1: Every hour in outreach.cost.yaml is given by a grade with a name. It prices “Senior”: write priced_as."
    assert says in problems(folder)


def test_a_table_without_rows_is_refused(folder: Path) -> None:
    (folder / "rota.csv").write_text("worker,service,people,date,minutes\n", encoding="utf-8")
    assert "rota: rota.csv has no rows. Add them, or name another file." in problems(folder)


def test_a_file_that_is_not_yaml_is_refused(folder: Path) -> None:
    (folder / "actual.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        read_actual(folder / "actual.yaml", built_in_parameters)
