"""The provider’s books on each engine, as the tests of actions have them, and one more: with little in each fund."""

from tests.actions.conftest import STEPS
from tests.actions.conftest import shelf as shelf
from tests.stateful.random_months import small_agreements

STEPS["little"] = ("peopled", lambda books: books.apply(small_agreements()))
