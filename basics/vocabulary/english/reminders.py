"""A letter about open invoices."""

from __future__ import annotations

WORDS = {
    "reminder.title.friendly": "A reminder",
    "reminder.title.firm": "Please pay what is overdue",
    "reminder.title.before a claim": "Before any claim is made",
    "reminder.practice": "Practice: not a real letter",
    "reminder.reference": "Our reference", "reminder.about": "About",
    "reminder.open-in-all": "Open in all",
    "reminder.number": "{number} of {day}", "reminder.number-for": "{number} of {day}, for {whom}",
    "reminder.number-before": "{number}", "reminder.number-before-for": "{number}, for {whom}",
    "reminder.one-open": "An invoice is still open.",
    "reminder.open": "{count} invoices are still open.",
    "reminder.one-open-again": "An invoice is still open, and we have written before.",
    "reminder.open-again": "{count} invoices are still open, and we have written before.",
    "reminder.friendly": "{open} {money} was due. Perhaps it is on its way: then please forget this letter.",
    "reminder.firm": "{open} Please pay {money} now, or tell us what stands in the way.",
    "reminder.claim": "{open} {money} is owed for support that was given. Before anybody may make a claim, you have {days} days to answer: "
                      "until {until}. The form at the end is for your answer. We add no interest and no charge. If you tell us that you are "
                      "getting advice about debt, we wait longer.",
    "reminder.claim-organisation": "{open} Please pay {money}, or tell us within {days} days why it is not paid.",
    "reminder.late": "By the Late Payment of Commercial Debts (Interest) Act 1998, {money} of interest and fixed sums may be added up to {day}. "
                     "It is not part of the sum above.",
    "reminder.give-reference": "Please give the reference {reference}.",
    "reminder.ask-heading": "If something is not right",
    "reminder.ask": "Please ask {whom}. If you think that something was not given, or was charged wrongly, we look into it first.",
    "reminder.in-parts": "If paying is hard, please tell us. We can agree on parts.",
    "reminder.we-wait": "We wait with whatever you dispute.",
    "reminder.support": "Support does not depend on this letter. It goes on as it was agreed.",
    "reminder.form": "Your answer",
    "reminder.form-about": "Please send this back by {day} to {provider}. Reference {reference}, {money}.",
}

LISTS = {
    "reminder.columns": ("Invoice", "Due", "Asked for", "Open"),
    "reminder.advice": (
        "You can get free and independent advice about debt. These organisations do not charge:", "StepChange, 0800 138 1111, stepchange.org",
        "National Debtline, 0808 808 4000, nationaldebtline.org", "Citizens Advice, 0800 144 8848, citizensadvice.org.uk"),
    "reminder.answers": ("I agree that I owe this.", "I agree that I owe some of it, and say below how much and why.",
                         "I do not think that I owe this, and say below why.", "I do not know whether I owe this."),
    "reminder.ways": ("I will pay it all by this day:", "I will pay it in parts, so much and so often:", "I cannot pay now. This is why:",
                      "I am getting advice about debt, or want to. From:", "Please send me these papers:"),
    "reminder.sign": ("Name", "How we can reach you", "Signed", "Date"),
}
