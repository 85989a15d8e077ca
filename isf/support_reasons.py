"""Client groups, as the English statutory returns count them: the primary support reason, and whether somebody is supported as a carer.

Source: the lists “Primary Support Reason” and “Client Type” of the Client Level Data collection (NHS England, since April 2023), which took
them over from the Short and Long Term (SALT) return.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why somebody mainly needs support, in the order of the returns."""

    ACCESS_AND_MOBILITY = "Physical support: Access and mobility only"
    PERSONAL_CARE = "Physical support: Personal care support"
    VISUAL = "Sensory support: Support for visual impairment"
    HEARING = "Sensory support: Support for hearing impairment"
    DUAL = "Sensory support: Support for dual impairment"
    MEMORY = "Support with memory and cognition"
    LEARNING = "Learning disability support"
    MENTAL_HEALTH = "Mental health support"
    SUBSTANCE_MISUSE = "Social support: Substance misuse support"
    ASYLUM = "Social support: Asylum seeker support"
    ISOLATION = "Social support: Support for social isolation or other"
    UNPAID_CARER = "Social support: Support to unpaid carer"


class Client(StrEnum):
    """Whether the budget is for needs of one’s own, or for looking after somebody else."""

    SERVICE_USER = "service user"
    CARER = "carer"
