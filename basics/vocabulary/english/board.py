"""A board paper of scenarios, and what scenarios come to in a sentence, which the page and the command say too."""

from __future__ import annotations

WORDS = {
    "board.title": "Board paper: {name}",
    "board.day": "Board paper, {day}",
    "board.note": "For planning only: no real price changes. * is made with figures that nobody has published yet; they are named under "
                  "Assumptions.",
    "board.scenarios": "Scenarios",
    "board.changes": "What changes",
    "board.changes.later": "Only the figures of a later day, which are named under Assumptions.",
    "board.assumptions": "Assumptions",
    "board.assumptions.none": "None: every figure is typed or published.",
    "board.assumptions.title": "What changes, and what is assumed",
    "board.assumed": "Assumed",
    "board.as-it-is": "As it is",
    "board.called": "“{name}”", "board.called.assumed": "“{name}”*",
    "board.surplus": "a surplus of {money}", "board.loss": "a loss of {money}",

    # Its charts
    "board.bar": "{start} to {end}",
    "board.whole": "{scenario} leaves {left}",
    "board.whole.about": "Surplus, or loss, of the organisation in a year",
    "board.service": "By service, {name} leaves least: {left}", "board.service.about": "Surplus, or loss, by service in a year",
    "board.funder": "By funder, {name} leaves least: {left}", "board.funder.about": "Surplus, or loss, by funder in a year",
    "board.bar.as-it-is": "{name}, as it is", "board.bar.scenario": "{name}, {scenario}",
    "board.lost": "{scenario} leaves {money} of overheads that no support earns",
    "board.lost.none": "Every scenario earns its overheads",
    "board.lost.about": "Overheads not recovered in a year",
    "board.matters": "“{name}” matters most: alone it moves the surplus by {money}",
    "board.matters.about": "The surplus at the ends of each assumption; it is {money} in the base",

    # Its tables
    "board.table": "The organisation in a year",
    "board.table.service": "Surplus, or loss, by service",
    "board.table.funder": "Surplus, or loss, by funder",
    "board.range": "{name}: from {low} to {high}, the surplus is {least} to {most}",
    "range.no-change": "no change", "range.more": "{much} more", "range.less": "{much} less", "range.points": "{value} points",

    # What it comes to
    "finding": "{scenario}: {because} in a year, and {becomes}.",
    "finding.no-scenario": "As it is, a year leaves {left}. There is no scenario yet: what if …?",
    "finding.nothing-moves": "nothing moves",
    "finding.cost.more": "costs are {money} more", "finding.cost.less": "costs are {money} less",
    "finding.income.more": "income is {money} more", "finding.income.less": "income is {money} less",
    "finding.still": "a year still leaves {left}",
    "finding.surplus.rises": "the surplus of {before} rises to {after}", "finding.surplus.falls": "the surplus of {before} falls to {after}",
    "finding.surplus.lost": "the surplus of {before} turns into a loss of {after}",
    "finding.loss.rises": "the loss of {before} rises to {after}", "finding.loss.falls": "the loss of {before} falls to {after}",
    "finding.loss.made-good": "the loss of {before} turns into a surplus of {after}",
}

LISTS = {
    "board.amounts": ("Income at the prices in force", "Full cost", "Surplus, or loss", "Overheads not recovered"),
}
