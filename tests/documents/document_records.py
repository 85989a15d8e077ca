"""Records to print in the tests: one ordinary month of an invented person, and its variations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from basics.money import Money
from invoicing.invoice import Invoice, InvoiceLine
from isf.statement import (
    BudgetLine,
    Contact,
    Correction,
    Forecast,
    GivenLine,
    MoneyHeld,
    MoneyLine,
    OverCap,
    PartOf,
    Shortfall,
    Statement,
)

DANNY = Statement(
    fund_key="F-0042",
    fund_kind="isf",
    person_reference="P-0042",
    name="Daniel Okoro",
    known_as="Danny",
    provider="Harbour Support",
    month="2026-10",
    period_words="1 to 31 October 2026",
    headline="Danny has money left and is on target. You do not need to do anything.",
    status="on target",
    money=MoneyHeld(
        opening_pence=140216,
        paid_in=(
            MoneyLine("Northshire Council paid in, on 19 October", 176400),
            MoneyLine("Danny paid in, on 19 October", 25200),
        ),
        paid_out=(MoneyLine("Support for Danny", -218300),),
        put_right=(MoneyLine("We put back a mistake from September", 2440),),
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
        GivenLine("Support just for Danny", "£24.40 an hour", "minutes", 1680, 1590, 64660),
        GivenLine("Shared support", "Four people share 124 hours", "minutes", 1860, 1860, 75640),
        GivenLine("Someone asleep in the house", "Four people share £96.00 a night", "nights", 31, 31, 74400),
        GivenLine("Swimming", "£9.00 each time", "times", 4, 4, 3600),
    ),
    given_total_pence=218300,
    shortfalls=(
        Shortfall("20 October", "Support just for Danny", 60, "Our worker was ill"),
        Shortfall("24 October", "Support just for Danny", 30, "Danny chose to stop early"),
    ),
    corrections=(
        Correction("September 2026", "Support just for Danny", 2440, 0,
                   "Danny was at hospital on 17 September. We charged an hour by mistake."),
    ),
    contacts=(
        Contact("First, ring us", "Asha Patel", "01632 960 101"),
        Contact("You can also ring", "Adult care, Northshire Council", "01632 960 102"),
        Contact("If we cannot agree", "Local Government and Social Care Ombudsman", "0300 061 0614"),
    ),
    seal="7f3a-91c2",
    draft=False,
    practice=False,
)

BELOW_NIL = replace(
    DANNY,
    status="over",
    headline="Danny has used more than planned so far. Please ring Asha Patel to talk about it.",
    money=replace(
        DANNY.money,
        opening_pence=-5000,
        paid_in=(MoneyLine("Northshire Council paid in, on 19 October", 176400),),
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
    headline="We cannot say yet whether Danny is on target: we have not been told the budget. Please ring Asha Patel to talk about it.",
    budgets=(BudgetLine("October 2026", 223200, 218300, 4900), BudgetLine("1 April 2026 to 31 March 2027", None, 1522844, None)),
    given=(GivenLine("Other support", "£24.40 an hour", "minutes", None, 75, 3050), *DANNY.given),
    given_total_pence=221350,
    corrections=(),
)

NOTHING = replace(
    DANNY,
    status="under",
    headline="Danny has used less than planned so far. Please ring Asha Patel to talk about it.",
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
        GivenLine(f"Support line {n} of sixty", f"{Money(2000 + n)} an hour", "minutes", 600 + n, 615 + n, 20000 + n)
        for n in range(1, 61)
    ),
    given_total_pence=sum(20000 + n for n in range(1, 61)),
    shortfalls=tuple(
        Shortfall(f"{n + 1} October", f"Support line {n + 1} of sixty", 15 + n, "Our worker was ill")
        for n in range(20)
    ),
    corrections=tuple(
        Correction("August 2026", f"Visit number {n}", 2440 + n, 1220, "The visit was shorter than we wrote.") for n in range(1, 9)
    ),
)

DRAFT = replace(DANNY, draft=True, seal="")
PRACTICE = replace(DANNY, practice=True)

OVER_THE_CAP = replace(
    DANNY,
    over_cap=(OverCap("Northshire Council", 10456, 7500, (PartOf("Northshire Council", 9111), PartOf("Danny", 1345)), ("2027-01-23",), True, 2500),),
    forecast=Forecast("2027-03-31", 2611045, 16955, 126000, 131040),
)
READ_IN_TWO_WAYS = replace(
    DANNY,
    over_cap=(OverCap("Northshire Council", 10456, 7500, (), ("2026-12-05", "2027-01-23"), False, 0),
              OverCap("Northvale Integrated Care Board", 17956, None, (), (), False, 0),
              OverCap("Northshire Council", 17956, None, (PartOf("Northshire Council", 17956),), ("2026-10-03",), True, 0),
              OverCap("Northshire Council", 5000, 12956, (), (), True, 0)),
    forecast=Forecast("2027-03-31", 2700000, -72000, None, None),
)

STATEMENTS = {
    "ordinary": DANNY, "below nil": BELOW_NIL, "not known": NOT_KNOWN, "nothing": NOTHING, "long": LONG, "draft": DRAFT,
    "practice": PRACTICE, "practice draft": replace(DRAFT, practice=True),
    "over the cap": OVER_THE_CAP, "read in two ways": READ_IN_TWO_WAYS,
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
INSTALMENT = replace(
    COUNCIL,
    person_words="Contract NSC-BLOCK, instalment 7",
    lines=tuple(InvoiceLine("", f"Support for person P-{n:04d}, 5 October to 1 November 2026", "1", "", 176400 + n) for n in range(1, 5)),
    total_pence=sum(176400 + n for n in range(1, 5)),
)
NO_LINES = replace(COUNCIL, lines=(), total_pence=0)

INVOICES = {"ordinary": COUNCIL, "draft": COUNCIL_DRAFT, "two hundred lines": TWO_HUNDRED, "no lines": NO_LINES, "instalment": INSTALMENT,
            "practice": replace(COUNCIL, practice=True)}
