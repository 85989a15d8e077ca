"""A command that is stopped in the middle, by a person or by the power going: the books are whole, and the same command works again."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from tests.cli.desk import Desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped in another way there")


def stopped_while_writing(desk: Desk, with_signal: signal.Signals, *words: str) -> tuple[int, str]:
    """Start a command, and kill it as soon as it has begun to write to the books; a person stops it as soon as it has opened them."""
    process = subprocess.Popen([sys.executable, "-m", "ringfence.cli.main", *words], cwd=desk.folder, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, encoding="utf-8")
    log, until = desk.folder / "ringfence.db-wal", time.monotonic() + 60
    enough = 0 if with_signal is signal.SIGINT else 1
    while process.poll() is None and time.monotonic() < until and not (log.exists() and log.stat().st_size >= enough):
        time.sleep(0.005)
    process.send_signal(with_signal)
    out, err = process.communicate()
    return process.returncode, out + err


@pytest.mark.parametrize("with_signal", [signal.SIGKILL, signal.SIGINT], ids=["killed", "by a person"])
def test_a_month_end_that_is_stopped_is_approved_whole_or_not_at_all(with_visits: Desk, with_signal: signal.Signals) -> None:
    desk = with_visits
    digest = desk.prepare()
    approve = ("month-end", "2026-10", "--approve", digest, "--out", "out", "--as", "ben")
    code, said = stopped_while_writing(desk, with_signal, *approve)
    assert "Traceback" not in said
    if with_signal is signal.SIGINT:
        assert (code, "Stopped." in said) in [(130, True), (0, False)], said  # it may have been done before it heard
    assert desk.run("verify", "--json").data == []
    desk.run(*approve)
    assert len(list(desk.folder.glob("out/statements/*.pdf"))) == 4
    assert desk.run("verify", "--referee", "--json").data == []


def test_an_import_that_is_stopped_is_kept_whole_or_not_at_all(with_agreements: Desk) -> None:
    desk = with_agreements
    rows = [f"V-{n},C07,P001,outreach,2026-10-{n % 28 + 1:02d},09:00,10:00,60,1" for n in range(20_000)]
    desk.write("visits.csv", "\n".join(["visit,carer,person,support,date,start,end,planned_minutes,planned_carers", *rows]) + "\n")
    stopped_while_writing(desk, signal.SIGKILL, "import", "visits", "visits.csv", "--as", "asha")
    told = desk.run("import", "visits", "visits.csv", "--as", "asha", "--json").data
    assert sorted((told["new"], told["same"])) == [0, 20_000]
