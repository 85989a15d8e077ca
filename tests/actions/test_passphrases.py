"""Passphrases are kept so that a stolen file gives none away, and tries are counted so that none is found by trying."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from basics.errors import InputError
from ringfence.actions.passphrases import fits, hashed, refuse_weak
from ringfence.actions.throttle import AT_ONE_ADDRESS, FROM_ONE_ADDRESS, IN_ALL, WINDOW, Throttle

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_what_is_kept_is_slow_to_try_and_different_each_time() -> None:
    one, other = hashed("seven green bottles", "asha"), hashed("seven green bottles", "asha")
    assert one != other
    assert "green" not in one
    kept = extract_parameters(one)
    assert (kept.type, kept.memory_cost >= 64 * 1024, kept.time_cost >= 3) == (Type.ID, True, True)
    assert fits("seven green bottles", one)
    for wrong in ("Seven green bottles", "seven green bottles ", "", "x" * 100_000):
        assert not fits(wrong, one)
    assert not fits("", "")
    assert not fits("x", "what is no hash")


def test_a_passphrase_is_several_words_and_not_a_name() -> None:
    for weak in ("", "short", "x" * 201, "ababababababab", "asha asha asha asha", "Asha-asha-asha!"):
        with pytest.raises(InputError, match="could be guessed"):
            refuse_weak(weak, "asha")
    refuse_weak("the ferry leaves at noon", "asha")


def test_an_account_waits_at_the_address_where_it_was_tried_and_no_other_account_does() -> None:
    throttle = Throttle()
    for _ in range(AT_ONE_ADDRESS):
        assert not throttle.wait("asha", "10.0.0.1", NOW)
        throttle.wrong("asha", "10.0.0.1", NOW)
    assert throttle.wait("asha", "10.0.0.1", NOW) == WINDOW
    assert not throttle.wait("asha", "10.0.0.2", NOW)
    assert not throttle.wait("ben", "10.0.0.1", NOW)
    assert throttle.wait("asha", "10.0.0.1", NOW + WINDOW - timedelta(seconds=1)) == timedelta(seconds=1)
    assert not throttle.wait("asha", "10.0.0.1", NOW + WINDOW)


def test_an_account_that_is_tried_from_everywhere_waits_everywhere() -> None:
    throttle = Throttle()
    for n in range(IN_ALL):
        throttle.wrong("asha", f"10.0.0.{n}", NOW)
    assert throttle.wait("asha", "10.9.9.9", NOW)
    assert not throttle.wait("ben", "10.9.9.9", NOW)


def test_an_address_that_tries_everybody_waits_and_one_desk_never_does() -> None:
    throttle = Throttle()
    for n in range(FROM_ONE_ADDRESS):
        throttle.wrong(f"user {n}", "10.0.0.1", NOW)
        throttle.wrong(f"user {n}", "", NOW)
    assert throttle.wait("ben", "10.0.0.1", NOW)
    assert not throttle.wait("ben", "10.0.0.2", NOW)
    assert not throttle.wait("ben", "", NOW)


def test_who_comes_in_has_made_good_what_was_wrong_before() -> None:
    throttle = Throttle()
    for _ in range(AT_ONE_ADDRESS - 1):
        throttle.wrong("asha", "", NOW)
    throttle.right("asha", "")
    throttle.wrong("asha", "", NOW)
    assert not throttle.wait("asha", "", NOW)
