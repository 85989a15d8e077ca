"""split_a_contract: being written."""

from ringfence.screens.components.frame import heading


def page() -> None:
    heading("split_a_contract", "")
