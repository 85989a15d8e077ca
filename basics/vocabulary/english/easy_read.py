"""An Easy Read statement: one idea in a sentence."""

from __future__ import annotations

WORDS = {
    "easy.enough": "Is there enough money?",
    "easy.sorry": "We are sorry. We have put it right.",
    "easy.budget": "The budget is all the money that there is for support.",
    "easy.nothing-given": "There was no support in this month.",
    "easy.pictures": "The pictures are from OpenMoji, openmoji.org. Their licence is CC BY-SA 4.0.",
    "easy.given-heading": "The support that {known_as} had",
    "easy.came-in": "{money} came in.",
    "easy.went-out": "{money} went out.",
    "easy.cost": "It cost {money}.",
    "easy.all-cost": "It all cost {money}.",
    "easy.not-planned": "We did not plan this.",
    "easy.planned": "The plan was {much}.",
    "easy.given": "There were {much}.",
    "easy.given.one": "There was {much}.",
    "easy.did-not-come": "{much} did not come.",
    "easy.some-did-not-come": "Some of it did not come as planned.",
    "easy.on-a-day": "{day}: {what}",
    "easy.before": "Before, it cost {money}.",
    "easy.now": "Now, it costs {money}.",
    "easy.budget-is": "The budget is {money}.",
    "easy.budget-not-known": "We do not know the budget.",
    "easy.used": "{money} is used.",
    "easy.used-not-known": "We do not know how much is used.",
    "easy.left": "{money} is left.",
    "easy.over": "{money} more is used than there was.",
    "easy.left-not-known": "We do not know how much is left.",
    "easy.contact": "{words}:",
}
