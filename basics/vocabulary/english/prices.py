"""“What you pay for”, which is given to a person or a family."""

from __future__ import annotations

WORDS = {
    "paid.title": "What you pay for",
    "paid.total": "One week of support",
    "paid.rounding": "Rounding",
    "paid.who": "Who pays for it",
    "paid.nobody": "Nobody, so we carry it",
    "paid.not-in-it.heading": "What is not in it",
    "paid.not-in-it": "Rent and other housing costs are not in this price. Nor are household bills, unless a line above names them.",
    "paid.shares": "The shares are rounded so that together they make 100%.",
    "paid.ask": "Ask the person who gave you this page.",
    "paid.headline": "One week of your support costs {money}. It pays for {time} of staff time.",
    "paid.headline.an-hour": "One week of your support costs {money}. It pays for {time} of staff time, at {per_hour} an hour.",
    "paid.lines": "This pays for: {lines}.",
    "paid.more": "{count} more",
    "paid.hour-rounded": "The price of an hour is rounded, which makes this in a week.",
    "paid.parts-rounded": "The price and each part of it are rounded.",
    "paid.prices": "Prices {days}",
    "paid.share": "{percent}%", "paid.share.small": "under 1%", "paid.share.none": "–", "paid.share.all": "100%",
}

LISTS = {
    "paid.columns": ("What it is for", "A week", "Share"),
    "paid.support": ("Your support workers", "Their pay for the time that they support you."),
    "paid.travel": ("Getting to you", "Their time and their miles on the way."),
    "paid.paid time": ("Holidays, illness and training", "Their pay while they are away or learning."),
    "paid.employment": ("Tax and pensions", "What an employer has to pay on top of wages."),
    "paid.bought": ("Things bought for you", ""),
    "paid.empty places": ("Places that stand empty", "When a place is empty, the home still needs its staff."),
    "paid.managing": ("Planning and managing your support", ""),
    "paid.running": ("Running the organisation", ""),
    "paid.reserve": ("A reserve for surprises", "For costs that nobody could foresee."),
    "paid.surplus": ("The years to come", "What we keep so that we can go on and do better."),
}
