"""The words of this field in plain English: one place for “What is this?” beside a word, and for docs/words.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A word, what it means, and the page of docs/ that tells more (without its ending)."""

    word: str
    means: str
    page: str


_ALL = (
    Word("accrued income", "Support that was given and is on no invoice yet. It is income of the month in which it was given.", "accounts"),
    Word("allocation", "What a funder has promised one person’s fund for some time, before any of it has been paid.", "funds"),
    Word("approval",
         "Whoever prepares something that moves money or changes an agreement cannot let it count; another person does.", "people-and-rights"),
    Word("bank line",
         "One line of a bank statement. Money comes into a fund only as a part of one, so that nothing can be counted twice.", "receipts"),
    Word("banked", "Set aside on purpose for later, in hours or in pounds. It is still the person’s, and is not left over by accident.", "funds"),
    Word("block contract", "One sum from a council for the support of several people. Here it becomes a fund for each of them.", "splitting"),
    Word("company costs",
         "Overheads: offices, payroll, insurance, audit, recruitment and the like, which no one person’s support causes.", "costing"),
    Word("contract liability",
         "Money that was paid for support which is still to be given. It is owed as support, and is not income yet.", "accounts"),
    Word("contribution", "What the person pays towards their own support after a means test; the council decides how much.", "funds"),
    Word("control total", "The same sum worked out in two ways. A month is issued only where both agree to the penny.", "month-end"),
    Word("credit note", "The document that takes back all or a part of an issued invoice. An issued invoice itself is never changed.", "charging"),
    Word("digest", "A long number that stands for exactly what was prepared. If anything in it changes, an approval of it is refused.", "commands"),
    Word("direct support",
         "The hands-on cost: staff, what is added to their pay, cover while they are away, training, and what support itself needs.", "costing"),
    Word("earned", "Support was given and charged, so this part of the money in people’s account is ours to draw.", "reconciliation"),
    Word("free cash", "What our own accounts hold once everything in them that is people’s is taken off.", "trustees"),
    Word("full cost",
         "Direct support, service co-ordination and company costs together: below this price somebody else pays for the support.", "costing"),
    Word("fund", "One person’s money and nobody else’s, with everything that came into it and went out of it.", "funds"),
    Word("funder", "Whoever pays: a council, the NHS, the person, a family, or a charitable grant.", "funds"),
    Word("individual service fund",
         "A personal budget that we hold for the person and spend as their support plan says. Also called an ISF.", "funds"),
    Word("instalment",
         "One payment of a contract’s schedule: when it is asked for, when it is due, and whose fund each part belongs to.", "splitting"),
    Word("kept back",
         "The part of a contract that was agreed to be held for all, such as for empty places; it is declared, with who agreed it.", "splitting"),
    Word("locked", "A closed month to which nothing can be added any more. What is found later goes into the open month, and says so.", "month-end"),
    Word("money held",
         "What is in the bank for a person, less support given that is not drawn yet. It is theirs, whoever’s account it lies in.", "funds"),
    Word("on target", "What was used is close to what was planned by this day. More and less are each said in words and by how much.", "funds"),
    Word("overspend",
         "Support that cost more than the fund had left. We carry it until a funder agrees to more; no other fund pays for it.", "funds"),
    Word("personal budget",
         "What a council says that meeting a person’s needs costs in a year: indicative until the plan is agreed, then final.", "funds"),
    Word("productive hour",
         "An hour in which support is given. Holidays, sickness, training and travel are paid too, and are spread over these.", "costing"),
    Word("reconciliation",
         "What must be held for people, beside what the books hold and what the bank says: at least every five weeks.", "reconciliation"),
    Word("reserve", "A fund of a contract itself, for what was kept back of it by agreement. It is nobody’s spare money.", "splitting"),
    Word("review", "A look at whether the plan still fits the person, by the day that was agreed or that the funder’s terms ask for.", "watch"),
    Word("scenario", "What would happen if. It is beside the prices as they are, and changes none of them.", "scenarios"),
    Word("service co-ordination", "Team leaders, managers, rotas and staff development: what makes support happen beside giving it.", "costing"),
    Word("shared support",
         "One worker with several people at once (1:3), or a house that shares a night. Each pays a share, also while a place is empty.", "costing"),
    Word("split", "How one contract divides into each person’s fund and what is kept back; every sum with who agreed it.", "splitting"),
    Word("support plan", "What a person wants to reach, and what support will be bought for that; agreed with the council.", "funds"),
    Word("surplus", "What is left in a fund above what its terms let stay. It goes back to the funder, or support is given for it.", "watch"),
    Word("void", "A place in a shared house that nobody is in. Somebody pays for it: by the contract, the reserve or us.", "charging"),
)

WORDS = {each.word: each for each in _ALL}


def words_page() -> str:
    """All of them as docs/words.md."""
    rows = "\n".join(f"| {each.word} | {each.means} | [{each.page}]({each.page}.md) |" for each in _ALL)
    return ("# What do the words mean?\n\nThe words of this field as they are used on every page of the app and in these documents. The same stand "
            "under *What is this?*\nin the app.\n\n| word | what it means | more |\n|---|---|---|\n" + rows + "\n")
