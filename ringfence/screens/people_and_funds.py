"""People and funds: everybody's funds, found by a name, a payer, a contract or how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st
from markupsafe import Markup, escape

from basics.money import Money
from isf.accounts import FundKind
from ringfence.actions.people_and_funds import ListedFund, Standing, in_words
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import heading
from ringfence.screens.components.markup import TAGS, address, held, how_many, link, pounds, tag, under
from ringfence.screens.components.paged import first_page, paged
from ringfence.screens.components.table import Row, figures, table_html, words
from ringfence.screens.funds_found import ANY, BY_ATTENTION, BY_NAME, KINDS, Asked, Found, Funds, found, read

PAGE = "page"
TO_LOOK_AT = (Standing.OVER, Standing.NOT_KNOWN, Standing.UNDER)


def page() -> None:
    with st.spinner("Reading the funds …"):
        funds = read(acting())
    heading("People and funds", _first_line(funds))
    if funds.listed:
        _list()
    else:
        st.html(Markup('<p class="rf-empty">There is nobody here yet. {} first; then say who pays for whom.</p>').format(
            link("Bring in the people", address("import"))))


@st.fragment
def _list() -> None:
    """The filters and the list below them: what is typed draws this part again and nothing else."""
    funds = read(acting())
    matches = found(funds, _asked(funds))
    st.html(Markup('<p class="rf-quiet" role="status">{}</p>').format(_how_many(matches, funds)))
    paged(matches.order, PAGE, lambda shown: _table([funds.listed[at] for at in shown], matches))


def _asked(funds: Funds) -> Asked:
    """What the filters say. Each stands in the address under its own name, and a change of any leads back to the first page."""
    first, second, third = st.columns([4, 3, 3])
    search = first.text_input("Search", key="search", bind="query-params", live=True, on_change=first_page, args=(PAGE, "search"), autocomplete="off",
                              placeholder="A name or a reference")
    standing = _choice(second, "Status", "status", [ANY, *funds.standings])
    payer = _choice(third, "Who pays", "payer", [ANY, *funds.payers])
    more_chosen = any(st.query_params.get(name) for name in ("kind", "contract", "sort"))
    more = st.expander("More filters, and the order", expanded=more_chosen, key="more", on_change="rerun")
    if not (more.open or more_chosen):  # a search draws no more than it must
        return Asked(search or "", standing, payer)
    first, second, third = more.columns([4, 3, 3])
    kind = _choice(first, "Kind of fund", "kind", [ANY, *funds.kinds])
    contract = _choice(second, "Contract", "contract", [ANY, *funds.contracts])
    sort = _choice(third, "In the order of", "sort", [BY_ATTENTION, BY_NAME])
    return Asked(search or "", standing, payer, contract, kind, sort)


def _choice(column: st.delta_generator.DeltaGenerator, label: str, key: str, options: list[str]) -> str:
    return column.selectbox(label, options, key=key, bind="query-params", on_change=first_page, args=(PAGE, key)) or options[0]


def _first_line(funds: Funds) -> Markup:
    people = len({fund.person for fund in funds.listed if fund.person})
    counted = [(standing, funds.counts[standing]) for standing in TO_LOOK_AT if funds.counts.get(standing)]
    looked = Markup(", ").join(link(f"{standing.lower()} ({count:,})", address("people", status=standing)) for standing, count in counted)
    to_do = Markup(" To look at: {}.").format(looked) if looked else ""
    return Markup("{}, {}.{}").format(how_many(people, "person", "people"), how_many(len(funds.listed), "fund"), to_do)


def _how_many(matches: Found, funds: Funds) -> str:
    every = how_many(len(funds.listed), "fund")
    matched = every if matches.count == len(funds.listed) else f"{matches.count:,} of {every}"
    stated = f"Budget, used, left and status are as the statements of {funds.stated.in_words} say." if funds.stated else (
        "No statement has been issued yet: budgets and statuses stand here after the first month end.")
    return f"{matched}. The money we hold is as the books have it now. {stated}"


def _table(shown: Sequence[ListedFund], matches: Found) -> None:
    columns = [words("Person"), words("Who pays"), figures("Money we hold"), figures("Budget for the year"), figures("Used"),
               figures("Left"), words("Status")]
    st.html(Markup('<div class="rf-list">{}</div>').format(table_html(
        "People and their funds", columns, map(_row, shown), total=_total(matches) if shown else None,
        empty="No fund is like this. Write less in the search, or choose “All” in the filters.")))


def _row(fund: ListedFund) -> Row:
    return [_name(fund), _payers(fund), _held(fund), *_year(fund), _status(fund)]


def _name(fund: ListedFund) -> Markup:
    named = link(fund.known_as or fund.name, address("fund", fund=fund.fund))
    below = f"{fund.name} · {fund.person}" if fund.person else KINDS[fund.kind]
    return named + under(below)


def _payers(fund: ListedFund) -> Markup:
    below = ", ".join(fund.order_numbers) or fund.contract
    return escape("We pay" if fund.kind is FundKind.PROVIDER else in_words(fund.payers)) + (under(below) if below else "")


def _held(fund: ListedFund) -> Markup:
    return Markup("") if fund.kind is FundKind.PROVIDER else held(fund.held_pence)


def _year(fund: ListedFund) -> Iterable[Markup]:
    """The year's budget, what of it is used and left; a fund that is nobody's own has none."""
    if not fund.person:
        return [Markup("")] * 3
    over = under("over") if (fund.left_pence or 0) < 0 else ""
    return [pounds(fund.budget_pence), pounds(fund.used_pence), pounds(fund.left_pence) + over]


def _status(fund: ListedFund) -> Markup:
    """As the statement says it; what we carry stands apart, under it."""
    standing = fund.standing
    if standing is Standing.NOBODYS:
        return Markup("")
    return tag(standing, "" if standing in TAGS else "grey") + (under(f"we carry {Money(fund.carried_pence)}") if fund.carried_pence else "")


def _total(matches: Found) -> Row:
    """Of all matches, and what is below nil apart: nobody's overspend is ever taken off what another has left."""
    return [f"All {how_many(matches.count, 'fund')} found", "", _both(matches.held_pence, -matches.owed_pence, "owed for support"),
            pounds(matches.budget_pence), pounds(matches.used_pence), _both(matches.left_pence, matches.over_pence, "over"),
            Markup('<span class="rf-under">{}</span>').format(f"{matches.not_known:,} not known") if matches.not_known else ""]


def _both(above: int, below: int, words_for_below: str) -> Markup:
    apart = Markup('<span class="rf-under">and {} {}</span>').format(pounds(below), words_for_below) if below else ""
    return Markup("{}{}").format(pounds(above), apart)
