"""What a page offers to do: a button for those who may press it, and for everybody else the sentence that says whose it is.

It spares a refusal and decides nothing: each action asks for itself.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from ringfence.actions.rights import Right, who_may
from ringfence.actions.users import my_rights
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import words


def is_offered(what: str, right: Right = Right.PREPARE) -> bool:
    """Whether whoever works here may do it; where not, the page says who may."""
    if right in my_rights(acting()):
        return True
    who = who_may(right)
    words(f"{what}: only {'an' if who[0] in 'aeiou' else 'a'} {who} may do this.", quiet=True)
    return False


def _button(right: Right, label: str, **options: Any) -> bool:
    return is_offered(label, right) and bool(st.button(label, **options))


finance_button = partial(_button, Right.PREPARE)
"""A button that prepares or records."""
approver_button = partial(_button, Right.APPROVE)
"""A button that approves."""
