"""Every page for every role: shown to whom the written table says, with no name for those who may read none, and no button that one may not press."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ringfence.actions.rights import Role
from tests.screens.conftest import Open
from tests.screens.pages_tried import PAGES, READER, TRIED_AS, tried, with_every_role

PAGE = (Path(__file__).parents[2] / "docs" / "people-and-rights.md").read_text(encoding="utf-8")
WRITTEN = [[cell.strip() for cell in row.strip("|").split("|")] for row in PAGE.split("<!-- pages -->\n")[1].split("\n<!-- end -->")[0].splitlines()]
STORES_NOTHING = re.compile(
    r"Calculate |Write all documents |Tick |Start |Add (?!the pay|this pay|the user)|Fill it in|Show |More$|Less$|Remove$|Bring back|Leave |Use these"
    r"|Assume |Change “|Take “|Take it out|Price it from another day")
"""What one may press who only reads: it works something out, writes a copy to a folder, or fills a form that is stored nowhere."""
FINANCE, APPROVER, AUDITOR = Role.FINANCE.value, Role.APPROVER.value, Role.AUDITOR.value
NAMELESS = (Role.TRUSTEE.value, Role.ADMINISTRATOR.value, "no role", READER)


def shown_to(who: str) -> set[str]:
    """The addresses of the pages that the table says somebody is shown."""
    column = WRITTEN[0].index(who)
    return {row[0].split("`")[1].removeprefix("/") for row in WRITTEN[2:] if row[column] == "yes"}


def test_the_table_has_every_page_and_every_role() -> None:
    assert WRITTEN[0] == ["page", *TRIED_AS]
    assert [row[0] for row in WRITTEN[2:]] == [f"{title} `/{address}`" for address, title in PAGES.items()]


@pytest.mark.parametrize("who", TRIED_AS)
def test_each_role_is_shown_its_pages_and_on_them_nothing_that_is_not_theirs(open_page: Open, books_file: Path, who: str) -> None:
    names = with_every_role(books_file)
    seen = dict(tried(open_page, who))
    assert {address for address, each in seen.items() if each.is_shown} == shown_to(who)
    assert [address for address, each in seen.items() if "There is a problem" in each.text] == []
    pressed = {label for each in seen.values() for label in each.buttons}
    stores = {label for label in pressed if not STORES_NOTHING.match(label)}
    found = {name for each in seen.values() for name in names if name in each.text}
    if who == FINANCE:
        assert not any(label.startswith("Approve") for label in stores)
        assert {label.split()[0] for label in stores} >= {"Publish", "Prepare"}
        assert "Approve 1 change of 1 rate: only an approver may do this." in seen["approvals"].text
    elif who == APPROVER:
        assert {label.split()[0] for label in stores} == {"Approve"}
        assert "Bring in a file: only a finance manager may do this." in seen["import"].text
    else:
        assert stores == set()
    if who in NAMELESS:
        assert found == set()
    elif who == Role.CO_ORDINATOR:
        assert len(found) == 1
    else:
        assert found == names
