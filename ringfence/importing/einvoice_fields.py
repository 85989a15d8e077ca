"""What electronic invoices need to know of the provider and of a payer: keys of the apply file."""

from __future__ import annotations

from typing import Annotated, Literal

from ringfence.importing import apply_fields as a
from ringfence.importing.checked import FileModel

SchemeName = Literal["VAT", "GLN", "DUNS"]
ASchemeName = Annotated[SchemeName, a.choice(SchemeName)]


class EndpointSaid(FileModel):
    """An address for electronic invoices: what kind of number it is, and the number."""

    scheme: ASchemeName
    number: a.Words


class OfProvider(FileModel):
    """Of the provider. `registration` is its charity or company number."""

    endpoint: EndpointSaid | None = None
    vat_number: a.Words | None = None
    registration: a.Words | None = None
    iban: a.Words | None = None


class OfPayer(FileModel):
    """Of a payer. `buyer_reference` is what the payer wants to read on every invoice."""

    endpoint: EndpointSaid | None = None
    buyer_reference: a.Words | None = None
