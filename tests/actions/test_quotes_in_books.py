"""Quotes as the books keep them: numbered without a gap, frozen, sealed, answered once, and never below full cost by oversight."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from basics.errors import InputError, NotAllowed, Refused
from basics.money import Money
from costing.offer import check_offer
from costing.package import Per
from costing.quote import Followed, Standing, Word
from ringfence.actions.applying import approve
from ringfence.actions.documents import document
from ringfence.actions.parameters import PARAMETERS_VARIABLE
from ringfence.actions.quote_files import priced_content, write_letter
from ringfence.actions.quote_plans import apply_file_of
from ringfence.actions.quote_records import Asking
from ringfence.actions.quotes import answer_quote, make_quote, quote, quotes
from ringfence.actions.reviews import by_funder, review_of_file, write_letters
from ringfence.actions.subsidies import propose_subsidy
from ringfence.actions.verifying import CHECKS, verify
from ringfence.importing.costing_on import source_of
from ringfence.importing.parameters import built_in_parameters
from ringfence.importing.yaml_text import read_yaml
from tests.actions.conftest import Shelf
from tests.actions.provider_books import NOVEMBER, Books, undone
from tests.actions.test_verifying import break_past_the_guards

TODAY = date(2026, 11, 2)
UNTIL = date(2026, 12, 31)
FILE = """
name: Morning support
on: 2026-10-01
quote: {per: hour, step_pence: 1}
support: {hours_per_week: 10, weeks_per_year: 52}
other_direct:
  - {line: Support, amount: 20.00, per: hour}
company_costs:
  - {line: Office, amount: 4.00, per: hour}
surplus: {amount: 1.00, per: hour}
"""
"""£25.00 an hour, of which £24.00 is full cost."""
ON_WAGE = FILE.replace("on: 2026-10-01", "on: 2025-10-01").replace("other_direct", """staff:
  pay_per_hour: national_living_wage
  holiday: none
  national_insurance: none
  pension: none
other_direct""")


def ask(books: Books, text: str = FILE, funder: str = "Southgate Council", until: date = UNTIL, **asking) -> Followed:
    return make_quote(books.asha, priced_content(text.encode(), "morning.cost.yaml"), Asking(funder, until, **asking))


def decide(books: Books, **changes) -> None:
    """A decision to sell at £23.00 an hour, asked for by one and approved by another."""
    said = {"funder": "Southgate Council", "why": "A new service", "paid_from": "Reserves", "first": date(2026, 10, 1), "last": UNTIL, **changes}
    package = source_of(FILE.encode(), "a", built_in_parameters).counting_from(said["first"])
    approve(books.ben, propose_subsidy(books.asha, check_offer(package, Money.parse("23"), Per.HOUR), **said))


def test_quotes_are_numbered_without_a_gap_and_the_books_still_add_up(agreed: Books) -> None:
    made = [ask(agreed, funder=funder) for funder in ("Southgate Council", "Northvale", "A trust")]
    assert [each.quote.reference for each in made] == ["Q-0001", "Q-0002", "Q-0003"]
    assert [each.quote.reference for each in quotes(agreed.asha).quotes] == ["Q-0003", "Q-0002", "Q-0001"]
    assert [each.made_by for each in quotes(agreed.ben).quotes] == ["asha"] * 3
    with pytest.raises(NotAllowed):
        ask(agreed, funder="Never", price=Money.parse("1"))
    assert ask(agreed, funder="Last").quote.reference == "Q-0004"
    assert list(verify(agreed.store)) == []


def test_a_quote_keeps_everything_that_it_was_made_of(agreed: Books) -> None:
    record = ask(agreed, person="P001", people=2).quote
    assert [(line.section, line.label, line.pence) for line in record.lines] == [
        ("Direct support", "Support", 2000), ("Company costs", "Office", 400), ("Surplus", "Surplus", 100)]
    assert (record.pence, record.for_all(Per.YEAR)) == (2500, Money(2500 * 10 * 52 * 2))
    assert "Morning support" in record.content
    assert "Support, for each hour" in [step.label for step in record.steps]
    assert sum(line.share_tenths for line in record.lines) == 1000


def test_a_quote_never_changes_after_a_published_figure_is_added(agreed: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = ask(agreed, ON_WAGE)
    letter = document(agreed.asha, made.document_id, "pdf").content
    (tmp_path / "national_living_wage.yaml").write_text("""
