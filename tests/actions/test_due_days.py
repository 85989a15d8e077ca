"""When an instalment must be paid: the agreed days run from the day on which it was asked for."""

from datetime import date
from typing import cast

import pytest

from basics.periods import Month
from invoicing.drafts import InstalmentDraft
from invoicing.in_force import InForce
from ringfence.actions.drafting import due_on

THIRTY_DAYS = InstalmentDraft("BLOCK|1|southgate", "BLOCK", 1, "southgate", Month(2026, 10).period, date(2026, 10, 1), date(2026, 10, 31), (), 0)


@pytest.mark.parametrize(("asked_on", "due"), [
    (date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 11, 2), date(2026, 12, 2)), (date(2026, 9, 20), date(2026, 10, 31))])
def test_a_payer_has_the_agreed_days_also_where_an_instalment_is_asked_for_late(asked_on: date, due: date) -> None:
    """October’s, in advance, goes out with the month end on 2 November: it was due on that very day, and interest ran from the next."""
    assert due_on(THIRTY_DAYS, cast(InForce, None), asked_on) == due
