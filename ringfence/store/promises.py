"""Who has promised something in a fund: nobody else’s money is taken into it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from basics.people import FunderKind

_FUNDED = "SELECT 1 FROM funding g WHERE g.fund_id = f.id AND g.funder_id = u.id"
_PROMISED = (
    "SELECT 1 FROM entry e JOIN account d ON d.id = e.debit_account_id"
    " WHERE e.fund_id = f.id AND d.role = 'due' AND d.funder_id = u.id AND e.reverses_id IS NULL")
"""An allocation, an extra, what was brought over, what was taken on, or support charged: each makes something due."""
_STANDS = (
    "SELECT 1 FROM entry e LEFT JOIN entry b ON b.reverses_id = e.id"
    " WHERE e.fund_id = f.id AND a.id IN (e.debit_account_id, e.credit_account_id) AND e.reverses_id IS NULL AND b.id IS NULL")
"""What was put back stands no more."""
_OTHER = "(u.kind = :of_person AND NOT coalesce(u.person_id = f.person_id, FALSE))"
"""A person who pays, and whose fund it is not."""


def has_promised(connection: Connection, fund_key: str, payer: str) -> bool:
    """Whether a payer has a funding of this fund, of whatever days, or anything ever became due from it there."""
    found = text(f"SELECT 1 FROM fund f, funder u WHERE f.key = :fund AND u.reference = :payer AND (EXISTS ({_FUNDED}) OR EXISTS ({_PROMISED}))")
    return connection.execute(found, {"fund": fund_key, "payer": payer}).first() is not None


def strangers(connection: Connection) -> Iterator[tuple[str, str, bool]]:
    """Accounts of what is due from a payer who never promised anything in that fund, or who is another person: the fund, the payer, and whether
    it is another person."""
    found = text(
        f"SELECT f.key, u.reference, {_OTHER} AS other"
        " FROM account a JOIN fund f ON f.id = a.fund_id JOIN funder u ON u.id = a.funder_id"
        f" WHERE a.role = 'due' AND ({_OTHER}"
        f" OR NOT EXISTS ({_FUNDED}) AND NOT EXISTS ({_PROMISED})) AND EXISTS ({_STANDS}) ORDER BY 1, 2")
    for fund, payer, other in connection.execute(found, {"of_person": FunderKind.PERSON}):
        yield fund, payer, bool(other)