name: National Living Wage
about: The least that an hour is paid.
unit: pounds an hour
set_by: us
values:
  - {from: 2025-04-01, value: 99.00, reference: invented}
known_until: 2027-03-31
""", encoding="utf-8")
    monkeypatch.setenv(PARAMETERS_VARIABLE, str(tmp_path))
    assert quote(agreed.asha, "Q-0001").quote == made.quote
    assert document(agreed.asha, made.document_id, "pdf").content == letter
    assert ask(agreed, ON_WAGE).quote.pence > made.quote.pence * 2
    assert list(verify(agreed.store)) == []


def test_a_quote_that_was_changed_past_the_guards_is_found(shelf: Shelf) -> None:
    with shelf.copy("agreed") as place:
        app = place.open()
        ask(Books(app))
        app.close()
        store = place.open_as_owner()
        with undone(store) as connection:
            break_past_the_guards(connection, "document", "UPDATE document SET record = replace(record, '\"pence\":2500', '\"pence\":2400')")
            assert [problem.what for check in CHECKS for problem in check(connection)] == ["does not fit the documents that it covers."]
        store.close()


def test_to_ask_the_same_again_while_it_stands_is_to_ask_once(agreed: Books) -> None:
    first = ask(agreed)
    agreed.at += timedelta(days=1)
    assert ask(agreed) == first
    answer_quote(agreed.asha, "Q-0001", Word.REFUSED)
    assert ask(agreed).quote.reference == "Q-0002"
    answer_quote(agreed.asha, "Q-0002", Word.ACCEPTED)
    assert ask(agreed).quote.reference == "Q-0002"


def test_an_expired_quote_takes_no_answer_and_is_asked_anew(agreed: Books) -> None:
    ask(agreed, until=TODAY + timedelta(days=3))
    agreed.at += timedelta(days=4)
    assert quotes(agreed.asha).of(Standing.EXPIRED)[0].quote.reference == "Q-0001"
    with pytest.raises(InputError, match="expired on 5 November 2026"):
        answer_quote(agreed.asha, "Q-0001", Word.ACCEPTED)
    assert ask(agreed).quote.reference == "Q-0002"


def test_what_expires_within_fourteen_days_is_told(agreed: Books) -> None:
    ask(agreed, until=TODAY + timedelta(days=14))
    ask(agreed, funder="Another", until=TODAY + timedelta(days=15))
    assert [each.quote.reference for each in quotes(agreed.asha).expiring] == ["Q-0001"]
    assert [each.quote.reference for each in quotes(agreed.asha, TODAY + timedelta(days=1)).expiring] == ["Q-0001", "Q-0002"]


def test_one_answer_is_kept_with_who_recorded_it(agreed: Books) -> None:
    ask(agreed)
    answer_quote(agreed.asha, "q-0001", Word.OFFERED, price=Money.parse("24.50"), why="Our budget")
    done = answer_quote(agreed.ben, "Q-0001", Word.ACCEPTED, price=Money.parse("24.50"), first=date(2026, 12, 1))
    assert answer_quote(agreed.asha, "Q-0001", Word.ACCEPTED).answers == done.answers
    with pytest.raises(InputError, match="one answer only"):
        answer_quote(agreed.asha, "Q-0001", Word.REFUSED)
    kept = quote(agreed.asha, "Q-0001")
    assert [(each.word, each.pence, each.recorded_by) for each in kept.answers] == [("offered", 2450, "asha"), ("accepted", 2450, "ben")]
    assert (kept.agreed.first, kept.offer.why) == (date(2026, 12, 1), "Our budget")


def test_a_price_below_full_cost_is_not_asked_without_a_decision_that_covers_it(agreed: Books) -> None:
    below = {"price": Money.parse("23.50")}
    for changes in ({"last": UNTIL - timedelta(days=1)}, {"first": date(2026, 10, 2)}, {"funder": "Another"}):
        decide(agreed, **changes)
        with pytest.raises(NotAllowed, match=r"£5\.00 a week below the full cost of Morning support.*1 October 2026 to 31 December 2026"):
            ask(agreed, **below)
    decide(agreed)
    with pytest.raises(NotAllowed):
        ask(agreed, price=Money.parse("22.99"))
    with pytest.raises(NotAllowed):
        ask(agreed, people=2, **below)
    made = ask(agreed, **below).quote
    assert (made.pence, made.taken_off_pence) == (2350, -150)


def test_full_cost_itself_needs_no_decision(agreed: Books) -> None:
    assert ask(agreed, price=Money.parse("24")).quote.taken_off_pence == -100


def test_what_was_agreed_below_full_cost_is_told_until_a_decision_covers_it(agreed: Books) -> None:
    ask(agreed)
    answer_quote(agreed.asha, "Q-0001", Word.ACCEPTED, price=Money.parse("23.50"))
    assert quotes(agreed.asha).undecided == {"Q-0001"}
    decide(agreed)
    assert quotes(agreed.asha).undecided == frozenset()


@pytest.mark.parametrize(("asking", "says"), [
    ({"funder": " "}, "Nobody said whom to ask"),
    ({"funder": "x" * 101}, "longer than 100"),
    ({"until": TODAY - timedelta(days=1)}, "which is over"),
    ({"price": Money.parse("25.01")}, "every pound is on a line"),
    ({"price": Money(0)}, "every pound is on a line"),
    ({"person": "P999"}, "nobody with the reference P999"),
    ({"people": 0}, "at least one person"),
    ({"text": FILE.replace(", weeks_per_year: 52", "")}, "weeks of a year are not known"),
])
def test_what_cannot_be_asked_is_refused_and_takes_no_number(agreed: Books, asking, says) -> None:
    with pytest.raises(InputError, match=says):
        ask(agreed, **asking)
    assert quotes(agreed.asha).quotes == ()


def test_who_is_not_known_can_neither_ask_nor_read(agreed: Books) -> None:
    ask(agreed)
    for do in (lambda who: quotes(who), lambda who: answer_quote(who, "Q-0001", Word.ACCEPTED), lambda who: quote(who, "Q-0001")):
        with pytest.raises(NotAllowed):
            do(agreed.acting("nobody"))
    with pytest.raises(InputError, match=r"no quote Q-0009\. The last one is Q-0001"):
        quote(agreed.asha, "Q-0009")


def test_the_letter_is_the_document_that_the_books_keep(agreed: Books, tmp_path: Path) -> None:
    made = ask(agreed)
    path = write_letter(made, tmp_path / "letters")
    assert path.name == "quote-Q-0001.pdf"
    assert path.read_bytes() == document(agreed.asha, made.document_id, "pdf").content


def test_an_accepted_quote_becomes_the_plan_once_its_file_is_applied_and_approved(agreed: Books, tmp_path: Path) -> None:
    ask(agreed, person="P003", first=date(2026, 11, 1))
    with pytest.raises(InputError, match="has not been accepted"):
        apply_file_of(agreed.asha, "Q-0001", fund="spot-P003", support="mornings")
    answer_quote(agreed.asha, "Q-0001", Word.ACCEPTED, price=Money.parse("24.50"))
    with pytest.raises(InputError, match="is for P003, and isf-P001 is the fund of P001"):
        apply_file_of(agreed.asha, "Q-0001", fund="isf-P001", support="mornings")
    path = tmp_path / "plan.yaml"
    path.write_text(apply_file_of(agreed.asha, "Q-0001", fund="spot-P003", support="mornings", words="Mornings"), encoding="utf-8")
    content = read_yaml(path)
    days = {"from": date(2026, 11, 1), "to": date(2027, 3, 31)}
    assert content["rates"] == [{"rate": "Q-0001-P003", "per": "hour", "pounds": Decimal("24.50"), **days}]
    assert content["plan"][0]["minutes_per_week"] == 600
    assert [said.partition(":")[0] for said in agreed.apply(content).said] == ["New", "New", "To be asked"]
    assert agreed.preview(NOVEMBER).statements
    with pytest.raises(InputError, match="pays into spot-P004"):
        apply_file_of(agreed.asha, "Q-0001", fund="spot-P004", support="mornings")


REVIEW = """
review: Prices from October
on: 2026-10-01
until: 2026-12-31
funders:
  - funder: Southgate Council
    packages:
      - {cost: wage.cost.yaml, people: 3, now: 37.00}
      - {cost: plain.cost.yaml, next: dearer.cost.yaml}
  - funder: Northvale
    packages:
      - {cost: wage.cost.yaml}
