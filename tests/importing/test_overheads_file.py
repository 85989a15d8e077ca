"""An overheads file: its documented keys, its example, and what is wrong with one told by line."""

from pathlib import Path

import pytest

import ringfence
from basics.errors import InputError, Refused
from ringfence.importing.overheads_file import OverheadsFile, read_overheads

ROOT = Path(ringfence.__file__).parents[1]
EXAMPLE = ROOT / "docs" / "examples" / "overheads.yaml"
PAGE = (ROOT / "docs" / "formats" / "overheads.md").read_text(encoding="utf-8")
FOOTNOTE = {  # xiv of the ACEVO guide, in today's words: CSCI became the CQC, the CRB the DBS
    "Offices", "Office equipment", "Office running costs", "Administration and IT team", "Payroll section", "Accounting and auditing",
    "Bank charges", "Legal", "Human resources section", "Recruitment and selection", "Insurance", "Fees of the CQC", "Checks by the DBS",
    "Contingency insurance", "Senior management team", "Staff development team", "Development officers", "Team leaders", "Consultants"}


def keys():
    schema = OverheadsFile.model_json_schema()
    return {key for part in (schema, *schema["$defs"].values()) for key in part.get("properties", {})}


def test_every_key_of_an_overheads_file_is_documented():
    assert sorted(key for key in keys() if f"`{key}`" not in PAGE) == []


def test_the_example_starts_from_every_kind_of_overhead_of_the_guide():
    assert {cost.line for cost in read_overheads(EXAMPLE).overheads.costs} >= FOOTNOTE


def test_the_documented_file_can_be_read(tmp_path):
    path = tmp_path / "documented.yaml"
    path.write_text(PAGE.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert [each.full_cost.plain for each in read_overheads(path).services] == ["26666.67", "43833.33", "14500.00"]


@pytest.mark.parametrize(("before", "after", "told"), [
    ("driver: headcount, gives_to: [Management], ", "gives_to: [Management], ",
     "line 16, pools 3: “Payroll and people” has no driver, so nothing says how it is divided. Give driver: one of support_hours,"),
    ("driver: headcount, gives_to", "driver: heads, gives_to", "line 16, pools 3.driver: “heads” is not one of the choices."),
    ("co_ordination, driver: staff_time,", "co_ordination, driver: staff_time, gives_to: [Offices],",
     "line 19, pools 6: These pools give to one another in a loop: Management → Offices → Management."),
    ("accounts_total: 2500000.00", "accounts_total: 2500000.01", "The costs are £0.01 a year less than accounts_total."),
    ("amount: 52000.00", "amount: 52000.005", "line 26, costs 4.amount: 52000.005 is not whole pence."),
    ("pool: Money and law}", "pool: Money}", "There is no pool “Money”. Name one of the pools, or add it."),
    ("last: 2027-03-31", "last: 2026-03-31", "line 4, year: The year ends before it starts. Check first and last."),
    ("users: 12}", "user: 12}", "line 8, services 1.user: “user” is not a key that belongs here. Did you mean “users”?"),
    (", users: 12}", "}", "line 8, services 1: “Administration and IT” is divided by users, and “Outreach” does not say how much it has."),
])
def test_each_fault_says_where_it_is_and_what_to_do(tmp_path, before, after, told):
    text = EXAMPLE.read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "wrong.yaml"
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_overheads(path)
    assert any(told in str(problem) for problem in refused.value.problems), refused.value.problems


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="There is no such file"):
        read_overheads(tmp_path / "none.yaml")
