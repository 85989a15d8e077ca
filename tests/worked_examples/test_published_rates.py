"""Every published figure by year, in a file that can be checked by hand, beside what the dated parameters say on the first and the last day."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from basics.errors import NotKnown
from ringfence.importing.parameters import built_in_parameters
from ringfence.importing.yaml_text import read_yaml

RATES = read_yaml(Path(__file__).parent / "published_rates.yaml")
PARAMETERS = built_in_parameters()


def by_year():
    for table, day in (("from_1_april", (4, 1)), ("from_6_april", (4, 6))):
        for key, values in RATES[table].items():
            for year, value in values.items():
                first, last = date(int(year), *day), date(int(year) + 1, *day) - timedelta(days=1)
                yield key, first, value
                yield key, last, value
    for key, values in RATES["on_a_day"].items():
        yield from ((key, date.fromisoformat(day), value) for day, value in values.items())


@pytest.mark.parametrize(("key", "on", "value"), list(by_year()))
def test_a_published_figure_counts_from_its_legal_day_to_the_eve_of_the_next(key, on, value):
    figure = PARAMETERS.figure(key, on)
    assert figure.value == value
    assert figure.source.starts_on <= on


def test_every_published_figure_is_in_the_table():
    assert {parameter.key for parameter in PARAMETERS} == {*RATES["from_1_april"], *RATES["from_6_april"], *RATES["on_a_day"]}


@pytest.mark.parametrize(("key", "on"), [(key, day) for key, days in RATES["not_known"].items() for day in days])
def test_a_day_that_nobody_wrote_a_figure_for_is_refused(key, on):
    with pytest.raises(NotKnown, match=f"{key}.yaml of your own folder"):
        PARAMETERS.figure(key, on)


def test_a_figure_from_memory_says_so():
    marked = [f"{parameter.key} {value.starts_on.year}" for parameter in PARAMETERS for value in parameter.values if value.from_memory]
    assert sorted(marked) == sorted(RATES["from_memory"])
