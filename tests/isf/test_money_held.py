"""The money we hold: opening + in + out + put right = closing, in words that the reader knows."""

from dataclasses import replace
from datetime import date

from basics.people import Funder, FunderKind
from basics.periods import Month, Period
from isf.accounts import Unit
from isf.entries import Entry, Event, allocation, entry, extra, support_by_delivery, support_under_a_schedule, time_given
from isf.money_held import Moved, money_held, paid_ahead, support_used, ties, who_owes
from isf.statement import MoneyHeld, MoneyLine

OCTOBER = Month(2026, 10)
COUNCIL = Funder("northshore", "Northshore Council", FunderKind.COUNCIL)
DANNY_PAYS = Funder("danny", "Danny Reed", FunderKind.PERSON)


def event(kind: str, words: str = "") -> Event:
    return Event(f"{kind}|{words}", kind, "F-DANNY", words)


def on(day: int, month: int = 10) -> date:
    return date(2026, month, day)


def pair(kind: str, debit: str, credit: str, pence: int, day: date, words: str = "") -> list[Entry]:
    return list(entry(event(kind, words), (debit, None), (credit, None), pence, day))


def visit(pence: int, day: date, left: int = 10**9) -> list[Entry]:
    return support_under_a_schedule(event("visit"), pence, left, day)


def back(made: list[Entry]) -> list[Entry]:
    return [one._replace(event=event("reversal"), debit=one.credit, credit=one.debit, is_reversal=True) for one in made]


def block(opening_pence: int, *made: list[Entry], funder: Funder = COUNCIL, known_as: str = "Danny") -> MoneyHeld:
    return money_held(opening_pence, moved(*made), OCTOBER, known_as, [funder])


def moved(*made: list[Entry]) -> list[Moved]:
    return [Moved.of(one) for entries in made for one in entries]


def test_the_whole_of_a_month_that_a_mother_reads():
    held = block(
        1402_16,
        pair("receipt", "held", "due", 1764_00, on(19), "Northshore Council paid in, on 19 October"),
        pair("contribution", "with_provider", "due", 252_00, on(19), "Danny paid in, on 19 October"),
        visit(2000_00, on(2)), visit(183_00, on(30)),
        back(visit(24_40, on(17, 9))),
        pair("bank_transfer", "held", "with_provider", 252_00, on(21)),
        pair("draw", "owed_provider", "held", 1900_00, on(28)),
    )
    assert held == MoneyHeld(
        1402_16,
        (MoneyLine("Northshore Council paid in, on 19 October", 1764_00), MoneyLine("Danny paid in, on 19 October", 252_00)),
        (MoneyLine("Support for Danny", -2183_00),),
        (MoneyLine("We put back a mistake from September", 24_40),),
        1259_56,
        "Northshore Council",
    )


def test_an_allocation_and_an_extra_that_nothing_waits_for_do_not_show():
    promised = allocation(event("allocation"), "northshore", 100, on(1), "AL")
    held = block(50, promised, extra(event("extra"), "northshore", 10, 0, on(1), "E"))
    assert (held.paid_in, held.paid_out, held.closing_pence) == ((), (), 50)


def test_overspend_does_not_take_from_the_money_held_until_an_extra_pays_for_it():
    overspent = block(60_00, visit(100_00, on(5), left=60_00))
    assert overspent.paid_out == (MoneyLine("Support for Danny", -60_00),)
    assert overspent.closing_pence == 0
    paid = block(0, extra(event("extra"), "northshore", 100_00, 40_00, on(20), "EX"),
                 pair("receipt", "held", "due", 100_00, on(25), "Northshore Council paid in, on 25 October"))
    assert paid.paid_out == (MoneyLine("Earlier support that extra money now pays for", -40_00),)
    assert paid.closing_pence == 60_00


def test_overspend_that_the_provider_gives_up_does_not_show():
    assert block(10, pair("given up", "owed_provider", "borne", 40_00, on(20))).closing_pence == 10


def test_support_paid_for_as_it_is_given_goes_below_nil_and_comes_back():
    below = block(0, support_by_delivery(event("visit"), "northshore", 412_00, on(9)))
    assert (below.closing_pence, below.who_owes_when_below_nil) == (-412_00, "Northshore Council")
    back_at_nil = block(-412_00, pair("receipt", "owed_provider", "due", 412_00, on(20), "Northshore Council paid in, on 20 October"))
    assert back_at_nil.closing_pence == 0


def test_a_person_who_pays_for_their_own_support_is_you():
    assert who_owes([DANNY_PAYS]) == "You"
    assert who_owes([COUNCIL, DANNY_PAYS]) == "You and Northshore Council"
    health = Funder("icb", "Northshore Health", FunderKind.ICB)
    assert who_owes([COUNCIL, health, DANNY_PAYS]) == "You, Northshore Council and Northshore Health"
    assert who_owes([]) == ""


