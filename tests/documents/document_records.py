"""Records to print in the tests: one ordinary month of an invented person, and its variations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from basics.money import Money
from basics.periods import Month
from invoicing.invoice import Invoice, InvoiceLine
from isf.statement import BudgetLine, Contact, Correction, GivenLine, MoneyHeld, MoneyLine, Shortfall, Statement
from ringfence.documents import words

DANNY = Statement(
    fund_key="F-0042",
    fund_kind="isf",
    person_reference="P-0042",
    name="Daniel Okoro",
    known_as="Danny",
    provider="Harbour Support",
    month="2026-10",
    period_words="1 to 31 October 2026",
    headline=words.headline("on target", "Danny"),
    status="on target",
    money=MoneyHeld(
        opening_pence=140216,
        paid_in=(
            MoneyLine(words.paid_in("Northshire Council", date(2026, 10, 19)), 176400),
            MoneyLine(words.paid_in("Danny", date(2026, 10, 19)), 25200),
        ),
        paid_out=(MoneyLine(words.spent_on_support("Danny"), -218300),),
        put_right=(MoneyLine(words.put_right(Month(2026, 9)), 2440),),
        closing_pence=125956,
        who_owes_when_below_nil="Northshire Council",
        paid_ahead_pence=108000,
        paid_ahead_words="1 to 15 November 2026",
        saved_pence=17956,
    ),
    budgets=(
        BudgetLine("October 2026", 223200, 218300, 4900),
        BudgetLine("1 April 2026 to 31 March 2027", 2628000, 1522844, 1105156, 1540800, 17956),
    ),
    given=(
        GivenLine("Support just for Danny", words.price(Money(2440), "an hour"), "minutes", 1680, 1590, 64660),
        GivenLine("Shared support", "Four people share 124 hours", "minutes", 1860, 1860, 75640),
        GivenLine("Someone asleep in the house", "Four people share £96.00 a night", "nights", 31, 31, 74400),
        GivenLine("Swimming", words.price(Money(900), "each time"), "times", 4, 4, 3600),
    ),
    given_total_pence=218300,
    shortfalls=(
        Shortfall("2026-10-20", "Support just for Danny", 60, "Our worker was ill"),
        Shortfall("2026-10-24", "Support just for Danny", 30, "Danny chose to stop early"),
    ),
    corrections=(
        Correction("2026-09", "One hour on 17 September", 2440, 0, "Danny was at hospital, and we charged the hour by mistake."),
    ),
    contacts=(
        Contact("Ask us", "Asha Patel", "01632 960 101"),
        Contact("Ask the council", "Northshire Council adult care", "01632 960 102"),
        Contact("Ask somebody independent", "Local Government and Social Care Ombudsman", "0300 061 0614"),
    ),
    seal="7f3a-91c2",
    draft=False,
    practice=False,
)

BELOW_NIL = replace(
    DANNY,
    status="over",
    headline=words.headline("over", "Danny"),
    money=replace(
        DANNY.money,
        opening_pence=-5000,
        paid_in=(MoneyLine(words.paid_in("Northshire Council", date(2026, 10, 19)), 176400),),
        put_right=(),
        closing_pence=-5000 + 176400 - 218300,
        saved_pence=-5000 + 176400 - 218300 - 108000,
    ),
    budgets=(
        BudgetLine("October 2026", 200000, 218300, -18300),
        BudgetLine("1 April 2026 to 31 March 2027", 1500000, 1522844, -22844, 879452, -643392),
    ),
    carried_pence=22844,
    shortfalls=(),
    corrections=(),
)

NOT_KNOWN = replace(
    DANNY,
    status="not known",
    headline=words.headline("not known", "Danny"),
    budgets=(BudgetLine("October 2026", 223200, 218300, 4900), BudgetLine("1 April 2026 to 31 March 2027", None, 1522844, None)),
    given=(GivenLine("Outreach", words.price(Money(2440), "an hour"), "minutes", None, 75, 3050), *DANNY.given),
    given_total_pence=221350,
    corrections=(),
)

NOTHING = replace(
    DANNY,
    status="under",
    headline=words.headline("under", "Danny"),
    money=MoneyHeld(0, (), (), (), 0, "Northshire Council"),
    budgets=(),
    given=(),
    given_total_pence=0,
    shortfalls=(),
    corrections=(),
)

LONG = replace(
    DANNY,
    known_as="Maximilian",
    name="Maximilian Featherstonehaugh-Cholmondeley",
    given=tuple(
        GivenLine(f"Support line {n} of sixty", words.price(Money(2000 + n), "an hour"), "minutes", 600 + n, 615 + n, 20000 + n)
        for n in range(1, 61)
    ),
    given_total_pence=sum(20000 + n for n in range(1, 61)),
    shortfalls=tuple(
        Shortfall((date(2026, 10, 1) + timedelta(days=n)).isoformat(), f"Support line {n + 1} of sixty", 15 + n, "Our worker was ill")
        for n in range(20)
    ),
    corrections=tuple(
        Correction("2026-08", f"Visit number {n}", 2440 + n, 1220, "The visit was shorter than we first wrote down.") for n in range(1, 9)
    ),
)

DRAFT = replace(DANNY, draft=True, seal="")
PRACTICE = replace(DANNY, practice=True)

STATEMENTS = {
    "ordinary": DANNY, "below nil": BELOW_NIL, "not known": NOT_KNOWN, "nothing": NOTHING, "long": LONG, "draft": DRAFT,
    "practice": PRACTICE, "practice draft": replace(DRAFT, practice=True),
}

_VISITS = tuple(
    InvoiceLine((date(2026, 10, 1) + timedelta(days=n % 31)).isoformat(), "Support at home, one worker", "1 h 30 m", "£24.40 an hour", 3660)
    for n in range(12)
)

COUNCIL = Invoice(
    key="2026-10/NSC/P-0042",
    number_words="HS-000123",
    draft=False,
    practice=False,
    provider="Harbour Support",
    provider_address=("4 Quay Street", "Northport", "NP1 4AB"),
    provider_contact="accounts@harbour.example, 01632 960 100",
    pay_to=("Account name: Harbour Support", "Sort code: 00-00-00", "Account number: 12345678", "Please quote HS-000123."),
    bill_to="Northshire Council",
    bill_to_address=("Adult Social Care Finance", "County Hall", "Northport NP1 1AA"),
    person_words="your reference NSC-88213",
    order_number="4500071234",
    period_words="1 to 31 October 2026",
    issued_words="5 November 2026",
    due_words="5 December 2026",
    lines=_VISITS,
    total_pence=3660 * 12,
    vat_words="No VAT is charged. Welfare services by a charity are exempt (VAT Act 1994, Schedule 9, Group 7).",
    seal="7f3a-91c2",
)

COUNCIL_DRAFT = replace(COUNCIL, number_words="", draft=True, issued_words="", due_words="", seal="")
TWO_HUNDRED = replace(
    COUNCIL,
    lines=tuple(
        InvoiceLine((date(2026, 10, 1) + timedelta(days=n % 31)).isoformat(), f"Visit {n + 1}, support at home with washing and a meal",
                    "45 m", "£24.40 an hour", 1830 + n)
        for n in range(200)
    ),
    total_pence=sum(1830 + n for n in range(200)),
)
NO_LINES = replace(COUNCIL, lines=(), total_pence=0)

INVOICES = {"ordinary": COUNCIL, "draft": COUNCIL_DRAFT, "two hundred lines": TWO_HUNDRED, "no lines": NO_LINES,
            "practice": replace(COUNCIL, practice=True)}
