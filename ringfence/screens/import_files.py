"""import_files: being written."""

from ringfence.screens.components.frame import heading


def page() -> None:
    heading("import_files", "")
