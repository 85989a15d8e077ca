"""The guide on Home while the books are still empty: what is done, and what is next."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from ringfence.actions.first_steps import FirstSteps, Step
from ringfence.screens.components.frame import part
from ringfence.screens.components.markup import address, button_link, tag


def guide(steps: FirstSteps) -> None:
    """Each step with how it stands; the next one is the one thing to do."""
    left = sum(not each.is_done for each in steps.steps)
    part("To begin", f"{left} of {len(steps.steps)} steps are left. Each can wait; the next one is marked.")
    items = Markup("").join(_item(n, each, is_next=each is steps.next) for n, each in enumerate(steps.steps, start=1))
    st.html(Markup('<ol class="rf-guide">{}</ol>').format(items))


def _item(n: int, step: Step, *, is_next: bool) -> Markup:
    status = "Done" if step.is_done else "Now" if is_next else "Later"
    return Markup('<li><div><strong>{}. {}</strong><span class="rf-why">{}</span></div>{}{}</li>').format(
        n, step.what, step.why, tag(status), button_link("Look" if step.is_done else "Start", address(step.page), primary=is_next, about=step.what))
