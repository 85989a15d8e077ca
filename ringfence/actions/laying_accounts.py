"""What an apply file says for the provider’s accounts: that the contracts and payers which it names are there."""

from __future__ import annotations

from ringfence.actions.laying import Laying
from ringfence.store.schema import contract, funder


def check_accounts(laying: Laying) -> None:
    for n, decided in enumerate(laying.file.contract_accounts):
        laying.find(contract, decided.contract, ("contract_accounts", n, "contract"), "a contract", "Add it under “contracts”.")
    for n, provided in enumerate(laying.file.provisions):
        laying.find(funder, provided.funder, ("provisions", n, "funder"), "a funder", "Add it under “funders”.")
