"""What may be read where figures are told without names: views of their own, which are made with the guards, and for trustees nothing but
figures is granted on PostgreSQL."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """The guards and views are made afresh at the end of every step."""
