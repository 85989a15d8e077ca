"""What is set for the whole house: who the provider is, the numbers that come next, where everything lies; and asking for a change of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringfence.actions.acting import Acting
from ringfence.actions.applying import Applied, apply_content
from ringfence.actions.desk import DATABASE_VARIABLE, DOCUMENTS_VARIABLE, beside_the_books, desk
from ringfence.actions.evidence import EVIDENCE_FOLDER, EVIDENCE_VARIABLE
from ringfence.actions.parameters import PARAMETERS_VARIABLE, own_folder
from ringfence.store import batches, billing, credits, registry

ON_A_SERVER = "On a PostgreSQL server"


@dataclass(frozen=True)
class Place:
    """Where something lies, and the variable that names another place."""

    what: str
    where: str
    variable: str


@dataclass(frozen=True)
class Settings:
    """Everything that is set. `provider` is what it says of itself (empty before anybody said it); the numbers are the next to be given."""

    provider: Mapping[str, Any]
    is_practice: bool
    first_invoice: str
    next_invoice: int
    next_credit_note: int
    users: int
    places: tuple[Place, ...]

    @property
    def is_said(self) -> bool:
        """Whether the provider's particulars are in the books."""
        return "address" in self.provider

    @property
    def vat_number(self) -> str:
        return str(self.provider.get("einvoice", {}).get("vat_number", ""))


def settings_of(acting: Acting) -> Settings:
    """All of it, as the books have it today."""
    with acting.reading() as connection:
        notes = credits.notes(connection)
        return Settings(
            registry.provider(connection), registry.is_practice(connection), registry.setting_of(connection, "first_invoice_number"),
            billing.next_invoice_number(connection), max((row.number for row in notes), default=0) + 1, len(batches.users(connection)), _places())


def prepare_provider(acting: Acting, said: Mapping[str, Any]) -> Applied:
    """Ask for other particulars; another person approves them with the digest. What is not said stays as it is; an empty VAT number takes it
    out. Raises `Refused` with every problem of them."""
    return apply_content(acting, provider_content(settings_of(acting), said), "Settings")


def provider_content(settings: Settings, said: Mapping[str, Any]) -> Mapping[str, object]:
    """The same as the content of an apply file."""
    known = {key: value for key, value in settings.provider.items() if value and key != "einvoice"}
    vat = {"vat_number": said["vat_number"]} if said.get("vat_number") else {}
    einvoice = {key: value for key, value in settings.provider.get("einvoice", {}).items() if key != "vat_number"} | vat
    changed = {key: value for key, value in said.items() if key != "vat_number"}
    return {"provider": {**known, **changed, **({"einvoice": einvoice} if einvoice else {})}}


def _places() -> tuple[Place, ...]:
    chosen = desk()
    books = ON_A_SERVER if chosen.url.startswith("postgres") else chosen.url.removeprefix("sqlite:///")
    return (
        Place("The books", books, DATABASE_VARIABLE), Place("Issued documents", str(chosen.documents), DOCUMENTS_VARIABLE),
        Place("Receipts and other papers", str(beside_the_books(EVIDENCE_FOLDER, EVIDENCE_VARIABLE)), EVIDENCE_VARIABLE),
        Place("Rates of your own", str(own_folder()), PARAMETERS_VARIABLE))
