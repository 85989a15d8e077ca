"""The file of a split: read exactly, or refused with every problem and its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from basics.errors import InputError, Refused
from isf.household import HouseBudget
from isf.layers import House, Layer, LayerUnit
from isf.split import Claim, Method, TopSlice
from ringfence.importing.split_file import SplitRequest, read_split_file, split_of
from ringfence.importing.templates import template
from ringfence.importing.yaml_text import yaml_text_of

GOOD = """\
contract: HALDEN-2026
sum: 1000.10
method: layers
hours_are: planned a year
top_slices:
  - {name: contingency, percent: 2.5}
  - {name: void reserve, sum: 10}
houses:
  - house: elm-road
    places: [A, elm-place-2]
    shared:
      - {name: sleep-ins, nights_per_week: 7, rate_per_night: 84.00}
people:
  - {person: A, hours: 10.25, points: 3, amount: 5.05, own: [{name: 1-1, hours_per_week: 2, rate_per_hour: 21.125}]}
  - {person: elm-place-2, empty: yes}
"""


def read(folder: Path, text: str) -> SplitRequest:
    path = folder / "split.yaml"
    path.write_text(text, encoding="utf-8")
    return read_split_file(path)


def problems_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(folder, text)
    return [str(problem) for problem in refused.value.problems]


def test_everything_in_the_file_is_read_exactly(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == SplitRequest(
        contract="HALDEN-2026", contract_pence=100_010, method=Method.LAYERS,
        claims=(Claim(person="A", minutes=615, points=Decimal(3), amount_pence=505), Claim(person="elm-place-2", empty_place=True)),
        top_slices=(TopSlice("contingency", percent=Decimal("2.5")), TopSlice("void reserve", pence=1000)),
        houses=(House("elm-road", ("A", "elm-place-2"), (Layer("sleep-ins", LayerUnit.NIGHT, Decimal(7), Decimal("84.00")),)),),
        own={"A": (Layer("1-1", LayerUnit.HOUR, Decimal(2), Decimal("21.125")),)}, hours_are="planned a year")


@pytest.mark.parametrize(("good", "bad", "said"), [
    ("sum: 1000.10", "sum: 1000.105", "line 2, sum: 1000.105 is not whole pence."),
    ("sum: 1000.10", "sum: -1", "line 2, sum: -1 is too small."),
    ("sum: 1000.10", "sum: lots", "line 2, sum: There is “lots” where a number belongs."),
    ("sum: 1000.10", "sum: '1000.10'", "line 2, sum: There is “1000.10” where a number belongs."),
    ("method: layers", "method: by chance", "line 3, method: “by chance” is not one of the choices."),
    ("method: layers", "", "“method” is missing."),
    ("method: layers", "method: layers\nmethods: 2", "line 4, methods: “methods” is not a key that belongs here."),
    ("contract: HALDEN-2026", "contract: ../2026", "line 1, contract: “../2026” cannot be used as a reference."),
    ("hours: 10.25", "hours: 10.33", "line 14, people 1.hours: 10.33 hours is not a whole number of minutes."),
    ("empty: yes", "empty: perhaps", "line 15, people 2.empty:"),
    ("rate_per_night: 84.00", "rate_per_hour: 84.00", "“sleep-ins” is neither hours at a rate nor nights at a rate."),
    (", rate_per_hour: 21.125", "", "“1-1” is neither hours at a rate nor nights at a rate."),
    ("places: [A, elm-place-2]", "places: [A, B]", "B has a place here and does not stand under people."),
    ("hours_are: planned a year\n", "", "There are hours, and nothing says what they are."),
])
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, good: str, bad: str, said: str) -> None:
    assert good in GOOD
    (problem,) = problems_of(tmp_path, GOOD.replace(good, bad, 1))
    assert problem.startswith("split.yaml")
    assert said in problem


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    bad = GOOD.replace("sum: 1000.10", "sum: lots").replace("percent: 2.5", "percent: -1").replace("person: A", "person: A B")
    assert len(problems_of(tmp_path, bad)) == 3


def test_a_key_given_twice_is_not_guessed_at(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="“sum” is given twice"):
        read(tmp_path, GOOD + "sum: 5.00\n")


BY_COST = """contract: C
sum: 1000.00
method: cost
people:
  - {person: A, cost: outreach.cost.yaml}
  - {person: B, cost_per_week: 294.80}
"""


def test_a_person_weighs_what_a_week_of_their_costed_package_is_priced_at(tmp_path: Path) -> None:
    (tmp_path / "outreach.cost.yaml").write_text(template("cost"), encoding="utf-8")
    assert [claim.package_pence for claim in read(tmp_path, BY_COST).claims] == [58_960, 29_480]


def test_a_cost_file_that_is_not_there_or_cannot_be_priced_is_told_with_the_person(tmp_path: Path) -> None:
    assert any("people 1.cost" in each and "outreach.cost.yaml" in each for each in problems_of(tmp_path, BY_COST))
    (tmp_path / "outreach.cost.yaml").write_text(template("cost").replace("hours_per_week: 20", "hours_per_week: 200"), encoding="utf-8")
    assert any("people 1.cost" in each and "200" in each for each in problems_of(tmp_path, BY_COST))


def test_a_cost_file_cannot_be_opened_where_the_split_came_without_a_folder() -> None:
    with pytest.raises(Refused, match="cannot be opened from here"):
        split_of(yaml_text_of(BY_COST.encode(), "sent.yaml"))


def test_a_package_is_costed_once(tmp_path: Path) -> None:
    assert any("Give cost or cost_per_week" in each for each in problems_of(tmp_path, BY_COST.replace("294.80", "1.00, cost: x.yaml")))


def test_a_house_has_a_budget_of_its_own_beside_the_budgets_of_its_people(tmp_path: Path) -> None:
    found = read(tmp_path, """contract: C
sum: 1700.00
method: household
houses: [{house: elm, places: [A, B, elm-3], budget: 900.00}]
people: [{person: A, budget: 500.00}, {person: B, budget: 200.00}, {person: elm-3, empty: yes}, {person: D, budget: 100.00, separable: yes}]
""")
    assert found.house_budgets == (HouseBudget("elm", 90_000, ("A", "B", "elm-3")),)
    assert [claim.budget_pence for claim in found.claims] == [50_000, 20_000, None, 10_000]
    assert found.claims[3].separable is True
