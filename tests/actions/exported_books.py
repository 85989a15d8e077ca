"""The provider’s books with what exports need: codes, references of payers, electronic addresses, what the auditor decided."""

from __future__ import annotations

from datetime import date

from basics.periods import Period
from isf.nominal import Nominal
from ringfence.actions.exporting import Exported, export
from ringfence.actions.exports_made import Asked, Export
from tests.actions.provider_books import Books, Content, agreements, terms

OF_PROVIDER = {"endpoint": {"scheme": "VAT", "number": "GB123456782"}, "vat_number": "GB123456782", "registration": "1234567"}
COUNCIL = {"reference": "southgate", "kind": "council", "name": "Southgate Council", "accounts_reference": "SOUTHG",
           "einvoice": {"endpoint": {"scheme": "GLN", "number": "5060000000009"}, "buyer_reference": "ASC"}}
HEALTH = {"reference": "northvale", "kind": "icb", "name": "Northvale Integrated Care Board", "accounts_reference": "NVALE",
          "einvoice": {"endpoint": {"scheme": "DUNS", "number": "123456789"}, "buyer_reference": "CHC"}}
CODES = {account: str(4000 + n) for n, account in enumerate(Nominal)}
ISSUED = Period(date(2026, 11, 1), date(2026, 11, 30))
SUPPORT = Period(date(2026, 10, 1), date(2026, 10, 31))
GROUP_7 = "VAT Act 1994, Schedule 9, Group 7"


def settings(**more: object) -> Content:
    return {
        "provider": {**agreements()["provider"], "einvoice": OF_PROVIDER}, "funders": [COUNCIL, HEALTH],
        "terms": [terms("Block", vat_words=GROUP_7),
                  terms("Spot", vat_words=GROUP_7, charged_time="nearest 15", cancelled_visits="as planned", funder_share="by line")],
        "nominal_codes": [{"account": account.value, "code": code, "from": "2026-01-01"} for account, code in CODES.items()],
        "contract_accounts": [{"contract": "SG-2026", "from": "2026-04-01", "acts_as": "principal", "restricted": False, "cost_centre": "SG-01",
                               "source": "Letter of the auditor"}], **more}


def ready(books: Books) -> Books:
    """October issued, with everything that an export needs."""
    books.apply(settings())
    books.month_end()
    return books


def sent(books: Books, kind: Export, period: Period = ISSUED, **more: str) -> Exported:
    return export(books.asha, Asked(kind, period, **more))  # type: ignore[arg-type]
