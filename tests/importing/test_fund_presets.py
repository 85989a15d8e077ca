"""Presets of funds’ terms: each with its source, in keys that are there, and nothing impossible among them."""

from __future__ import annotations

import pytest

from basics.errors import NotKnown
from isf.fund_terms import TERMS, FundTerms, Payment, impossible_mixes
from ringfence.importing.fund_presets import Preset, preset, presets
from ringfence.importing.fund_terms_fields import TermsSaid


def test_there_are_twenty_six_councils_and_schemes() -> None:
    assert len(presets()) == 26
    assert len({each.key for each in presets()}) == len({each.name for each in presets()}) == 26


@pytest.mark.parametrize("each", presets(), ids=lambda each: each.key)
def test_a_preset_has_its_source_and_says_nothing_impossible(each: Preset) -> None:
    assert each.sources
    assert set(each.terms.sources) == set(each.terms.known)
    assert impossible_mixes(each.terms) == []
    assert {key for key, _ in each.unclear} <= set(TERMS)
    assert each.terms.known or each.unclear or each.also


def test_the_keys_of_a_file_are_the_terms_of_a_fund() -> None:
    assert tuple(TermsSaid.model_fields) == TERMS


def test_what_a_council_leaves_open_stays_unknown() -> None:
    dorset = preset("dorset-model-agreement")
    assert (dorset.terms.surplus_weeks, dorset.terms.surplus_stays_weeks, dorset.terms.payment) == (4, 12, Payment.NET)
    assert dorset.terms.surplus_base is None
    assert dorset.terms.surplus_stays is None
    assert {"surplus_base", "surplus_stays"} <= {key for key, _ in dorset.unclear}
    assert preset("lancashire").terms == FundTerms()


def test_a_preset_that_is_not_there_is_said_with_the_nearest() -> None:
    with pytest.raises(NotKnown, match="Did you mean “haringey”"):
        preset("haringay")
