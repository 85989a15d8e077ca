"""`ringfence serve`: the app over one provider's books, on this machine only."""

from __future__ import annotations

import runpy
import socket
import sys
import threading
import time
import webbrowser
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from basics.errors import InputError
from ringfence.actions.books import users
from ringfence.actions.desk import DEFAULT_DATABASE, books, sit_down
from ringfence.cli.common import Database, complain, key_for, shown

APP = Path(__file__).resolve().parents[2] / "app.py"
READERS_APP = APP.with_name("reader_app.py")
PORT = 8501
PATIENCE_SECONDS = 30

Port = Annotated[int, typer.Option("--port", min=1024, max=65535, help="Where it listens on this machine.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")]


def serve(
    database: Database = DEFAULT_DATABASE,
    user: Annotated[str, typer.Option("--as", metavar="USER", help="Who works here unless they say otherwise.")] = "",
    documents: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where issued documents go; else beside the books.")] = None,
    port: Port = PORT,
    no_browser: NoBrowser = False,
    only_readers: Annotated[bool, typer.Option("--only-readers", help="Only the pages of budget holders, on books that cannot be written.")] = False,
) -> None:
    """Open the app in the browser. It listens on this machine only (127.0.0.1) and sends nothing anywhere. Ctrl-C stops it.

    With --only-readers it serves the pages of budget holders and representatives, and nothing else.
    """
    sit_down(database, key=key_for(database), user=user, documents=documents, only_reads=only_readers)
    if only_readers:
        run_reader_app(shown(database), port)
        return
    known = users(books())
    if user and user not in known:
        raise InputError(f"{user} is not a user here ({', '.join(known)}).", f"Add them first: ringfence user add {user}")
    run_app(shown(database), port, open_browser=not no_browser and sys.stdout.isatty())


def run_app(which: str, port: int, *, open_browser: bool) -> None:
    """Run the app in this process until it is stopped, so that a key that was typed goes no further."""
    address = f"http://127.0.0.1:{port}"
    _refuse_taken(port)
    complain(f"The app over {which} is at {address} (Ctrl-C stops it).")
    if open_browser:
        threading.Thread(target=_open_when_ready, args=(address, port), daemon=True).start()
    sys.argv = [str(APP)]
    runpy.run_path(str(APP))["app"].run(config={"server.port": port, "server.address": "127.0.0.1", "logger.hideWelcomeMessage": True})


def run_reader_app(which: str, port: int) -> None:
    """Run the readers’ pages alone, over books that this process cannot write to."""
    books()
    _refuse_taken(port)
    complain(f"The readers’ pages over {which} are at http://127.0.0.1:{port}/reader (Ctrl-C stops it).")
    uvicorn.run(runpy.run_path(str(READERS_APP))["app"], host="127.0.0.1", port=port, log_level="warning", server_header=False)


def _refuse_taken(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as fault:
            raise InputError(f"Something listens at 127.0.0.1:{port} already: {fault.strerror}.",
                             "Stop it, or choose another place: --port 8502") from fault


def _open_when_ready(address: str, port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                webbrowser.open(address)
                return
        time.sleep(0.1)
