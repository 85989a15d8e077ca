"""Every action tried as every role: what the page docs/people-and-rights.md says is what happened here.

`python -m tests.actions.rights_tried` prints the table that belongs between the marks of that page.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import ringfence.actions
from basics.errors import NotAllowed, RingfenceError
from basics.money import Money
from basics.periods import Month, Period
from costing.figure import Figure, Typed, Unit, given
from costing.offer import check_offer
from costing.package import Amount, Package, Per, Support
from ringfence.actions import desk
from ringfence.actions.acting import Acting, rehearsing
from ringfence.actions.books import add_user
from ringfence.actions.reconciling import reconcile
from ringfence.actions.rights import Role
from ringfence.actions.uploading import sent
from ringfence.importing.record_file import read_record
from ringfence.importing.split_file import read_split_file
from ringfence.store.engine import Store

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
READER = "budget holder"
"""No user at all: readers come in by a door of their own, to which no action belongs."""
TRIED_AS = (*(role.value for role in Role), "no role", READER)
REFUSALS = ("It takes the role of", "is not a user here", "has left")

Action = Callable[..., Any]
Given = Mapping[str, Any]


def actions() -> Iterator[tuple[str, Action]]:
    """Every public function whose first argument is who acts, by its module and name."""
    for module in pkgutil.iter_modules(ringfence.actions.__path__):
        found = importlib.import_module(f"ringfence.actions.{module.name}")
        for name, each in vars(found).items():
            if inspect.isfunction(each) and each.__module__ == found.__name__ and not name.startswith("_") and each is not rehearsing:
                first = next(iter(inspect.signature(each).parameters), "")
                if first == "acting":
                    yield f"{module.name}.{name}", each


def arguments(name: str, action: Action, folder: Path, known: Mapping[str, Given]) -> dict[str, Any]:
    """Something for every argument that must be given: enough to be asked who one is, and not to do much."""
    wanted = [each for each in list(inspect.signature(action).parameters.values())[1:] if each.default is each.empty]
    return {each.name: known.get(name, {}).get(each.name, _plain(each, folder)) for each in wanted if each.kind is not each.VAR_POSITIONAL
            and each.kind is not each.VAR_KEYWORD}


def _plain(wanted: inspect.Parameter, folder: Path) -> Any:
    kind = str(wanted.annotation).partition(" |")[0].partition("[")[0]
    plain: dict[str, Any] = {
        "Month": Month(2026, 10), "Period": Period(date(2026, 10, 1), date(2026, 10, 31)), "date": AT.date(), "int": 1, "bytes": b"x", "bool": False,
        "str": "nothing like this", "Sequence": [], "Iterable": [], "Mapping": {}, "Path": EXAMPLES / "people.csv", "Money": Money(0)}
    return folder if wanted.name in ("documents", "evidence", "folder", "out") else plain.get(kind)


def number(value: int) -> Figure:
    return given(Decimal(value), "", Unit.NUMBER, Typed("here"))


def special(finance: Acting, folder: Path) -> Mapping[str, Given]:
    """What must be of a shape to be taken up at all, by action."""
    bank, paper = folder / "bank.csv", folder / "letter.pdf"
    bank.write_text("date,description,paid in,paid out\n02/10/2026,A council,10.00,\n", encoding="utf-8")
    paper.write_bytes(b"%PDF-1.7")
    split = read_split_file(EXAMPLES / "block.split.yaml")
    package = Package("Outreach", AT.date(), Support(number(10), weeks_per_year=number(52)), Per.HOUR, number(1),
                      other_direct=(Amount("Support", number(20), Per.HOUR),))
    visits = sent("visits", (EXAMPLES / "visits.csv").read_bytes(), "visits.csv")
    advice = b"invoice,amount\n1,10.00\n"
    return {
        "applying.apply_file": {"path": EXAMPLES / "apply.yaml"}, "applying.rehearse_file": {"path": EXAMPLES / "apply.yaml"},
        "bank_in.import_bank": {"path": bank, "account": "people"}, "bank_in.take_bank": {"content": bank.read_bytes(), "account": "people"},
        "bank_in.import_remittance": {"path": _file(folder, advice)}, "bank_in.take_remittance": {"content": advice, "name": "advice.csv"},
        "documents.document": {"document_id": 1, "form": "pdf"}, "documents.draft": {"kind": "invoices", "name": "draft-1.pdf"},
        "evidence.add_evidence": {"file": paper}, "importing.import_visits": {"path": EXAMPLES / "visits.csv"},
        "recording.record_file": {"path": EXAMPLES / "record.yaml"}, "recording.record": {"file": read_record(EXAMPLES / "record.yaml")},
        "reviews.review_of_file": {"path": EXAMPLES / "next_year.review.yaml"}, "readers.grant": {"relationship": "attorney"},
        "reconciling.propose_reconciliation": {"found": reconcile(finance, date(2026, 10, 31), Money(0))},
        "split_content.split_content": {"asked": split, "method": split.method},
        "subsidies.propose_subsidy": {"checked": check_offer(package, Money(1850), Per.HOUR, rates_until=None), "last": date(2027, 3, 31)},
        "uploading.rehearsed": {"file": visits}, "uploading.brought_in": {"file": visits},
        "users.set_passphrase": {"passphrase": "several words that nobody guesses"}, "users.name_identity": {"issuer": "https://sign-in.example"},
    }


def tried(store: Store, folder: Path) -> dict[str, tuple[str, ...]]:
    """By action, the roles that were let through, however it went on from there."""
    for role in Role:
        add_user(store, role.value, added_by="asha", at=AT, roles=[role])
    add_user(store, "no role", added_by="asha", at=AT, roles=[Role.AUDITOR])
    from ringfence.actions.users import take_role

    take_role(Acting(store, "asha", AT), "no role", Role.AUDITOR)
    known = special(Acting(store, "asha", AT), folder)
    return {name: tuple(role for role in TRIED_AS if _is_let_through(action, Acting(store, role, AT), arguments(name, action, folder, known)))
            for name, action in actions()}


def _is_let_through(action: Action, acting: Acting, given: Mapping[str, Any]) -> bool:
    try:
        action(acting, **given)
    except NotAllowed as error:
        return not any(words in str(error) for words in REFUSALS)
    except (RingfenceError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return True
    return True


def table(found: Mapping[str, tuple[str, ...]]) -> str:
    """The same as a page shows it: one row for all actions that the same roles may do."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, roles in found.items():
        alike.setdefault(roles, []).append(name)
    head = f"| {' | '.join(TRIED_AS)} | actions |"
    rows = [f"| {' | '.join('yes' if role in roles else '–' for role in TRIED_AS)} | {', '.join(f'`{name}`' for name in sorted(names))} |"
            for roles, names in sorted(alike.items(), key=lambda item: (-len(item[0]), item[0]))]
    return "\n".join([head, f"|{'---|' * (len(TRIED_AS) + 1)}", *rows])


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "advice.csv"
    path.write_bytes(content)
    return path


def main() -> None:
    from ringfence.actions.books import make_books
    from tests.actions.provider_books import NAMES, Books, agreements

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        store = make_books(str(folder / "books.db"), provider="Halden Support", sample=True, key=None)
        desk.sit_down(str(folder / "books.db"), key=None)
        books = Books(store)
        books.open()
        books.people(NAMES)
        books.apply(agreements())
        sys.stdout.write(f"{table(tried(store, folder))}\n")
        store.close()


if __name__ == "__main__":
    main()
