"""What holds of every replay: with nothing changed it is the base price, and with inputs changed the package priced again with those."""

from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, settings
from hypothesis import given as examples
from hypothesis import strategies as st

from basics.errors import InputError
from costing.figure import Figure, leaves_first
from costing.price import money, price
from costing.replay import Change, How, Replay, Target, replay
from costing.replay_shape import Reading
from costing.scenario import Scenario
from tests.costing.test_price_properties import PACKAGES, again

BASE = Scenario("Base", ())


def prices(package):
    priced = price(package)
    return [figure for figure in (priced.per_hour, priced.per_week, priced.per_year) if figure is not None]


def pence(figures):
    return [money(figure).pence for figure in figures]


def leaves(figures):
    return [figure for figure in leaves_first(*figures) if not figure.parts]


def inputs(package, figures):
    """The leaves that the package holds: all but the fixed numbers of the arithmetic, and the step that a price is rounded to."""
    held = set()
    with_inputs(package, lambda leaf: held.add(leaf) or leaf)
    return [leaf for leaf in leaves(figures) if leaf in held and leaf is not package.step_pence]


def with_inputs(held, changed, made=None):
    """The same package, or part of one, with each of its leaves changed; what is made of them is made again."""
    made = {} if made is None else made
    if isinstance(held, Figure):
        if held not in made:
            parts = tuple(with_inputs(part, changed, made) for part in held.parts)
            made[held] = replace(held, parts=parts, exact=again(held, [part.exact for part in parts])) if parts else changed(held)
        return made[held]
    if isinstance(held, tuple):
        return tuple(with_inputs(each, changed, made) for each in held)
    if is_dataclass(held):
        return replace(held, **{each.name: with_inputs(getattr(held, each.name), changed, made) for each in fields(held)})
    return held


def shape(figures):
    return Reading(figures, dict.fromkeys(leaves(figures), (0,))).shape


@settings(max_examples=150, deadline=None)
@examples(PACKAGES)
def test_replay_with_the_base_inputs_is_the_base_price(package):
    figures = prices(package)
    everything = Target("Everything", frozenset(leaves(figures)))
    as_they_are = Scenario("As they are", (Change(everything, How.TIMES, Decimal(1)),))
    found = Replay([figures], [everything]).pence([BASE, as_they_are])
    assert [list(each[0]) for each in found] == [[base, base] for base in pence(figures)]


CHANGES = st.lists(st.tuples(
    st.integers(0, 10**6),
    st.tuples(st.just(How.TIMES), st.decimals("0.5", "1.5", places=3)) | st.tuples(st.just(How.PLUS), st.decimals("0.01", 3, places=2))
    | st.tuples(st.just(How.SET), st.decimals(1, 9, places=2))), min_size=1, max_size=4)


@settings(max_examples=150, deadline=None)
@examples(PACKAGES, CHANGES)
def test_replay_of_changed_inputs_is_the_package_priced_again_with_them(package, wanted):
    figures = prices(package)
    held = inputs(package, figures)
    changes = tuple(Change(Target("One", frozenset({held[which % len(held)]})), how, value) for which, (how, value) in wanted)
    try:
        changed = prices(with_inputs(package, lambda leaf: leaf_under(leaf, changes)))
    except InputError:
        assume(False)
    assume(shape(changed) == shape(figures))
    assert [each[0][0] for each in replay([figures], [Scenario("Changed", changes)])] == pence(changed)


def leaf_under(leaf, changes):
    value = leaf.exact
    for change in changes:
        if leaf in change.target.leaves:
            by = Fraction(change.value)
            value = {How.SET: by, How.TIMES: value * by, How.PLUS: value + by}[change.how]
    return replace(leaf, exact=value)


@settings(max_examples=25, deadline=None)
@examples(st.lists(PACKAGES, min_size=2, max_size=6), st.lists(st.decimals("0.5", 2, places=2), min_size=1, max_size=5))
def test_packages_stacked_are_what_each_is_alone(packages, factors):
    together = [prices(package) for package in packages if package.support.weeks_per_year]
    target = Target("Everything", frozenset(leaf for package, figures in zip(packages, together, strict=True) for leaf in inputs(package, figures)
                                            if leaf.exact >= 1))
    scenarios = [Scenario(f"× {factor}", (Change(target, How.TIMES, factor),)) for factor in factors]
    try:
        found = replay(together, scenarios)
    except InputError:
        assume(False)
    for n, figures in enumerate(together):
        assert (replay([figures], scenarios)[:, 0] == found[:, n]).all()
