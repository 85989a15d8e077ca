"""Figures and pay scales of the provider's own: found beside the books, shown as they stand on a day, and added without touching the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from basics.errors import InputError, NotAllowed, NotKnown, Refused, RingfenceError
from costing.explain import explain
from costing.figure import Unit
from ringfence.actions import desk
from ringfence.actions.acting import Acting
from ringfence.actions.adding_rates import NewPayScale, NewPayTable, NewValue, add_pay_scale, add_pay_table, add_value
from ringfence.actions.books import add_user, make_books
from ringfence.actions.costing import as_cost_file, as_named, example_content, pay_point_key, price_of_content, price_of_file, published_figures
from ringfence.actions.parameters import Standing, listed, listed_figures, own_folder, published

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
KEY = "national_living_wage"
NEXT = NewValue(Decimal("13.30"), date(2027, 4, 1), "a letter", date(2028, 3, 31))
TABLE = NewPayTable({"5": Decimal("12.85"), "6": Decimal("13.10")}, date(2026, 4, 1), "minutes", date(2027, 3, 31))
SCALE = NewPayScale("Harbour", "Everybody.", Unit.POUNDS_PER_HOUR, "our board", {"Support worker": ("5", "6")}, None, TABLE)


@pytest.fixture
def asha(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Acting]:
    monkeypatch.delenv("RINGFENCE_PARAMETERS", raising=False)
    before = list(desk._chosen)
    file = str(tmp_path / "books.db")
    store = make_books(file, provider="Harbour Lights", sample=True, key=None)
    add_user(store, "asha", added_by="asha", at=AT)
    desk.sit_down(file, key=None)
    yield Acting(store, "asha", AT)
    store.close()
    desk._chosen[:] = before


def test_the_folder_is_beside_the_books_unless_a_variable_names_another(asha: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_folder() == tmp_path / "rates"
    monkeypatch.setenv("RINGFENCE_PARAMETERS", str(tmp_path / "ours"))
    assert own_folder() == tmp_path / "ours"
    with pytest.raises(InputError, match="There is no folder"):
        published()


def test_a_year_that_is_added_prices_the_days_after(asha: Acting, tmp_path: Path) -> None:
    add_value(asha, KEY, NEXT)
    assert published().figure(KEY, date(2027, 3, 31)).value == Decimal("12.71")
    assert published().figure(KEY, date(2028, 3, 31)).value == Decimal("13.30")
    file = tmp_path / "a.cost.yaml"
    file.write_bytes(as_cost_file({**example_content(), "on": date(2027, 4, 1)}))
    steps = price_of_file(file), price_of_content(file.read_bytes(), "a")
    assert [price.per_hour.exact for price in steps] == [steps[0].per_hour.exact] * 2
    assert next(each for each in published_figures(Unit.POUNDS_PER_HOUR, date(2027, 4, 1)) if each.key == KEY).in_words.endswith("£13.30 an hour")


def test_the_same_first_day_puts_right_what_was_added(asha: Acting) -> None:
    add_value(asha, KEY, NEXT)
    add_value(asha, KEY, NewValue(Decimal("13.45"), date(2027, 4, 1), "another letter", date(2028, 3, 31)))
    text = (own_folder() / f"{KEY}.yaml").read_text(encoding="utf-8")
    assert published().figure(KEY, date(2027, 4, 1)).value == Decimal("13.45")
    assert text.count("- from:") == 1
    assert "asha wrote 13.30 pounds an hour from 1 April 2027." in text


@pytest.mark.parametrize(("new", "told"), [
    (NewValue(Decimal("13.30"), date(2027, 4, 2), "a letter", date(2028, 3, 31)), "Add the value for the days between"),
    (NewValue(Decimal("12.71"), date(2026, 4, 1), "a letter", date(2028, 3, 31)), "has a value from 1 April 2026"),
    (NewValue(Decimal("13.30"), date(2027, 4, 1), "", date(2028, 3, 31)), "Write it"),
    (NewValue(Decimal("-1"), date(2027, 4, 1), "a letter", date(2028, 3, 31)), "too small"),
    (NewValue(Decimal("13.30"), date(2027, 4, 1), "a letter", date(2027, 3, 31)), "Correct known_until"),
])
def test_what_cannot_count_is_refused_and_no_file_is_made(asha: Acting, new: NewValue, told: str) -> None:
    with pytest.raises((InputError, Refused), match=told):
        add_value(asha, KEY, new)
    assert not own_folder().exists() or not list(own_folder().iterdir())


def test_a_value_is_never_stretched_over_days_that_were_left_out(asha: Acting) -> None:
    add_value(asha, KEY, NEXT)
    with pytest.raises(InputError, match="Add the value for the days between"):
        add_value(asha, KEY, NewValue(Decimal("15"), date(2029, 4, 1), "a letter", date(2030, 3, 31)))


def test_only_somebody_who_is_known_may_add(asha: Acting) -> None:
    for act in (lambda who: add_value(who, KEY, NEXT), lambda who: add_pay_scale(who, SCALE), lambda who: add_pay_table(who, "Harbour", TABLE)):
        with pytest.raises(NotAllowed):
            act(Acting(asha.store, "mallory", AT))
    assert not own_folder().exists()


def test_a_folder_that_cannot_be_written_is_told(asha: Acting) -> None:
    own_folder().write_text("a file is in the way")
    with pytest.raises(RingfenceError, match="could not be written"):
        add_value(asha, KEY, NEXT)
    assert own_folder().read_text() == "a file is in the way"


def test_a_scale_is_added_and_a_package_is_priced_from_its_point(asha: Acting) -> None:
    add_pay_scale(asha, SCALE)
    content = example_content()
    named = as_named(pay_point_key("Harbour", "5"))
    priced = price_of_content(as_cost_file({**content, "staff": {**content["staff"], "pay_per_hour": named}}), "a")
    typed = price_of_content(as_cost_file({**content, "staff": {**content["staff"], "pay_per_hour": Decimal("12.85")}}), "a")
    assert priced.per_hour.exact == typed.per_hour.exact
    assert pay_point_key("Harbour", "6") in {each.key for each in published_figures(Unit.POUNDS_PER_HOUR, None)}
    assert as_named(KEY) == KEY


def test_a_scale_of_salaries_pays_an_hour(asha: Acting) -> None:
    table = NewPayTable({"5": Decimal("24000")}, date(2026, 4, 1), "minutes", date(2027, 3, 31))
    add_pay_scale(asha, NewPayScale("Salaries", "Everybody.", Unit.POUNDS_PER_YEAR, "our board", {}, (Decimal(40), Decimal(50)), table))
    assert published().pay_per_hour("Salaries", "5", date(2026, 4, 1)).value == 12


def test_the_next_table_of_a_scale_leaves_the_first(asha: Acting) -> None:
    add_pay_scale(asha, SCALE)
    add_pay_table(asha, "Harbour", NewPayTable({"5": Decimal("13.45")}, date(2027, 4, 1), "minutes", date(2028, 3, 31)))
    paid = [published().pay_per_hour("Harbour", "5", day).value for day in (date(2027, 3, 31), date(2027, 4, 1))]
    assert paid == [Decimal("12.85"), Decimal("13.45")]
    with pytest.raises(NotKnown):
        published().pay_per_hour("Harbour", "6", date(2027, 4, 1))
    with pytest.raises(InputError, match="Choose another name"):
        add_pay_scale(asha, SCALE)


def test_a_figure_stands_as_it_does_on_the_day() -> None:
    by_key = {each.parameter.key: each for each in listed_figures(date(2026, 11, 22), published())}
    wage, fee, holiday = by_key[KEY], by_key["cqc_fee_per_location_per_year"], by_key["ias_direct_support"]
    assert (wage.standing, fee.standing, holiday.standing) == (Standing.ENDS_SOON, Standing.NOT_KNOWN, Standing.KNOWN)
    assert wage.now
    assert wage.before
    assert (wage.in_words(wage.now), wage.in_words(wage.before), wage.before.last) == ("£12.71 an hour", "£12.21 an hour", date(2026, 3, 31))
    assert fee.now is None
    assert fee.before is not None


def test_years_that_repeat_a_value_are_shown_as_one() -> None:
    threshold = listed(published()["employer_ni_threshold_per_week"], date(2026, 11, 22))
    assert threshold.now
    assert threshold.before
    assert (threshold.now.first, threshold.before.last) == (date(2025, 4, 6), date(2025, 4, 5))


@pytest.mark.parametrize(("on", "standing"), [(date(2026, 9, 30), Standing.KNOWN), (date(2026, 10, 1), Standing.ENDS_SOON),
                                              (date(2027, 3, 31), Standing.ENDS_SOON), (date(2027, 4, 1), Standing.NOT_KNOWN)])
def test_a_figure_that_ends_within_six_months_is_told(on: date, standing: Standing) -> None:
    assert listed(published()[KEY], on).standing is standing


@pytest.mark.parametrize(("on", "told"), [
    (date(2022, 11, 5), "Employer NI rate of 15.05% was written from memory"), (date(2023, 4, 6), "£10.90 an hour was written from memory")])
def test_a_price_that_uses_a_figure_from_memory_says_so_and_so_does_its_explanation(on: date, told: str) -> None:
    content = example_content()
    staff = {**content["staff"], "pay_per_hour": "real_living_wage_uk" if on.year == 2023 else KEY}
    price = price_of_content(as_cost_file({**content, "on": on, "staff": staff}), "a")
    assert any(told in note for note in price.notes)
    assert [str(step.source) for step in explain(*price.told) if "written from memory" in str(step.source)]


def test_the_day_after_the_change_uses_nothing_from_memory() -> None:
    price = price_of_content(as_cost_file({**example_content(), "on": date(2022, 11, 6)}), "a")
    assert not [step for step in explain(*price.told) if "written from memory" in str(step.source)]
