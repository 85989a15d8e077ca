"""The first steps in empty books: which are done, as the books say, and which is next."""

from __future__ import annotations

from dataclasses import dataclass

from ringfence.actions.acting import Acting
from ringfence.store import batches, months, quotes, registry


@dataclass(frozen=True)
class Step:
    """One step: what to do, why, and where. A price that nobody stored leaves no trace, so its step is done once a later one is."""

    what: str
    why: str
    page: str
    is_done: bool


@dataclass(frozen=True)
class FirstSteps:
    """All of them in their order."""

    steps: tuple[Step, ...]

    @property
    def next(self) -> Step | None:
        return next((each for each in self.steps if not each.is_done), None)

    @property
    def is_beginning(self) -> bool:
        """Whether the books are still so empty that the guide helps: nobody is in them, and no month is closed."""
        return not self.steps[-1].is_done


def first_steps(acting: Acting) -> FirstSteps:
    """How far these books have come."""
    with acting.reading() as connection:
        has_people, has_price = bool(registry.people(connection)), bool(quotes.quotes(connection))
        has_provider, has_second = bool(registry.provider_body(connection)), len(batches.users(connection)) > 1
        has_agreement, has_month = bool(registry.funds(connection)), months.closed_through(connection) is not None
    return FirstSteps((
        Step("Work out a first price from your overheads",
             "Paste your list of overheads and see what an hour costs. Ten minutes, and nothing is stored.",
             "first-price", has_price or has_agreement),
        Step("Say who you are",
             "Name, address, telephone and how to pay: they stand on every invoice, statement and letter.", "settings", has_provider),
        Step("Add a second person", "One prepares and another approves: alone you can look, and nothing can count.", "users", has_second),
        Step("Bring in the people you support", "A table of references and names, from a file.", "import", has_people),
        Step("Say what was agreed",
             "Funders, contracts, rates and plans, in a file of agreements that the second person approves.", "import", has_agreement),
        Step("Run the first month", "Bring in its visits, look at what differs, approve and issue.", "month-end", has_month)))
