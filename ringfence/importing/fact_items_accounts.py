"""What the provider’s accounts need to be told: codes, what its auditor decided of a contract, and provisions. Sections of the apply file."""

from __future__ import annotations

from typing import Annotated, Literal

from basics.periods import day_in_words
from isf.nominal import Nominal
from ringfence.importing import apply_fields as a
from ringfence.importing.fact_items import FactOfAFund, FromADay

ActsAs = Literal["principal", "agent"]
ANominal = Annotated[Nominal, a.choice(Nominal)]
AnActsAs = Annotated[ActsAs, a.choice(ActsAs)]


class NominalCode(FromADay):
    """The code that one account has in the provider’s general ledger."""

    kind = "nominal code"
    known_by = ("account", "from_on")
    account: ANominal
    code: a.Reference

    @property
    def about(self) -> str:
        return f"{self.account} has the code {self.code} from {day_in_words(self.from_on)}"


class ContractAccounts(FromADay):
    """What was decided with the auditor of a contract. It is never inferred."""

    kind = "contract in the accounts"
    known_by = ("contract", "from_on")
    contract: a.Reference
    acts_as: AnActsAs
    restricted: bool
    cost_centre: a.Reference | None = None
    source: a.Words

    @property
    def about(self) -> str:
        kept = "restricted" if self.restricted else "not restricted"
        return f"the provider is {self.acts_as} for {self.contract}, whose money is {kept}, from {day_in_words(self.from_on)}: {self.source}"


class Provision(FactOfAFund, FromADay):
    """How much of what a payer owes for a fund may not be paid, from a day until a later item; nil takes the provision back."""

    kind = "provision"
    known_by = ("person", "fund", "funder", "from_on")
    funder: a.Reference
    pounds: a.Pounds
    words: a.Words

    @property
    def about(self) -> str:
        return f"{self.pounds} of what {self.funder} owes for {self.person} may not be paid, from {day_in_words(self.from_on)}: {self.words}"
