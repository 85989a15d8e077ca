"""Every file of a published figure that comes with Ringfence, read and held against what each must say."""

from collections import Counter
from itertools import pairwise

import pytest

from basics.periods import ONE_DAY
from costing.figure import Unit
from ringfence.importing.parameters import BUILT_IN, built_in_parameters

FILES = sorted(BUILT_IN.rglob("*.yaml"))
MAY_HAVE_A_BREAK = {"homecare_minimum_price"}


def figures():
    return pytest.mark.parametrize("parameter", list(built_in_parameters()), ids=lambda parameter: parameter.key)


def test_every_file_is_one_figure_and_every_key_is_one_file():
    assert Counter(path.stem for path in FILES) == Counter(parameter.key for parameter in built_in_parameters())


@figures()
def test_a_figure_says_what_it_is_for_and_who_sets_it_and_until_when_it_is_known(parameter):
    assert len(parameter.about) > 20
    assert parameter.set_by
    assert isinstance(parameter.unit, Unit)
    assert parameter.unit is not Unit.NUMBER
    assert parameter.known_until >= parameter.values[-1].starts_on
    assert all(value.reference for value in parameter.values)


@figures()
def test_no_value_overlaps_the_next_and_none_leaves_a_day_out_unless_its_file_says_so(parameter):
    periods = list(parameter.periods)
    for (value, last), (later, _) in pairwise(periods):
        assert value.starts_on <= last < later.starts_on
        assert last + ONE_DAY == later.starts_on or parameter.key in MAY_HAVE_A_BREAK


def test_a_key_names_its_figure_and_no_year():
    assert all(parameter.key.isidentifier() and parameter.key.islower() for parameter in built_in_parameters())
    assert len({parameter.name for parameter in built_in_parameters()}) == len(FILES)


def test_a_price_to_compare_with_is_never_offered_as_pay():
    wages = {parameter.key for parameter in built_in_parameters() if parameter.unit is Unit.POUNDS_PER_HOUR}
    assert wages == {"national_living_wage", "minimum_wage_18_to_20", "real_living_wage_uk", "real_living_wage_london"}
