"""A form is looked at again once a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from isf.statement_forms import Form, form_review, form_review_by
from isf.watch import Matter, OfFund

DANNY = OfFund("isf-P0042", "Danny, P0042")


@pytest.mark.parametrize(("reviewed", "by"), [(date(2026, 3, 1), date(2027, 3, 1)), (date(2028, 2, 29), date(2029, 3, 1)),
                                              (date(2027, 2, 28), date(2028, 2, 28))])
def test_a_form_is_asked_about_again_when_a_year_is_over(reviewed: date, by: date) -> None:
    assert form_review_by(reviewed) == by
    assert form_review(DANNY, Form.EASY_READ, reviewed, by - timedelta(days=1)) is None
    line = form_review(DANNY, Form.EASY_READ, reviewed, by)
    assert line is not None
    assert (line.matter, line.fund, line.since, line.by, line.is_late) == (Matter.FORM, "isf-P0042", reviewed, by, True)


def test_what_goes_by_post_is_on_paper() -> None:
    assert [form for form in Form if not form.is_on_paper] == [Form.WEB_PAGE, Form.PLAIN_TEXT]
