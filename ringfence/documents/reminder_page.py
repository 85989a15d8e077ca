"""What a letter about open invoices says, as finished text in reading order: what is open, how to pay, whom to ask, and that support goes on."""

from __future__ import annotations

from basics.money import Money
from basics.periods import day_in_words
from invoicing.reminders import DAYS_TO_REPLY, Reminder, Tone, may_answer_until
from ringfence.documents.letter_page import PRACTICE
from ringfence.documents.pages import Page, refuse_unseen

SUPPORT_GOES_ON = "Support does not depend on this letter. It goes on as it was agreed."
FREE_ADVICE = (
    "You can get free and independent advice about debt. These organisations do not charge:",
    "StepChange, 0800 138 1111, stepchange.org", "National Debtline, 0808 808 4000, nationaldebtline.org",
    "Citizens Advice, 0800 144 8848, citizensadvice.org.uk")
TITLES = {Tone.FRIENDLY: "A reminder", Tone.FIRM: "Please pay what is overdue", Tone.BEFORE_A_CLAIM: "Before any claim is made"}
ANSWERS = ("I agree that I owe this.", "I agree that I owe some of it, and say below how much and why.",
           "I do not think that I owe this, and say below why.",
           "I do not know whether I owe this.")
WAYS = ("I will pay it all by this day:", "I will pay it in parts, so much and so often:", "I cannot pay now. This is why:",
        "I am getting advice about debt, or want to. From:", "Please send me these papers:")
FORM = "Your answer"


def reminder_page(letter: Reminder) -> Page:
    """One letter. Raises `InputError` for a character that cannot be seen."""
    claim = letter.tone is Tone.BEFORE_A_CLAIM
    page = {
        "title": TITLES[letter.tone], "provider": letter.provider,
        "marks": [PRACTICE] if letter.practice else [],
        "from": {"label": "From", "lines": [letter.provider, *letter.provider_address, letter.contact]},
        "to": {"label": "To", "lines": list(letter.to)},
        "facts": [("Date", day_in_words(letter.written_on)), ("Our reference", letter.reference),
                  *([("About", letter.about)] if letter.about else [])],
        "opening": _opening(letter),
        "columns": ["Invoice", "Due", "Asked for", "Open"],
        "rows": [[_invoice(letter, n), day_in_words(line.due_on), str(Money(line.asked_pence)), str(Money(line.open_pence))]
                 for n, line in enumerate(letter.lines)],
        "total": ["Open in all", "", "", str(Money(letter.open_pence))],
        "late": _late(letter),
        "pay": {"heading": "How to pay", "lines": [*letter.pay_to, f"Please give the reference {letter.reference}."]},
        "ask": {"heading": "If something is not right", "lines": _ask(letter)},
        "support": SUPPORT_GOES_ON,
        "advice": list(FREE_ADVICE) if letter.is_individual else [],
        "form": _form(letter) if claim and letter.is_individual else None,
        "footer": " · ".join((letter.provider, letter.reference)),
    }
    refuse_unseen(page, f"the letter {letter.reference}")
    return page


def _invoice(letter: Reminder, n: int) -> str:
    line = letter.lines[n]
    return f"{line.number:06d} of {day_in_words(line.issued_on)}{f', for {line.for_whom}' if line.for_whom and not letter.is_individual else ''}"


def _opening(letter: Reminder) -> str:
    count, money = len(letter.lines), Money(letter.open_pence)
    invoices = "An invoice is" if count == 1 else f"{count} invoices are"
    is_open = f"{invoices} still open{', and we have written before' if letter.written_before else ''}."
    if letter.tone is Tone.FRIENDLY:
        return f"{is_open} {money} was due. Perhaps it is on its way: then please forget this letter."
    if letter.tone is Tone.FIRM:
        return f"{is_open} Please pay {money} now, or tell us what stands in the way."
    if letter.is_individual:
        return (f"{is_open} {money} is owed for support that was given. Before anybody may make a claim, you "
                f"have {DAYS_TO_REPLY} days to answer: until {day_in_words(may_answer_until(letter.written_on))}. The form at the end is for your "
                "answer. We add no interest and no charge. If you tell us that you are getting advice about debt, we wait longer.")
    return f"{is_open} Please pay {money}, or tell us within {DAYS_TO_REPLY} days why it is not paid."


def _late(letter: Reminder) -> str:
    if letter.is_individual or not letter.late_pence or letter.tone is Tone.FRIENDLY:
        return ""
    return (f"By the Late Payment of Commercial Debts (Interest) Act 1998, {Money(letter.late_pence)} of interest and fixed sums may be added up to "
            f"{day_in_words(letter.written_on)}. It is not part of the sum above.")


def _ask(letter: Reminder) -> list[str]:
    whom = letter.contact or letter.provider
    return [f"Please ask {whom}. If you think that something was not given, or was charged wrongly, we look into it first.",
            "If paying is hard, please tell us. We can agree on parts." if letter.is_individual else "We wait with whatever you dispute."]


def _form(letter: Reminder) -> Page:
    return {"heading": FORM, "about": f"Please send this back by {day_in_words(may_answer_until(letter.written_on))} to {letter.provider}, "
                                      f"{', '.join(letter.provider_address)}. Reference {letter.reference}, {Money(letter.open_pence)}.",
            "answers": list(ANSWERS), "ways": list(WAYS), "sign": ["Name", "How we can reach you", "Signed", "Date"]}
