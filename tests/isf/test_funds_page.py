"""The page on how a fund is kept prints the tables that the store's guards read."""

from pathlib import Path

import pytest

from isf.accounts import ROLES, RULES
from isf.position import OVER_PERCENT, UNDER_PERCENT

PAGE = (Path(__file__).parent.parent.parent / "docs" / "funds.md").read_text("utf-8")


def table(*rows: tuple[str, ...]) -> str:
    head, *body = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ("---",) * len(head), *body))


ACCOUNTS = table(("account", "in", "normally", "floor", "what it stands for"),
                 *((f"`{role.name}`", role.unit, role.side, role.floor, role.meaning) for role in ROLES))
RULES_TABLE = table(("debit", "credit", "in", "from", "needs", "what happened"),
                    *((f"`{rule.debit}`", f"`{rule.credit}`", rule.unit, (rule.origin or "").replace("_", " "), rule.needs, rule.meaning)
                      for rule in RULES))


@pytest.mark.parametrize(("name", "expected"), [("accounts", ACCOUNTS), ("rules", RULES_TABLE)])
def test_the_page_prints_every_account_and_every_rule(name, expected):
    printed = PAGE.split(f"<!-- {name} -->\n")[1].split("<!-- end -->")[0].strip()
    assert printed == expected, f"Put this table into docs/funds.md under “{name}”:\n{expected}"


def test_the_page_says_what_is_over_and_under():
    assert f"More than {OVER_PERCENT}% above is **over**, more than {UNDER_PERCENT}% below is **under**" in PAGE
