"""The file of a split: read exactly, or refused with every problem and its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from basics.errors import InputError, Refused
from isf.layers import House, Layer, LayerUnit
from isf.split import Claim, Method, TopSlice
from ringfence.importing.split_file import SplitRequest, read_split_file

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
