"""Many people at work at once, each a session of the app’s own protocol without a browser: `python -m benchmarks.sessions`.

Twenty-five browsers on one machine would measure the browsers. A session here connects as a browser does, opens the list of people, and
changes its search about once a second; what it takes is the time from asking until the server says that the script has run.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from time import perf_counter
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PAGE = "people"
SEARCH = "Search"
PAUSE_SECONDS = 1.0
LARGEST_MESSAGE = 64 * 2**20


class Session:
    """One person at the list: `search` waits until the script has run, and returns the seconds that it took."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._page_hash = self._widget = self._fragment = ""
        self.marked = ""

    async def open(self) -> None:
        """Open the page of people as a browser does that goes straight to its address."""
        await self._ask(ClientState(page_name=PAGE))
        if not self._widget:
            raise RuntimeError(f"There is no “{SEARCH}” on the page of people: {self.marked[-300:]}")

    async def search(self, words: str) -> float:
        began = perf_counter()
        states = WidgetStates(widgets=[WidgetState(id=self._widget, string_value=words)])
        await self._ask(ClientState(query_string=f"search={words}", page_script_hash=self._page_hash, fragment_id=self._fragment,
                                    widget_states=states))
        return perf_counter() - began

    async def _ask(self, state: ClientState) -> None:
        await self._socket.send(BackMsg(rerun_script=state).SerializeToString())
        self.marked = ""
        while True:
            message = ForwardMsg.FromString(_bytes(await self._socket.recv()))
            if message.HasField("script_finished") and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return
            self._read(message)

    def _read(self, message: ForwardMsg) -> None:
        kind: Any = message.WhichOneof("type")
        if kind == "new_session":
            self._page_hash = message.new_session.page_script_hash or self._page_hash
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash or self._page_hash
        elif kind == "delta" and message.delta.HasField("new_element"):
            element = message.delta.new_element
            if element.HasField("text_input") and element.text_input.label.startswith(SEARCH):
                self._widget, self._fragment = element.text_input.id, message.delta.fragment_id
            elif element.HasField("html"):
                self.marked += element.html.body


def _bytes(received: str | bytes) -> bytes:
    assert isinstance(received, bytes), received
    return received


@contextmanager
def others_at_work(url: str, sessions: int) -> Iterator[list[float]]:
    """So many sessions, in a process of their own; what each of their searches took, in milliseconds, is in the list once they have ended."""
    taken: list[float] = []
    command = [sys.executable, "-m", "benchmarks.sessions", url, str(sessions)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as at_work:
        assert at_work.stdin is not None
        assert at_work.stdout is not None
        if at_work.stdout.readline().strip() != "ready":
            raise RuntimeError("The other sessions could not begin.")
        yield taken
        taken += [1000 * seconds for seconds in json.loads(at_work.communicate()[0])]


async def crowd(url: str, sessions: int) -> None:
    """So many sessions, each searching about once a second, until the input ends; then what each search took is printed as JSON."""
    async with asyncio.TaskGroup() as group:
        stopped, opened, taken = asyncio.Event(), asyncio.Semaphore(0), list[float]()
        for n in range(sessions):
            group.create_task(_at_work(url, Random(n), opened, stopped, taken))
        for _ in range(sessions):
            await opened.acquire()
        taken.clear()
        _say("ready")
        await asyncio.to_thread(sys.stdin.read)
        stopped.set()
    _say(json.dumps(taken))


async def _at_work(url: str, random: Random, opened: asyncio.Semaphore, stopped: asyncio.Event, taken: list[float]) -> None:
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=LARGEST_MESSAGE) as socket:
        session = Session(socket)
        await session.open()
        opened.release()
        while not stopped.is_set():
            await asyncio.sleep(PAUSE_SECONDS * random.uniform(0.5, 1.5))
            taken.append(await session.search(some_words(random)))


def some_words(random: Random) -> str:
    """What somebody types: the beginning of a reference, which ten, a hundred or a thousand of ten thousand people have."""
    return f"S{random.randrange(100):03}-{random.randrange(10)}"[:random.choice((3, 4, 6))]


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(crowd(sys.argv[1], int(sys.argv[2])))
