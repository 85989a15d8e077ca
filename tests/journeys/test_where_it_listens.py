"""However the app is started, it listens on this machine only and calls nobody."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.journeys.serving import ROOT, Served, free_port, ringfence, serving

HERE = "127.0.0.1"
STREAMLIT = str(Path(sys.executable).with_name("streamlit"))


def listening(served: Served) -> set[str]:
    """The addresses on which anything of this machine listens at the app’s port, as the kernel tells it."""
    found = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        for line in table.read_text().splitlines()[1:] if table.exists() else []:
            local, state = line.split()[1], line.split()[3]
            address, port = local.split(":")
            if state == "0A" and int(port, 16) == served.port:
                found.add(address)
    return found


def check(served: Served) -> None:
    assert listening(served) == {"0100007F"}, "only 127.0.0.1, in the kernel’s spelling"
    assert ("socket.bind", HERE) in served.network(), "what is watched is seen"
    elsewhere = {(event, address) for event, address in served.network()
                 if not address.startswith((HERE, "localhost", "/")) and address not in ("::1", "")}
    assert not elsewhere


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="the kernel of this system does not tell who listens")
class TestTheAppListensHereOnly:
    def test_by_ringfence_serve(self, books_file: Path, tmp_path: Path) -> None:
        port = free_port()
        with serving(tmp_path, *ringfence("serve", "--database", str(books_file), "--port", str(port), "--no-browser"), port=port) as app:
            check(app)

    def test_by_streamlit_run(self, books_file: Path, tmp_path: Path) -> None:
        port = free_port()
        with serving(tmp_path, STREAMLIT, "run", str(ROOT / "app.py"), "--server.port", str(port), port=port,
                     RINGFENCE_DATABASE=str(books_file)) as app:
            check(app)

    def test_by_start_py(self, books_file: Path, tmp_path: Path) -> None:
        folder = tmp_path / "ringfence-demo"
        folder.mkdir()
        shutil.copy(books_file, folder / "books.db")
        port = free_port()
        with serving(tmp_path, sys.executable, str(ROOT / "start.py"), "demo", "--port", str(port), "--no-browser", port=port) as app:
            check(app)
