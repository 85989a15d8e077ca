"""A bank file or a remittance advice, brought in from the browser: tried first, every row counted, then prepared."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.money import Money
from basics.periods import day_in_figures
from ringfence.actions.bank_in import BankTaken, take_bank, take_remittance
from ringfence.actions.uploading import Sent, sent
from ringfence.importing.bank_columns import ColumnsNotKnown
from ringfence.importing.bank_lines import BankRow
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.glossary import meaning
from ringfence.screens.components.markup import address, how_many, link, pounds
from ringfence.screens.components.offered import is_offered
from ringfence.screens.components.table import figures, table
from ringfence.screens.components.table import words as text
from ringfence.screens.receipts_columns import say_columns
from ringfence.screens.receipts_lines import DONE

BANK, ADVICE = "Bank file", "Remittance advice"
ACCOUNTS = {"The people’s money": "people", "Our own account": "provider"}
FIRST_SHOWN = 10
TURN = "receipts-turn"


def new_file() -> None:
    """Choose what it is, of which account, and the file; see what it would bring; prepare it."""
    part("Bring in a file of the bank")
    if not is_offered("Bring in a file of the bank"):
        return
    kind = st.segmented_control("What it is", [BANK, ADVICE], default=BANK, required=True, key="receipts-kind", help=meaning("bank line"))
    account = None
    if kind == BANK:
        account = st.segmented_control("Which account it is of", list(ACCOUNTS), key="receipts-account", help=meaning("money held"))
    turn = st.session_state.setdefault(TURN, 0)
    uploaded = st.file_uploader("The bank’s file" if kind == BANK else "The advice", key=f"receipts-file-{kind}-{turn}")
    words("OFX, MT940, CAMT.053, or the bank’s table as CSV or Excel. A file that comes again brings nothing twice." if kind == BANK
          else "A payer’s list of the invoices that one payment is for, CSV or Excel. Its bank line then finds them.", quiet=True)
    if uploaded is None:
        return
    file = sent("bank", uploaded.getvalue(), uploaded.name)
    if kind == ADVICE:
        _advice(file)
    elif account is None:
        words("Say which account this file is of.")
    else:
        _try(file, ACCOUNTS[account])


def _try(file: Sent, account: str) -> None:
    alike = bool(st.session_state.get("receipts-alike"))
    try:
        with st.spinner(f"Reading {file.name} …"):
            taken = take_bank(acting(), file.content, file.name, account, alike=alike, transfers=_transfers(), keep=False)
    except ColumnsNotKnown as asked:
        say_columns(asked)
        return
    except RingfenceError as error:
        show_problems(error)
        return
    _show(taken)
    if taken.alike or alike:
        st.checkbox("Bring in the rows that look like lines which are here already, too", key="receipts-alike")
    if account == "people" and any(row.pence > 0 for row in taken.new):
        _ask_for_transfers(taken)
    if taken.new and st.button(f"Prepare {how_many(len(taken.new), 'bank line')} for approval", type="primary", key="receipts-bring-in"):
        _bring_in(file, account, alike=alike)


def _show(taken: BankTaken) -> None:
    st.html(Markup("<ul><li>{} in the file ({})</li><li>{}: {} in and {} out</li><li>{} here already</li>{}{}</ul>").format(
        how_many(taken.rows_in, "row"), taken.how, how_many(len(taken.new), "new line"), Money(taken.in_pence), Money(-taken.out_pence), taken.same,
        Markup("<li>{} held back</li>").format(len(taken.alike)) if taken.alike else "",
        Markup("<li>{} not taken</li>").format(len(taken.problems)) if taken.problems else ""))
    for notice in taken.notices:
        st.html(Markup('<p class="rf-note">{}</p>').format(notice))
    if taken.problems:
        st.html(problem_summary(taken.problems, "The other rows can come in all the same.", title="These rows do not come in"))
    if taken.alike:
        _rows("They look like lines that are here under another reference, and are held back", taken.alike)
    if taken.new:
        _rows("The new lines", taken.new)


def _rows(caption: str, rows: tuple[BankRow, ...]) -> None:
    more = f"… and {len(rows) - FIRST_SHOWN:,} more." if len(rows) > FIRST_SHOWN else ""
    table(caption, [text("Row"), text("Day"), text("What the bank says"), figures("Amount")],
          [[str(row.row_number), day_in_figures(row.on), row.words, pounds(row.pence)] for row in rows[:FIRST_SHOWN]], note=more, show_caption=True)


def _transfers() -> list[int]:
    return list(st.session_state.get("receipts-transfers") or ())


def _ask_for_transfers(taken: BankTaken) -> None:
    named = {row.row_number: f"Row {row.row_number}: {Money(row.pence)}, {row.words}" for row in taken.new if row.pence > 0}
    st.multiselect("Rows that came over from our own account (contributions that we collected)", list(named),
                   format_func=lambda n: named.get(n, str(n)), key="receipts-transfers")


def _bring_in(file: Sent, account: str, *, alike: bool) -> None:
    try:
        taken = take_bank(acting(), file.content, file.name, account, alike=alike, transfers=_transfers())
    except RingfenceError as error:
        show_problems(error)
        return
    _done(Markup("<strong>{}: {} prepared.</strong> They stand here to be matched once another person approves them under {}. Its digest begins "
                 "<code>{}</code>.").format(file.name, how_many(len(taken.new), "line is", "lines are"),
                                            link("Waiting for approval", address("approvals")), taken.applied.digest[:12]))


def _advice(file: Sent) -> None:
    if not st.button(f"Note what {file.name} says", type="primary"):
        return
    try:
        advice, said = take_remittance(acting(), file.content, file.name)
    except RingfenceError as error:
        show_problems(error)
        return
    _done(Markup("<strong>{}: {}.</strong> {}. A bank line of this sum finds them.").format(
        file.name, "noted" if said else "noted before", advice.in_words))


def _done(words_of_it: Markup) -> None:
    st.session_state[DONE] = words_of_it
    st.session_state[TURN] += 1
    for key in ("receipts-alike", "receipts-transfers"):
        st.session_state.pop(key, None)
    st.rerun()
