"""What the bank shows, month by month: instalments, invoices paid in time, late, in part or not at all, contributions and draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from basics.money import Money
from basics.periods import Month
from invoicing.drafts import AnyDraft, Draft
from sample_data.block import INSTALMENTS_BEFORE_LIVE, Block, Section
from sample_data.names import COUNCIL, ICB, SECOND_COUNCIL
from sample_data.people import IN_ARREARS, PAID_LATE, PART_PAID
from sample_data.plans import Cast, Supported

FIRST_INVOICE = 1001
DRAW_ON_DAY, PAID_OVER_ON_DAY = 8, 20
DAYS_TO_COME = timedelta(days=12)
"""From the day an instalment is invoiced for until it is in the bank."""
PAYS_ON_DAY = {SECOND_COUNCIL: 28, ICB: 21}
OWN_DAY = 14
PAID_UNTIL = Month(2026, 3)
"""The last month that the fund in arrears was paid for."""
PAID_IN_PART = Month(2026, 5)
PAID_TWO_MONTHS_LATE = Month(2026, 4)


@dataclass(frozen=True)
class Asked:
    """An invoice for support that was given in a month, still to be paid."""

    number: int
    month: Month
    funder: str
    person: str
    pence: int


class Bank:
    """The provider’s two bank accounts: one that holds people’s money, and its own."""

    def __init__(self, cast: Cast, blocks: Sequence[Block]) -> None:
        self._people = {one.reference: one for one in cast.people}
        self._blocks = blocks
        self._asked: list[Asked] = []
        self._next_number = FIRST_INVOICE

    def issued(self, month: Month, drafts: Iterable[AnyDraft]) -> None:
        """Note the invoices of a month in the order in which they were numbered."""
        for number, draft in enumerate(drafts, start=self._next_number):
            if isinstance(draft, Draft):
                self._asked.append(Asked(number, month, draft.funder, draft.fund.removeprefix("spot-"), draft.pence))
            self._next_number = number + 1

    def month(self, month: Month, *, live: bool) -> Section:
        """The lines of the two accounts in a month, all placed or explained; `live` from the month in which the funds went live."""
        lines = [*self._invoices_paid(month)]
        if live:
            lines += [*self._instalments_paid(month), *self._contributions(month), _interest(month)]
        numbered = [{"line": f"BK-{month}-{n:03}", **line} for n, line in enumerate(sorted(lines, key=_in_order), start=1)]
        draws = [{"line": f"BK-{month}-draw", "on": _day(month, DRAW_ON_DAY), "words": f"Support given in {month.previous.in_words}",
                  "parts": "earned"}] if live else []
        return {"bank_lines": numbered, "draws": draws}

    def _instalments_paid(self, month: Month) -> Iterator[Section]:
        for block in self._blocks:
            for n, on in _coming(block, month):
                yield {"on": on, "account": "people", "pounds": Money(block.paid_by(COUNCIL, n)), "words": "NORTHSHORE COUNCIL ISF",
                       "instalment": {"contract": block.reference, "n": n}}

    def _contributions(self, month: Month) -> Iterator[Section]:
        """Contributions come into the provider’s own account on the day of the instalment, and are paid over a month later."""
        for block in self._blocks:
            for one in (one for one in block.people if one.contribution_pence):
                for n, on in _coming(block, month):
                    words = f"{one.last_name.upper()} STANDING ORDER"
                    yield _part(one, on, "provider", block.paid_by(one.pays_as, n), "contribution", words)
                before = [block.paid_by(one.pays_as, n) for n, _ in _coming(block, month.previous)]
                if sum(before):
                    yield _part(one, _day(month, PAID_OVER_ON_DAY), "people", sum(before), "paid over", "Contributions paid over")

    def _invoices_paid(self, month: Month) -> Iterator[Section]:
        """Each payer pays the invoices of the month before in one sum; some pay later, in part, or not."""
        by_payer: dict[str, list[Asked]] = {}
        paid = [asked for asked in self._asked if self._paid_in(asked) == month]
        for asked in paid:
            if self._is_in_part(asked):
                yield self._in_part(asked, month)
            else:
                by_payer.setdefault(asked.funder, []).append(asked)
        for funder, theirs in sorted(by_payer.items()):
            words = f"{funder.upper()} PAYMENT" if funder in PAYS_ON_DAY else f"{self._people[theirs[0].person].last_name.upper()} BACS"
            yield {"on": _day(month, PAYS_ON_DAY.get(funder, OWN_DAY)), "account": "provider",
                   "pounds": Money(sum(asked.pence for asked in theirs)), "words": words, "invoices": [asked.number for asked in theirs]}

    def _paid_in(self, asked: Asked) -> Month | None:
        """The month in which an invoice is paid; None for never."""
        position = self._people[asked.person].position
        if position == IN_ARREARS and asked.month > PAID_UNTIL:
            return None
        late = position == PAID_LATE and asked.month == PAID_TWO_MONTHS_LATE
        return asked.month.next.next.next if late else asked.month.next

    def _is_in_part(self, asked: Asked) -> bool:
        return self._people[asked.person].position == PART_PAID and asked.month == PAID_IN_PART

    def _in_part(self, asked: Asked, month: Month) -> Section:
        """The payer queries two visits, and pays the rest."""
        return {"on": _day(month, PAYS_ON_DAY[asked.funder]), "account": "provider", "pounds": Money(asked.pence * 3 // 4),
                "words": f"{asked.funder.upper()} PART PAYMENT, INVOICE {asked.number}",
                "parts": [{"person": asked.person, "fund": "spot", "funder": asked.funder, "pounds": Money(asked.pence * 3 // 4),
                           "as": "payment"}]}


def _coming(block: Block, month: Month) -> Iterator[tuple[int, date]]:
    """The instalments whose money comes in a month, and when; those before going live stand in the opening."""
    for row in block.instalments[INSTALMENTS_BEFORE_LIVE:]:
        if Month.of(on := row.invoice_on + DAYS_TO_COME) == month:
            yield row.n, on


def _part(one: Supported, on: date, account: str, pence: int, what_for: str, words: str) -> Section:
    return {"on": on, "account": account, "pounds": Money(pence), "words": words,
            "parts": [{"person": one.reference, "fund": "isf", "funder": one.pays_as, "pounds": Money(pence), "as": what_for}]}


def _interest(month: Month) -> Section:
    return {"on": month.last, "account": "people", "pounds": Money(300 + 7 * month.month), "words": "INTEREST",
            "explained": "Interest of the bank, which is nobody’s support: it goes to the office account"}


def _day(month: Month, day: int) -> date:
    return month.first.replace(day=day)


def _in_order(line: Section) -> tuple[str, str, str]:
    return str(line["on"]), str(line["words"]), str(line["pounds"])
