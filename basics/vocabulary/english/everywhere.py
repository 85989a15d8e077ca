"""What every document uses."""

from __future__ import annotations

WORDS = {
    "language": "en-GB",
    "and": "{first} and {last}",
    "comma": ", ",
    "or": "{first} or {last}",
    "belongs": "{name}’s",
    "you": "You",
    "draft": "DRAFT",
    "seal": "seal {seal}",
    "seal.none": "no seal yet",
    "page": "page {page} of {pages}",
    "day": "{day} {month}",
    "not-known": "Not known",
    "total": "Total",
    "counted.nights": "{count} nights", "counted.nights.one": "{count} night",
    "counted.visits": "{count} visits", "counted.visits.one": "{count} visit",
    "counted.days": "{count} days", "counted.days.one": "{count} day",
    "counted.times": "{count} times", "counted.times.one": "{count} time",
    "counted.hours": "{count} hours", "counted.hours.one": "{count} hour",
    "counted.minutes": "{count} minutes", "counted.minutes.one": "{count} minute",
    "per.hour": "an hour", "per.night": "a night", "per.visit": "a visit", "per.day": "a day", "per.week": "a week", "per.item": "an item",
    "per.year": "a year", "per.time": "each time",
}
