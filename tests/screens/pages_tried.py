"""Every page drawn for every role: what the page docs/people-and-rights.md says is what was shown here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content
from ringfence.actions.books import add_user, open_books
from ringfence.actions.people_and_funds import list_funds
from ringfence.actions.rights import Role
from ringfence.actions.users import give_people, take_role
from ringfence.screens.places import MENU
from tests.screens.conftest import Open, text_of

READER = "budget holder or representative"
TRIED_AS = (*(role.value for role in Role), "no role", READER)
PAGES: Mapping[str, str] = {address: title for places in MENU.values() for _, title, address in places}
WAITS = {"rates": [{"rate": "outreach", "from": "2027-04-01", "to": "2028-03-31", "per": "hour", "pounds": "26.20"}]}
NOT_YOURS = ("This page is not for you.", "These pages are yours.", "You have no role here yet", "Ringfence records who prepares and who approves.")
WITH_A_FUND = {"fund": "isf-P001"}


@dataclass(frozen=True)
class Seen:
    """What one page showed to somebody: whether it was for them, its words, and its buttons."""

    is_shown: bool
    text: str
    buttons: tuple[str, ...]


def with_every_role(books: Path) -> frozenset[str]:
    """A user of each role, of whom the co-ordinator supports one person; something that waits for approval. Gives everybody's name."""
    store, now = open_books(str(books), key=None), datetime.now(UTC)
    asha = Acting(store, "asha", now)
    for role in Role:
        add_user(store, role.value, added_by="asha", at=now, roles=[role])
    add_user(store, "no role", added_by="asha", at=now, roles=[Role.AUDITOR])
    take_role(asha, "no role", Role.AUDITOR)
    give_people(asha, Role.CO_ORDINATOR, ["P001"], first=now.date())
    apply_content(asha, WAITS, "rates.yaml")
    names = frozenset(each.name for each in list_funds(asha).funds if each.name)
    store.close()
    return names


def tried(open_page: Open, who: str) -> Iterator[tuple[str, Seen]]:
    """Each page by its address, as one of them opens it. A page that fails has shown what it should not, and text_of refuses it."""
    for address in PAGES:
        page = open_page(address, user=who, **(WITH_A_FUND if address == "fund" else {}))
        text = text_of(page)
        yield address, Seen(not any(words in text for words in NOT_YOURS), text, tuple(each.label for each in page.button))


def table(shown: Mapping[str, frozenset[str]]) -> str:
    """What the documentation says: by page, who it is shown to."""
    head = f"| page | {' | '.join(TRIED_AS)} |"
    rows = [f"| {title} `/{address}` | " + " | ".join("yes" if address in shown[who] else "–" for who in TRIED_AS) + " |"
            for address, title in PAGES.items()]
    return "\n".join([head, f"|{'---|' * (len(TRIED_AS) + 1)}", *rows])
