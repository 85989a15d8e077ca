"""Random months of a provider, driven through the real actions, with the model beside them after every step."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from basics.errors import GuardRefused, RingfenceError
from basics.money import Money
from basics.periods import Month
from ringfence.actions.entries_named import entries_named
from ringfence.actions.month_end import lock_month
from ringfence.actions.verifying import verify
from ringfence.store.ledger import REVERSAL
from tests.actions.conftest import Shelf
from tests.actions.provider_books import OCTOBER, Books, agreements, bank_line, block_contract, by_delivery, house, part, visit
from tests.stateful.model_of_books import COUNCIL, Model, MustBeRefused, Visit

LAST_MONTH = Month(2027, 2)
ONE, TWO = "isf-P001", "isf-P002"
PAID_IN = {
    "people": [(ONE, COUNCIL, "payment"), (TWO, COUNCIL, "payment"), (ONE, "", "paid over")],
    "provider": [(ONE, "amina", "contribution"), ("spot-P003", COUNCIL, "payment"), ("spot-P003", "northvale", "payment"),
                 ("spot-P004", "peggy", "payment")]}
SUPPORT = [("P001", "outreach"), ("P002", "outreach"), ("P003", "care"), ("P004", "outreach"), ("elm-house", "shared-support")]

pence = st.integers(1, 60_000)
receipt = st.one_of(st.integers(1, 6_000), st.integers(1, 6_000), pence)
minutes = st.integers(1, 600)
days = st.integers(1, 28)
months_back = st.sampled_from([0, 0, 0, 1, 2])
isf = st.sampled_from([ONE, TWO])


def small_agreements() -> dict[str, Any]:
    """What the provider has agreed, with so little in each fund that random support goes beyond it."""
    agreed = agreements()
    split = {"contract": "SG-2026", "version": 1, "method": "amounts", "on": "2026-09-20",
             "top_slices": [{"name": "empty places", "pounds": "120.00"}],
             "people": [{"person": "P001", "pounds": "900.00", "contribution_pounds": "120.00", "minutes": 1200},
                        {"person": "P002", "pounds": "300.00", "minutes": 600}]}
    spot = [by_delivery("P003", COUNCIL, share=65), by_delivery("P003", "northvale", share=35), by_delivery("P004", "peggy")]
    return agreed | {"contracts": [block_contract(pounds="1,320.00")], "splits": [split], "fundings": [*agreed["fundings"][:2], *spot]}


def modelled() -> Model:
    model = Model()
    model.agree(ONE, {COUNCIL: 78_000, "amina": 12_000}, 1200)
    model.agree(TWO, {COUNCIL: 30_000}, 600)
    model.agree("reserve-SG-2026", {COUNCIL: 12_000})
    return model


def months_from(first: Month, last: Month) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def plain(amount: int) -> str:
    return Money(amount).plain


class RandomMonths(RuleBasedStateMachine):
    """Every rule does one thing in the books and in the model. Where the model says that it must be refused, it must be, and changes nothing."""

    opened: Callable[[], AbstractContextManager[Books]]

    def __init__(self) -> None:
        super().__init__()
        self.at = type(self).opened()
        self.books = self.at.__enter__()
        self.model, self.month, self.n = modelled(), OCTOBER, 0
        self.imports: list[tuple[int, list[Visit]]] = []
        self.to_lock: list[Month] = []
        self._on_second_of_next()

    def teardown(self) -> None:
        assert verify(self.books.store, referee=True) == []
        self.at.__exit__(None, None, None)

    # how a step is taken

    def _on_second_of_next(self) -> None:
        self.books.at = datetime(self.month.next.year, self.month.next.month, 2, 9, tzinfo=UTC)

    def _name(self, of: str) -> str:
        self.n += 1
        return f"{of}-{self.n}"

    def _day(self, day: int, back: int = 0) -> date:
        month = self.month
        for _ in range(back):
            month = month.previous if month > OCTOBER else month
        return date(month.year, month.month, day)

    def _both(self, act: Callable[[], object], change: Callable[[Model], object]) -> bool:
        """Do it in both; whether it was taken."""
        after = copy.deepcopy(self.model)
        try:
            change(after)
        except MustBeRefused:
            self._refused_in_words(act)
            after = self.model
        else:
            act()
        taken, self.model = after is not self.model, after
        self._agree()
        return taken

    @staticmethod
    def _refused_in_words(act: Callable[[], object]) -> None:
        """By an action, which says what to do; the guards of the database stand behind it and are never met."""
        with pytest.raises(RingfenceError) as refusal:
            act()
        assert not isinstance(refusal.value, GuardRefused), refusal.value

    def _agree(self) -> None:
        ours, theirs = self.books.balances(), self.model.shown()
        assert ours == theirs, {fund: (ours.get(fund), theirs.get(fund)) for fund in ours | theirs if ours.get(fund) != theirs.get(fund)}

    def _apply(self, content: Mapping[str, Any], change: Callable[[Model], object]) -> bool:
        return self._both(lambda: self.books.apply(content), change)

    # money

    @initialize(council=st.integers(1, 26_000), one=st.integers(0, 4_000))
    def the_council_pays_its_first_instalments(self, council: int, one: int) -> None:
        line, on, parts = self._name("BK"), self._day(1), [(ONE, COUNCIL, "payment", council), (TWO, COUNCIL, "payment", council // 2 + 1)]
        item = bank_line(line, on.isoformat(), plain(council + council // 2 + 1 + one), **self._parts(parts))
        self._apply({"bank_lines": [item]}, lambda model: model.receive(line, "people", on, council + council // 2 + 1 + one, parts))

    @rule(account=st.sampled_from(sorted(PAID_IN)), data=st.data(), day=days, back=months_back)
    def the_bank_brings_money_for_several(self, account: str, data: st.DataObject, day: int, back: int) -> None:
        whose = data.draw(st.lists(st.sampled_from(PAID_IN[account]), unique=True, min_size=0, max_size=3))
        sums = [data.draw(receipt) for _ in whose]
        rest = data.draw(st.sampled_from([0, 0, 0, 1, 500, -1]))
        total, on, line = max(1, sum(sums) + rest), self._day(day, back), self._name("BK")
        parts = [(*one, amount) for one, amount in zip(whose, sums, strict=True)]
        item = bank_line(line, on.isoformat(), plain(total), account, **self._parts(parts))
        self._apply({"bank_lines": [item]}, lambda model: model.receive(line, account, on, total, parts))

    @staticmethod
    def _parts(parts: list[tuple[str, str, str, int]]) -> dict[str, Any]:
        return {"parts": [part(fund, plain(amount), how, payer or None) for fund, payer, how, amount in parts]} if parts else {}

    @precondition(lambda self: self._unplaced())
    @rule(data=st.data(), of=isf, explained=st.booleans())
    def what_was_left_of_a_line_is_placed(self, data: st.DataObject, of: str, explained: bool) -> None:
        """It may be explained as nobody’s instead."""
        line = data.draw(st.sampled_from(self._unplaced()))
        found = self.model.lines[line]
        item = bank_line(line, found.on.isoformat(), plain(found.pence))
        if explained:
            self._apply({"bank_lines": [item | {"explained": "Sent by mistake"}]}, lambda model: model.explain(line))
            return
        new, standing = [(of, COUNCIL, "payment", found.left)], self._standing_parts(line)
        parts = self._parts([*standing, *new])
        self._apply({"bank_lines": [item | parts]}, lambda model: model.place(line, new))

    def _unplaced(self) -> list[str]:
        return [line for line, found in self.model.lines.items() if found.left and found.account == "people"]

    def _standing_parts(self, line: str) -> list[tuple[str, str, str, int]]:
        found = []
        for (event, fund), of in self.model.line_of.items():
            if of == line and (event, fund) in self.model.events:
                _, _, payer, how = event.split("|")
                found.append((fund, payer, how, self.model.pence_of(event, fund)))
        return found

    @rule(of=isf, amount=pence, time=minutes, day=days, back=months_back)
    def a_funder_agrees_to_more(self, of: str, amount: int, time: int, day: int, back: int) -> None:
        name = self._name("EX")
        item = {"extra": name, "person": of[4:], "fund": "isf", "funder": COUNCIL, "pounds": plain(amount), "minutes": time,
                "on": self._day(day, back).isoformat(), "words": "More support"}
        self._apply({"extras": [item]}, lambda model: model.extra(f"extra {name}", of, COUNCIL, amount, time))

    @precondition(lambda self: self.model.can_be_corrected)
    @rule(data=st.data(), day=days)
    def something_posted_by_mistake_is_put_back(self, data: st.DataObject, day: int) -> None:
        event, fund = data.draw(st.sampled_from(self.model.can_be_corrected))
        corrections = [self._correction(name, fund, day) for name in self._names(fund, stand=True) if self._is(name, event)]
        assert corrections
        self._apply({"corrections": corrections}, lambda model: model.correct(event, fund))

    @rule(data=st.data(), of=isf, day=days)
    def what_was_put_back_is_not_put_back_twice(self, data: st.DataObject, of: str, day: int) -> None:
        if names := self._names(of, stand=False):
            item = self._correction(data.draw(st.sampled_from(names)), of, day)
            self._refused_in_words(lambda: self.books.apply({"corrections": [item]}))
            self._agree()

    def _names(self, fund: str, *, stand: bool) -> list[str]:
        """What is posted in a fund and stands, or was put back, by the name that a correction takes."""
        named = [each for each in entries_named(self.books.asha, fund) if not each.name.startswith(REVERSAL)]
        standing = {each.name for each in named if each.put_back_on is None}
        return sorted(standing if stand else {each.name for each in named} - standing)

    @staticmethod
    def _is(name: str, event: str) -> bool:
        """Whether a name is the model’s: a part of a line that was placed in several steps has as many names."""
        (line, _, part), (of_line, _, of_part) = name.partition("|"), event.partition("|")
        return line.partition(",")[0] == of_line and part == of_part if part else name == event

    def _correction(self, event: str, fund: str, day: int) -> dict[str, Any]:
        kind, person = fund.split("-")
        return {"correction": self._name("CO"), "person": person, "fund": kind, "entry": event, "on": self._day(day).isoformat(),
                "words": "Not for this fund"}

    @rule(earned=st.booleans(), amounts=st.lists(pence, min_size=2, max_size=2), day=days)
    def the_provider_draws(self, earned: bool, amounts: list[int], day: int) -> None:
        funds = (ONE, TWO)
        each = {fund: self.model.can_be_drawn(fund) for fund in funds} if earned else dict(zip(funds, amounts, strict=True))
        if not any(each.values()):
            return
        parts: Any = "earned" if earned else [{"person": fund[4:], "fund": "isf", "pounds": plain(amount)} for fund, amount in each.items()]
        draw = {"line": self._name("DR"), "on": self._day(day).isoformat(), "words": "Support given", "parts": parts}
        self._apply({"draws": [draw]}, lambda model: model.draw(each))

    @rule(amount=pence, day=days)
    def a_contribution_never_comes(self, amount: int, day: int) -> None:
        item = {"never_paid": self._name("NP"), "person": "P001", "fund": "isf", "funder": "amina", "pounds": plain(amount % 4_000 + 1),
                "on": self._day(day).isoformat(), "words": "It did not come"}
        self._apply({"never_paid": [item]}, lambda model: model.never_paid(ONE, "amina", amount % 4_000 + 1))

    @precondition(lambda self: any(self.model.of(fund, "borne") for fund in (ONE, TWO)))
    @rule(of=isf, amount=pence, day=days)
    def overspend_is_given_up(self, of: str, amount: int, day: int) -> None:
        amount = min(amount, self.model.of(of, "borne")) or amount
        item = {"given_up": self._name("GU"), "person": of[4:], "fund": "isf", "pounds": plain(amount), "on": self._day(day).isoformat(),
                "words": "Decided by the trustees"}
        self._apply({"given_up": [item]}, lambda model: model.give_up(of, amount))

    # set aside

    @rule(of=isf, amount=st.integers(1, 20_000), time=minutes, day=days)
    def something_is_set_aside(self, of: str, amount: int, time: int, day: int) -> None:
        name = self._name("SA")
        item = {"set_aside": name, "person": of[4:], "fund": "isf", "pounds": plain(amount), "minutes": time, "on": self._day(day).isoformat(),
                "until": "2027-03-31", "words": "For a week away"}
        self._apply({"set_aside": [item]}, lambda model: model.set_aside(name, of, amount, time))

    @precondition(lambda self: self.model.aside)
    @rule(data=st.data(), amount=st.integers(1, 20_000), time=minutes, day=days)
    def some_of_it_is_taken_back(self, data: st.DataObject, amount: int, time: int, day: int) -> None:
        name = data.draw(st.sampled_from(sorted(self.model.aside)))
        of = self.model.aside[name].fund
        item = {"taken_back": self._name("TB"), "of": name, "person": of[4:], "fund": "isf", "pounds": plain(amount), "minutes": time,
                "on": self._day(day).isoformat(), "words": "Wanted now"}
        self._apply({"taken_back": [item]}, lambda model: model.take_back(name, amount, time))

    # support

    @rule(data=st.data(), back=months_back)
    def visits_are_brought_in(self, data: st.DataObject, back: int) -> None:
        subjects = [one for one in SUPPORT if f"isf-{one[0]}" not in self.model.settled | self.model.closed]
        if self.model.settled & {ONE, TWO}:
            back = 0
        visits = []
        for subject, support in data.draw(st.lists(st.sampled_from(subjects), min_size=1, max_size=4)):
            day, hour, time = data.draw(days), data.draw(st.integers(7, 18)), data.draw(st.integers(1, 299))
            visits.append(Visit(self._day(day, back), f"{hour:02}:00", self._name("V"), subject, support, time))
        rows = [self._row(each) for each in visits]
        self.books.visits(*rows, name=self._name("visits"))
        self.model.bring_in(visits)
        self.imports.append((max(self.books.imports()), visits))
        self._agree()

    @staticmethod
    def _row(each: Visit) -> Any:
        hours, over = divmod(int(each.start[:2]) * 60 + each.minutes, 60)
        return visit(each.reference, each.subject, each.on.isoformat(), each.start, f"{hours:02}:{over:02}", support=each.support)

    @precondition(lambda self: self.imports)
    @rule(data=st.data())
    def an_import_is_taken_back(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(self.imports))
        if self._both(lambda: self.books.undo(chosen[0]), lambda model: model.take_out(chosen[1])):
            self.imports.remove(chosen)

    @precondition(lambda self: self.model.left_house_on is None)
    @rule()
    def a_place_in_the_house_becomes_empty(self) -> None:
        """From the first of the open month, so that nothing that was charged changes."""
        first = date(self.month.year, self.month.month, 1) if self.month > OCTOBER else date(2026, 10, 2)
        home = house("P001", "P002", None)
        home["held"].append({"place": 2, "from": first.isoformat(), "empty": True})

        def leave(model: Model) -> None:
            model.left_house_on = first
        self._apply({"houses": [home]}, leave)

    @precondition(lambda self: self.month > OCTOBER and not self.model.settled)
    @rule(pounds=st.sampled_from([-20, -5, -1, 1, 2]))
    def the_contract_is_split_anew(self, pounds: int) -> None:
        """So many pounds a month move from one to the other, from the open month, where no money has come for its days yet."""
        first, n = self.month.first, self.model.version + 1
        before, to_come = months_from(OCTOBER, self.month), months_from(self.month, LAST_MONTH.next) + 1
        if not self.model.no_money_has_come(before):
            return
        sums = [self.model.monthly[fund] + sign * pounds * 100 for fund, sign in ((ONE, -1), (TWO, 1))]
        split = small_agreements()["splits"][0] | {"version": n, "from": first.isoformat(), "on": first.isoformat()}
        people = [person | {"pounds": plain(6 * monthly)} for person, monthly in zip(split["people"], sums, strict=True)]
        self._apply({"splits": [split | {"people": people}]}, lambda model: model.split_anew(dict(zip((ONE, TWO), sums, strict=True)), to_come))

    # months

    @precondition(lambda self: self.month <= LAST_MONTH)
    @rule()
    def a_month_ends(self) -> None:
        last = self.month.last
        if self._both(lambda: self.books.month_end(self.month), lambda model: model.month_end(last)):
            self.to_lock.append(self.month)
            self.month = self.month.next
            self._on_second_of_next()

    @precondition(lambda self: self.to_lock)
    @rule()
    def a_month_is_locked(self) -> None:
        month = self.to_lock[-1]
        if self._both(lambda: lock_month(self.books.asha, month), lambda model: model.lock(month.last)):
            self.to_lock.clear()

    # endings

    @precondition(lambda self: self.month > OCTOBER and any(self.model.can_be_settled(fund, 0) for fund in (ONE, TWO)))
    @rule(of=isf, contribution=st.integers(0, 3_000))
    def somebody_leaves(self, of: str, contribution: int) -> None:
        """Settled for the last closed month, where nobody paid or gave up what makes whose money it is a question of agreement."""
        if not self.model.can_be_settled(of, contribution if of == ONE else 0):
            return
        last = self.month.previous.last
        more = {"contribution_pounds": plain(contribution)} if of == ONE else {}
        item = {"ending": self._name("EN"), "person": of[4:], "fund": "isf", "why": "left", "ended_on": last.isoformat(),
                "on": (last + timedelta(1)).isoformat(), "words": "Goes to a sister", **more}
        bears = {"amina": contribution} if of == ONE else {}
        self._apply({"endings": [item]}, lambda model: model.settle(of, last, bears))

    @precondition(lambda self: self.model.settled)
    @rule(data=st.data(), less=st.sampled_from([0, 0, 1, -1]))
    def what_is_left_goes_back(self, data: st.DataObject, less: int) -> None:
        of = data.draw(st.sampled_from(sorted(self.model.settled)))
        for name, how, payer in ((f"owed_funder {COUNCIL}", "back to funder", COUNCIL), ("owed_person", "back to person", None)):
            amount = self.model.of(of, name) - less
            if amount > 0:
                item = bank_line(self._name("BK"), self._day(20).isoformat(), f"-{plain(amount)}", parts=[part(of, plain(amount), how, payer)])
                self._apply({"bank_lines": [item]}, lambda model, of=of, name=name, amount=amount: model.pay_back(of, name, amount))

    @precondition(lambda self: self.model.settled)
    @rule(of=isf)
    def a_fund_is_closed(self, of: str) -> None:
        if of not in self.model.closed:
            item = {"person": of[4:], "fund": "isf", "on": self._day(28).isoformat()}
            self._apply({"closings": [item]}, lambda model: model.close(of))


def search(shelf: Shelf, examples: int, *, at_random: bool) -> None:
    """So many lives of a provider, of up to 30 steps. Always the same ones, unless at random. The steps of the first that fails are told."""
    class Here(RandomMonths):
        opened = staticmethod(lambda: shelf.opened("little"))

    run_state_machine_as_test(Here, settings=settings(
        max_examples=examples, stateful_step_count=30, derandomize=not at_random, database=None, deadline=None, phases=(Phase.generate,),
        report_multiple_bugs=False, suppress_health_check=list(HealthCheck)))