def test_a_contribution_that_never_came_is_covered_by_the_provider():
    held = block(0, pair("never paid", "borne", "due", 20_00, on(8)))
    assert held.paid_in == (MoneyLine("A payment that did not come, which we covered", 20_00),)


def test_money_given_back_goes_out_in_the_words_of_its_event():
    held = block(30_00, pair("given back", "owed_funder", "held", 30_00, on(8), "Given back to Northshore Council, on 8 October"))
    assert (held.paid_out, held.closing_pence) == ((MoneyLine("Given back to Northshore Council, on 8 October", -30_00),), 0)


def test_an_event_without_words_still_says_which_way_and_when():
    held = block(0, pair("receipt", "held", "due", 30_00, on(8)), pair("given back", "owed_person", "held", 10_00, on(9)))
    assert [line.words for line in (*held.paid_in, *held.paid_out)] == ["Paid in, on 8 October", "Paid out, on 9 October"]


def test_late_support_and_late_money_stand_with_what_was_put_right_by_month():
    held = block(
        0, visit(24_40, on(17, 9)), visit(10_00, on(18, 9)), visit(5_00, on(3, 8)),
        pair("receipt", "held", "due", 100_00, on(29, 9), "Northshore Council paid in, on 29 September"),
        back(pair("receipt", "held", "due", 7_00, on(4, 9))),
    )
    assert held.put_right == (
        MoneyLine("Support in August that we had not counted", -5_00),
        MoneyLine("Money counted in September by mistake, taken off", -7_00),
        MoneyLine("Support in September that we had not counted", -34_40),
        MoneyLine("Money that came in during September, counted now", 100_00),
    )
    assert (held.paid_in, held.paid_out) == ((), ())


def test_a_month_of_another_year_is_named_with_its_year():
    held = block(0, visit(24_40, date(2025, 12, 30)))
    assert held.put_right[0].words == "Support in December 2025 that we had not counted"


def test_support_put_back_in_its_own_month_stands_apart_and_is_not_used():
    entries = [visit(50_00, on(5)), back(visit(50_00, on(5))), visit(25_00, on(5))]
    held = block(100_00, *entries)
    assert held.paid_out == (MoneyLine("Support for Danny", -75_00),)
    assert held.put_right == (MoneyLine("We put back a mistake from October", 50_00),)
    assert support_used(moved(*entries), OCTOBER) == 25_00


def test_what_is_used_has_the_support_that_the_provider_carries_and_not_what_is_late_or_brought_over():
    entries = [visit(100_00, on(5), left=60_00), visit(9_00, on(30, 9)), pair("opening", "available", "owed_provider", 500_00, on(1)),
               time_given(event("visit"), 60, 60, on(5))]
    assert support_used(moved(*entries), OCTOBER) == 100_00


def test_what_is_brought_over_is_one_line_of_what_it_comes_to():
    held = block(0, pair("opening", "held", "due", 900_00, on(1)), pair("opening", "available", "owed_provider", 500_00, on(30, 9)),
                 pair("opening", "owed_provider", "held", 450_00, on(1)), pair("opening", "borne", "owed_provider", 84_15, on(1)))
    assert held.paid_in == (MoneyLine("Brought over from our earlier books", 400_00),)
    assert (held.paid_out, held.put_right, held.closing_pence) == ((), (), 400_00)


def test_a_block_that_does_not_add_up_does_not_tie():
    held = block(0, visit(10_00, on(5)))
    assert ties(held)
    assert not ties(replace(held, closing_pence=held.closing_pence + 1))


def test_minutes_never_move_the_money():
    held = money_held(5, [Moved.of(visit(60, on(5))[0])._replace(unit=Unit.MINUTES, money_held_effect=0)], OCTOBER, "Danny", [COUNCIL])
    assert (held.closing_pence, held.paid_out) == (5, ())


# of what is held, what is for days to come

def test_of_an_instalment_the_days_after_the_month_are_paid_ahead():
    instalments = [(Period(on(21, 9), on(18)), 1750_00), (Period(on(19), on(15, 11)), 1750_00)]
    assert paid_ahead(instalments, on(31)) == (937_50, Period(on(1, 11), on(15, 11)))
    assert paid_ahead(instalments[:1], on(30, 9)) == (1125_00, Period(on(1), on(18)))
    assert paid_ahead(instalments, on(18)) == (1750_00, Period(on(19), on(15, 11)))


def test_nothing_is_paid_ahead_once_its_days_are_over():
    assert paid_ahead([(Period(on(21, 9), on(18)), 1750_00)], on(31)) == (0, None)
