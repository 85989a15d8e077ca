"""What became of an invoice after it was issued: credited, paid, written off and open; what was asked about it, and what was sent."""

from __future__ import annotations

from collections.abc import Iterator

from basics.periods import day_in_words
from ringfence.actions.crediting import credit_notes
from ringfence.actions.invoice_standing import Query, Standing, paid_towards
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import part
from ringfence.screens.components.markup import link, pounds, tag
from ringfence.screens.components.table import Row, figures, table, words


def show(one: Standing) -> None:
    """What became of it, and its queries where there are any."""
    part("What became of it")
    table("What became of it", [words("What"), figures("Amount")], _became(one), total=["Open", pounds(one.amounts.open)])
    if one.queries:
        part("Queries")
        table("Queries", [words("Asked"), words("What"), words("Who"), words("Answer")], map(_query, one.queries))


def _became(one: Standing) -> Iterator[Row]:
    of = one.amounts
    yield ["Asked for", pounds(of.asked)]
    for note in credit_notes(acting()):
        if note.invoice == of.number:
            number = link(f"Credit note {note.number:06d}", f"/documents/{note.document_id}.pdf", new_tab=True)
            yield [number + f" of {day_in_words(note.issued_on)}: {note.words}", pounds(-note.pence)]
    named = 0
    for each in paid_towards(acting(), of.number):
        named += each.pence
        yield [f"Paid on {day_in_words(each.on)}, bank line {each.line}", pounds(-each.pence)]
    if (rest := of.paid - named) > 0:
        yield ["Paid, from money that named no invoice: it pays the oldest first", pounds(-rest)]
    if of.written_off:
        yield ["Written off", pounds(-of.written_off)]


def _query(each: Query) -> Row:
    by = f" To be answered by {day_in_words(each.reply_by)}"
    answer = f"{each.outcome}, on {day_in_words(each.outcome_on)}" if each.outcome_on else tag("Open") + by
    return [day_in_words(each.on), each.words, each.raised_by, answer]


def history(one: Standing) -> list[Row]:
    """What was sent of it, and every letter about it."""
    sent = [(each.on, f"Sent to {each.to}", each.how) for each in one.sent]
    letters = [(each.on, f"Reminder {each.reference}, step {each.step}", each.how) for each in one.reminders]
    return [[day_in_words(on), what, how] for on, what, how in sorted([*sent, *letters])]