"""


@pytest.fixture
def review_file(tmp_path: Path) -> Path:
    plain = FILE.replace("Morning", "Evening").replace("on: 2026-10-01", "on: 2025-10-01")
    for name, text in (("wage.cost.yaml", ON_WAGE), ("plain.cost.yaml", plain), ("dearer.cost.yaml", plain.replace("4.00", "5.00")),
                       ("all.review.yaml", REVIEW)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "all.review.yaml"


def test_a_review_asks_each_funder_for_its_packages_before_beside_after(agreed: Books, review_file: Path) -> None:
    asked = review_of_file(agreed.asha, review_file)
    assert [(each.funder, each.package, each.now_pence, each.pence) for each in asked] == [
        ("Southgate Council", "Morning support", 3700, 3771), ("Southgate Council", "Evening support", 2500, 2600),
        ("Northvale Integrated Care Board", "Morning support", 3721, 3771)]
    for each in asked:
        before = sum(line.before_pence for line in each.lines) + each.taken_off_before_pence + each.rounding_before_pence
        assert before == each.now_pence
        assert sum(line.pence for line in each.lines) + each.taken_off_pence + each.rounding_pence == each.pence
    assert asked[0].changes[0].label == "National Living Wage"
    assert quotes(agreed.asha).quotes == ()


def test_a_review_is_recorded_whole_and_asks_nobody_twice(agreed: Books, review_file: Path, tmp_path: Path) -> None:
    asked = review_of_file(agreed.asha, review_file, record=True)
    assert [each.reference for each in asked] == ["Q-0001", "Q-0002", "Q-0003"]
    answer_quote(agreed.asha, "Q-0001", Word.ACCEPTED, price=Money.parse("37.50"))
    answer_quote(agreed.asha, "Q-0002", Word.REFUSED)
    assert [each.reference for each in review_of_file(agreed.asha, review_file, record=True)] == ["Q-0001", "Q-0004", "Q-0003"]
    found = quotes(agreed.asha, review="Prices from October")
    assert found.more_per_year == Money(50 * 10 * 52 * 3 + 100 * 10 * 52 + 50 * 10 * 52)
    assert [len(letter) for letter in by_funder(asked)] == [1, 2]
    assert [path.name for path in write_letters(asked, tmp_path / "letters")] == ["review-Q-0003.pdf", "review-Q-0001-Q-0002.pdf"]
    assert list(verify(agreed.store)) == []


def test_a_review_to_a_day_that_is_not_known_says_which_figure_is_missing_and_records_nothing(agreed: Books, review_file: Path) -> None:
    review_file.write_text(REVIEW.replace("on: 2026-10-01", "on: 2030-10-01"), encoding="utf-8")
    with pytest.raises(Refused, match=r"all\.review\.yaml, line 8.*National Living Wage is known .* and is needed on 1 October 2030"):
        review_of_file(agreed.asha, review_file, record=True)
    assert quotes(agreed.asha).quotes == ()
