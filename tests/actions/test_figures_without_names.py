"""Where figures are told without names, the database gives none: a word is planted wherever a file may say something, and looked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel
from sqlalchemy import text

from basics.errors import GuardRefused, NotAllowed, StoreError
from basics.money import Money
from isf.reconciliation import Item, Kept
from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.bank_in import take_bank
from ringfence.actions.books import add_user
from ringfence.actions.debts_open import debts_open
from ringfence.actions.fund_ends import ends_by
from ringfence.actions.fund_terms_known import terms_in_force
from ringfence.actions.reconciling import RECONCILIATION, prepared, propose_reconciliation, reconcile
from ringfence.actions.recording import record_content
from ringfence.actions.rights import Right, Role
from ringfence.actions.subsidies import BELOW_COST
from ringfence.actions.trustees import trustees_page
from ringfence.importing.apply_fields import Words
from ringfence.importing.apply_file import ApplyFile
from ringfence.importing.fact_items_endings import Ending
from ringfence.importing.fact_items_going_live import GoingLive
from ringfence.importing.fact_items_money import Earmark
from ringfence.importing.fact_items_reviews import Review
from ringfence.importing.fact_items_terms import FundTermsItem
from ringfence.importing.fund_terms_fields import TermsSaid
from ringfence.importing.record_file import RecordFile
from ringfence.importing.yaml_text import read_yaml_text
from ringfence.store import facts, nameless, registry
from ringfence.store.schema import metadata
from tests.actions.conftest import STEPS, Shelf
from tests.actions.provider_books import NAMES, OCTOBER, Books, visit

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
CANARY = "Quillfeather"
"""Nobody’s name, and no word of ours."""


def planted(kind: Any, value: Any) -> Any:
    """What a file says, with the canary wherever its model takes words that a person writes."""
    if kind == Words and isinstance(value, str):
        return f"{value} {CANARY}"
    if isinstance(kind, type) and issubclass(kind, BaseModel) and isinstance(value, dict):
        of = {field.alias or name: (name, field) for name, field in kind.model_fields.items()}
        return {key: _in_field(kind, *of[key], each) if key in of else each for key, each in value.items()}
    if get_origin(kind) in (Annotated, Union, UnionType):
        for each in get_args(kind):
            if (found := planted(each, value)) != value:
                return found
        return value
    if get_origin(kind) is tuple and isinstance(value, list):
        return [planted(get_args(kind)[0], each) for each in value]
    return value


def _in_field(model: type[BaseModel], name: str, field: Any, value: Any) -> Any:
    """pydantic takes the outermost validators off a field’s kind, so they are put back."""
    kind = field.annotation
    return planted(Annotated[(kind, *field.metadata)] if field.metadata else kind, value)


def example(name: str, model: type[BaseModel]) -> dict[str, Any]:
    return dict(planted(model, read_yaml_text(EXAMPLES / name).data))


def _told(books: Books) -> None:
    """Everything comes with the canary in it: people, an apply file, a file of records, visits, a bank file."""
    books.people({reference: f"{CANARY} {name}" for reference, name in NAMES.items()})
    books.apply(example("apply.yaml", ApplyFile))
    record_content(books.asha, example("record.yaml", RecordFile), "record.yaml")
    books.visits(visit("V-1", "P001", "2026-10-05", "09:00", "11:00", reason=f"{CANARY} was ill"),
                 visit("V-2", "P004", "2026-10-06", "09:00", "10:00", reason=CANARY), name=f"{CANARY}.csv")
    headings = ",".join(f"{each} {CANARY}" for each in ("Booked", "Details", "Your reference", "Money in", "Money out", "Left"))
    found = take_bank(books.asha, f"{headings}\n02/10/2026,{CANARY} FPI,{CANARY},10.00,,110.00\n".encode(), f"{CANARY}.csv", "people")
    assert found.applied is not None
    books.approve(found.applied)
    add_user(books.store, "tess", added_by="asha", at=books.at, roles=[Role.TRUSTEE])


STEPS["told"] = ("peopled", _told)


@pytest.fixture
def told(shelf: Shelf) -> Iterator[Books]:
    with shelf.opened("told") as books:
        yield books


def what_can_be_read(acting: Acting, right: Right, columns: Mapping[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """Every value of every column that a connection lets through, with where it stands."""
    for table, names in columns.items():
        for name in names:
            try:
                with acting.reading(right) as connection:
                    yield from ((table, name, str(row[0])) for row in connection.execute(text(f'SELECT "{name}" FROM "{table}"')))
            except (GuardRefused, StoreError, NotAllowed):
                continue


def every_column(books: Books) -> dict[str, list[str]]:
    """By what the database itself lists, tables and views and what it keeps about itself."""
    if books.store.dialect == "sqlite":
        tables = [str(row[0]) for row in books.rows("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
        return {name: [str(row[0]) for row in books.rows("SELECT name FROM pragma_table_xinfo(:of)", of=name)] for name in [*tables, "sqlite_schema"]}
    found: dict[str, list[str]] = {}
    for table, name in books.rows("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
                                  " UNION ALL SELECT relname::text, attname::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
                                  " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v') AND attnum > 0"):
        found.setdefault(str(table), []).append(str(name))
    return found


def test_no_word_that_a_person_wrote_is_read_where_figures_are_told_without_names(told: Books) -> None:
    columns = every_column(told)
    assert set(metadata.tables) | set(nameless.VIEWS) <= set(columns)
    everything = {(table, name) for table, name, value in what_can_be_read(told.asha, Right.BOOKS, columns) if CANARY in value}
    assert everything >= {("fact", "body"), ("batch", "body"), ("origin", "words"), ("person_detail", "name"), ("delivery", "reason"),
                          ("funder_detail", "body"), ("provider_detail", "body"), ("plan_line", "words"), ("event", "words")}, everything
    for who in (Acting(told.store, "tess", told.at), told.asha):
        let_through = list(what_can_be_read(who, Right.FIGURES, columns))
        assert {(table, name) for table, name, value in let_through if CANARY in value and (table, name) != ("provider_figures", "body")} == set()
        assert {table for table, *_ in let_through} >= {"fund", "entry", "fact_figures", "batch_figures"}, "figures are read"
    names = [json.loads(value) for table, _, value in let_through if table == "provider_figures" and value.startswith("{")]
    assert {tuple(each) for each in names} == {("name",)}, "the provider’s own name is no person’s"


def test_just_the_listed_columns_are_read_and_a_new_table_is_not(told: Books) -> None:
    trustee = Acting(told.store, "tess", told.at)
    read = {(table, name) for table, name, _ in what_can_be_read(trustee, Right.FIGURES, every_column(told))}
    assert read <= {(table, name) for table, names in nameless.READ.items() for name in names}
    for statement in ("SELECT body FROM (SELECT body FROM fact) AS fact_figures", "SELECT count(body) FROM batch", "SELECT * FROM person_detail",
                      "SELECT fact_figures.body FROM fact AS fact_figures"):
        with pytest.raises((GuardRefused, StoreError)) as found, trustee.reading(Right.FIGURES) as connection:
            connection.execute(text(statement))
        assert getattr(found.value, "guard", "") in ("authorizer", "grants")


def test_the_figures_are_those_that_are_read_with_every_name(told: Books) -> None:
    explained = reconcile(told.asha, OCTOBER.last, Money(1_000_000), kept=Kept.APART, on_the_way=[Item(f"Cheque to {CANARY}", -500)])
    explained = reconcile(told.asha, OCTOBER.last, Money(1_000_000), on_the_way=[Item(f"Cheque to {CANARY}", -500)],
                          explained=[Item(CANARY, explained.unexplained_pence)])
    approve(told.ben, propose_reconciliation(told.asha, explained))
    day = told.at.date()
    with told.asha.reading() as plain, told.asha.reading(Right.FIGURES) as figures:
        for read in (lambda c: debts_open(c, day), lambda c: ends_by(c, OCTOBER), lambda c: registry.provider(c)["name"],
                     lambda c: [each.reconciled.difference_pence for each in prepared(c)],
                     lambda c: [(each.fund, each.funder, each.until, each.terms.surplus_weeks, each.terms.surplus_base, each.terms.review_schedule)
                                for each in terms_in_force(c, day, named=False)],
                     lambda c: [(each.fund, each.from_on, each.said.get("next_on")) for each in facts.facts(c, Review.kind)]):
            assert read(figures) == read(plain)
        assert facts.facts(figures, Review.kind)
        assert terms_in_force(figures, day, named=False)
        assert CANARY not in str(prepared(figures))
        assert CANARY in str(prepared(plain))
    assert CANARY not in str(trustees_page(Acting(told.store, "tess", told.at), OCTOBER)).replace(f"Halden Support {CANARY}", "")


def test_the_views_know_the_records_and_terms_by_the_names_that_they_have() -> None:
    """A term that is added is read by trustees’ figures too, or is words."""
    assert set(nameless._RECORDS) == {FundTermsItem.kind, Earmark.kind, Ending.kind, Review.kind, GoingLive.kind}
    assert set(TermsSaid.model_fields) - set(nameless._OF_RECORDS) == {"fee_words", "retention"}
    made = " ".join(nameless.views("sqlite"))
    assert BELOW_COST in made
    assert RECONCILIATION in made
