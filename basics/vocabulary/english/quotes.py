"""A letter that asks a funder for a price, or for several."""

from __future__ import annotations

WORDS = {
    "quote.title": "Price offer {references}", "quote.title.draft": "Price offer", "quote.title.review": "Price review: {review}",
    "quote.practice": "Practice: not a real letter",
    "quote.draft": "Nothing is asked with this page yet. It has no reference.",
    "quote.record": "record {record}",
    "quote.person": "Person", "quote.until": "Stands until", "quote.first": "Counts from",
    "quote.references": "Our references",

    # Its first words
    "quote.ask": "For {package} we ask {money} {per} from {day}.",
    "quote.ask.in-place-of": "For {package} we ask {money} {per} from {day} in place of the {now} that is paid now.",
    "quote.part-of": "That is your part of a price of {money} {per}.",
    "quote.shows": "This letter shows what every pound of it is for.",
    "quote.shows.whole": "This letter shows what every pound of the whole price is for.",
    "quote.ask.several": "We ask for the prices below from {day}. Each is opened, so that you can see what every pound of it is for.",

    # One price
    "quote.heading": "{reference}: {package}",
    "quote.about": "{hours} hours of support a week, {weeks} weeks a year, for {people} people.",
    "quote.about.one": "{hours} hours of support a week, {weeks} weeks a year, for one person.",
    "quote.rates": "Worked out at the rates of {day}.",
    "quote.rates.days": "One price for all days from {day} to {last}.",
    "quote.rates.stretches": "One price for all days from {day} to {last}: each stretch of them counts at its own rates.",
    "quote.whole.before": "The whole price, before",
    "quote.whole.from": "The whole price, from {day}",
    "quote.others": "Paid by others",
    "quote.contingency": "Contingency that nobody pays",
    "quote.part.before-taken-off": "Your part, before what we take off",
    "quote.now": "Paid now", "quote.now.part": "Your part, paid now",
    "quote.from": "From {day}", "quote.from.part": "Your part, from {day}",
    "quote.more": "More",
    "quote.for-all": "For all {people} people", "quote.for-all.part": "Your part, for all {people} people",

    # What it is made of
    "quote.lines": "What the price of {per} is made of", "quote.lines.whole": "What the whole price of {per} is made of",
    "quote.total": "Price of {per}", "quote.total.whole": "Whole price of {per}",
    "quote.taken-off": "Taken off by us",
    "quote.not-covered": "Not covered by what is paid now",
    "quote.beyond": "Paid now beyond what it came to",
    "quote.rounding": "Rounding",
    "quote.because": "because of {changes}",
    "quote.changes": "What has changed",
    "quote.change": "{label}: {before} before, {now} now.",
    "quote.notes": "For you, before it is sent",

    # All of them, and how to answer
    "quote.together": "All together, for a year",
    "quote.together.total": "All packages",
    "quote.left-out": "What is not in the price",
    "quote.answer": "How to answer",
    "quote.answer.until": "This stands until {day}. After that day it is no longer offered, and we would work it out again.",
    "quote.answer.tell": "Please tell {whom}, whether you accept it, offer another price, or refuse it, and from when.",
    "quote.answer.tell-us": "Please tell us whether you accept it, offer another price, or refuse it, and from when.",
}

LISTS = {
    "quote.prices.columns": ("The price", "An hour", "A week", "A year"),
    "quote.stretches.columns": ("At the rates of each stretch of days", "An hour", "A week"),
    "quote.columns": ("What it is for", "£", "Share"),
    "quote.columns.review": ("What it is for", "Now £", "Asked £", "More £", "More %"),
    "quote.together.columns": ("Package", "Now", "Asked", "More"),
    "quote.left-out": ("Rent, service charge and all other costs of housing. They are no part of support.",
                       "Anything that stands on no line of this letter."),
}
