"""The answer beside the form: the price, what it is made of, and what has to be known before it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from basics.money import NIL, Money
from basics.periods import day_in_figures, day_in_words
from costing.cap_words import cap_in_words
from costing.explain import in_words
from costing.package import Per
from costing.price import Price, PricePart, money
from costing.visit_table import VisitTable
from ringfence.screens.components.frame import part as part_of_the_page
from ringfence.screens.components.markup import NOT_KNOWN, pounds, tag
from ringfence.screens.components.table import Row, figures, table, table_html, words
from ringfence.screens.cost_fields import in_plain_words
from ringfence.screens.cost_pricing import Outcome

BEFORE = "The price before your last change"
NO_SHARE = "–"


def price_card(price: Price | None, *, is_before: bool) -> Markup:
    """The price of an hour, a week and a year, and its parts; `is_before` where it is not of what is filled in now."""
    if price is None:
        return Markup('<section class="rf-block rf-price" role="status"><h2>The price</h2>'
                      '<p class="rf-quiet">There is no price yet. It stands here as soon as the form holds enough for one.</p></section>')
    return Markup(
        '<section class="rf-block rf-price" role="status"><h2>The price</h2>{}<p class="rf-amount">{} <span>{}</span></p>{}{}</section>'
    ).format(_before(is_before), pounds(money(price.quoted)), _each(price), _for_longer(price), _parts(price) + _who_pays(price))


def price_near(price: Price | None, *, is_before: bool) -> Markup:
    """The same in a line, for a telephone, where the form is longer than the screen. A listener hears the card."""
    said = Markup("No price yet") if price is None else Markup("<strong>{}</strong> {} · {} a week").format(
        pounds(money(price.per_hour)), "an hour", pounds(money(price.per_week)))
    return Markup('<div class="rf-near" aria-hidden="true">{}{}</div>').format(said, Markup("<br>") + BEFORE if is_before else "")


def made_of(price: Price) -> None:
    """Every line of the price with its share; the amounts add to the price and the shares to 100.0%."""
    rows = [row for part in price.parts for row in _rows(part)]
    if price.rounding:
        rows.append(("Rounding", pounds(price.rounding), NO_SHARE))
    share = sum((part.share_percent for part in price.parts), start=price.parts[0].share_percent * 0)
    table(f"What the {price.quoted_per} is made of", [words("Line"), figures("£"), figures("Share")], rows,
          total=(f"Price per {price.quoted_per}: the sum of all lines", pounds(money(price.quoted)), f"{share}%"))


def to_know(price: Price) -> None:
    """What the command says in its notes."""
    if price.notes:
        items = Markup("").join(Markup("<li>{}</li>").format(in_plain_words(note)) for note in price.notes)
        st.html(Markup('<section class="rf-note"><h2 class="rf-part">Before you use this price</h2><ul>{}</ul></section>').format(items))


def the_cap(price: Price) -> None:
    """Whether the cap on some lines is kept, in the words of the command."""
    if price.capped is not None:
        title, *sentences = cap_in_words(price.capped)
        st.html(Markup('<section class="rf-note"><h2 class="rf-part">{}</h2><p>{}</p></section>').format(title, " ".join(sentences)))


def visit_prices(tables: Sequence[VisitTable]) -> None:
    """The price of one visit by its length, where a package has visits with travel."""
    if tables:
        part_of_the_page("What a visit costs by its length", "Travel is paid for each visit, so a short one costs more for every hour of it. "
                                                             "What is paid for a week is spread by the hour.")
    for found, column in zip(tables, st.columns(2, gap="medium") * len(tables), strict=False):
        with column:
            table(f"What a visit costs: {found.name}" if found.name else "What a visit costs",
                  [words("A visit of"), figures("One visit"), figures("An hour in such visits")],
                  [(f"{each.minutes} minutes", pounds(each.shown), pounds(each.hour_shown)) for each in found.prices])


def over_the_changes(price: Price) -> None:
    """What each stretch of days would cost alone, under the one price for all of them."""
    if price.stretches:
        part_of_the_page("At the rates of each stretch of days",
                         "The price above is one for all of these days. For a funder who takes each change from its day, each stretch has its own.")
        table("The price of each stretch of days", [words("From and to"), figures("Days"), figures("An hour"), figures("A week")],
              [(str(days), str(days.days), pounds(money(own.per_hour)), pounds(money(own.per_week))) for days, own in price.stretches],
              total=(f"One price {price.days_in_words}", str(sum(days.days for days, _ in price.stretches)), pounds(money(price.per_hour)),
                     pounds(money(price.per_week))))


def other_days(price: Price, others: Mapping[date, Outcome]) -> None:
    """The same package at the rates of other days, in their order, with the difference from the form's own day. A day for which a figure
    is not known has no price, and what to add is said below."""
    prices = {price.on: price, **{day: found.price for day, found in others.items()}}
    table("The price from each day", [words("Rates of"), figures("Change an hour"), figures("An hour"), figures("A week"), figures("A year")],
          [_on_a_day(day, prices[day], price) for day in sorted(prices)])
    unknown = dict.fromkeys(problem for found in others.values() for problem in found.wrong.values())
    if unknown:
        items = Markup("").join(Markup("<li><strong>{}</strong>: {} {}</li>").format(each.place, each.what, each.to_do) for each in unknown)
        st.html(Markup('<section class="rf-note" role="status"><p>Not known:</p><ul>{}</ul></section>').format(items))


def _on_a_day(day: date, found: Price | None, of_the_form: Price) -> Row:
    if found is None:
        return day_in_figures(day), NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN
    change = money(found.per_hour) - money(of_the_form.per_hour)
    said = "This form" if found is of_the_form else Markup("{}{}").format("+" if change > NIL else "", pounds(change))
    return (day_in_figures(day), said, pounds(money(found.per_hour)), pounds(money(found.per_week)),
            NOT_KNOWN if found.per_year is None else pounds(money(found.per_year)))


def _parts(price: Price) -> Markup:
    rows = [(part.section.value, pounds(part.shown), f"{part.share_percent}%") for part in price.parts]
    if price.rounding:
        rows.append(("Rounding", pounds(price.rounding), NO_SHARE))
    share = sum((part.share_percent for part in price.parts), start=price.parts[0].share_percent * 0)
    return table_html("The parts of the price", [words(f"Of each {price.quoted_per}"), figures("£"), figures("Share")], rows,
                      total=("The price", pounds(money(price.quoted)), f"{share}%"))


def _who_pays(price: Price) -> Markup:
    """What each funder pays of a week, and what nobody pays."""
    if price.shares is None:
        return Markup("")
    rows: list[Row] = [(payer.name, pounds(share)) for payer, share in price.shares.by_payer]
    if price.shares.not_paid:
        rows.append(("Contingency that nobody pays", pounds(price.shares.not_paid)))
    return table_html("Who pays the week", [words("Who pays a week"), figures("£")], rows, total=("The week", pounds(money(price.per_week))))


def _for_longer(price: Price) -> Markup:
    """The prices that follow from the one that is quoted."""
    week = Markup("<li>{} a week, for {}</li>").format(_strong(money(price.per_week)), in_words(price.hours_per_week).removesuffix(" a week"))
    hour = Markup("<li>{} an hour</li>").format(_strong(money(price.per_hour)))
    year = Markup("<li>A year: {}, as its weeks are not given</li>").format(NOT_KNOWN)
    if price.per_year and price.weeks_per_year:
        year = Markup("<li>{} a year, of {}</li>").format(_strong(money(price.per_year)), in_words(price.weeks_per_year).removesuffix(" a year"))
    return Markup("<ul>{}{}</ul>").format(week if price.quoted_per is Per.HOUR else hour, year)


def _rows(part: PricePart) -> Iterator[Row]:
    yield Markup("<strong>{}</strong>").format(part.section.value), _strong(part.shown), Markup("<strong>{}%</strong>").format(part.share_percent)
    for line in () if part.is_one_line else part.lines:
        yield Markup('<span class="rf-in">{}</span>').format(line.label), pounds(line.shown), f"{line.share_percent}%"


def _strong(amount: Money) -> Markup:
    return Markup("<strong>{}</strong>").format(pounds(amount))


def _each(price: Price) -> str:
    each = "an hour" if price.quoted_per is Per.HOUR else "a week"
    return f"{each}, at the rates of {day_in_words(price.on)}" if price.until is None else f"{each}, for all days {price.days_in_words}"


def _before(is_before: bool) -> Markup:
    return Markup("<p>{}</p>").format(tag(BEFORE, "orange")) if is_before else Markup("")
