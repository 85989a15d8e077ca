"""Every guard: its name, what it refuses in plain words, and what to do next. `docs/guards.md` prints this list.

What each asks stands in `guards_sqlite.sql` and `guards_postgresql.sql`, and, for what every table has alike, in `guards.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """What a guard refuses, and what the person who meets it does next."""

    refuses: str
    to_do: str


_AGAIN = "Nothing of this was kept. Put the row right, then do it again."
_FLOOR = "Record less, or record what raises the account first."

GUARDS: dict[str, Guard] = {
    # the barrier, first half: an entry stays in its fund
    "barrier_fund": Guard("An entry’s two accounts must both belong to the entry’s own fund, in its unit.",
                          "Use the fund’s own accounts: money never moves from one person’s fund to another’s."),
    "event_fund": Guard("What an entry or a charge records must have happened in the same fund.", "Record an event for each fund."),
    "rule": Guard("No rule lets these two accounts meet in one entry, from this kind of origin.",
                  "See the table of rules on the page about guards."),
    "account_shape": Guard("An account needs a fund and a role that exist, a payer where it says what is due, and no twin.",
                           "Use the account that the fund has already, or give what is missing."),
    # the barrier, second half: value comes from an approved part of something real
    "origin_missing": Guard("What the entry or part says it comes from is not there, or is counted in another unit.",
                            "Record the bank line, allocation or other origin first."),
    "part_not_approved": Guard("No approved part of this origin belongs to this fund.", "Have the parts approved by somebody else first."),
    "part_exceeded": Guard("The entries of this fund would come to more than its approved parts of the origin.",
                           "Post no more than what is left of the fund’s part."),
    "part_over_origin": Guard("The parts would come to more than the origin they are parts of.", "Make the parts smaller."),
    "part_after_approval": Guard("A batch that is approved takes no more origins or parts.",
                                 "Prepare another batch, and have it approved."),
    "approver_is_preparer": Guard("A batch is approved by somebody other than who prepared it, and both must be known.",
                                  "Ask a colleague to approve it."),
    "needs_charge": Guard("Support paid for as it is given needs its charge: same event, fund, payer and pence, and posted once.",
                          "Record the charge first, or post what it says."),
    "needs_conversion": Guard("Turning banked time into pounds needs its agreement: same event, same minutes, and posted once.",
                              "Record the conversion and who agreed it first."),
    "conversion": Guard("A conversion is of more than no minutes, never below no pence, and names its agreement.", _AGAIN),
    # floors
    "floor_held": Guard("A fund’s money in the bank would fall below nothing.", _FLOOR),
    "floor_with_provider": Guard("The money that the provider has collected for a fund would fall below nothing.", _FLOOR),
    "floor_available": Guard("What a person may still use would fall below nothing.",
                             "Record what goes beyond it as borne by the provider (pounds) or over plan (time)."),
    "floor_banked": Guard("What a person has set aside would fall below nothing.", _FLOOR),
    "floor_owed_provider": Guard("The provider would be paid more than it has charged to the fund.", _FLOOR),
    "floor_borne": Guard("More overspend would be put right than the provider carries.", _FLOOR),
    "floor_owed_supplier": Guard("More would be paid to others than their approved bills come to.", _FLOOR),
    "floor_owed_funder": Guard("More would be given back to a funder than is owed to it.", _FLOOR),
    "floor_owed_person": Guard("More would be given back to the person than is owed to them.", _FLOOR),
    "floor_other": Guard("An account would fall below its floor.", _FLOOR),
    "draw_too_much": Guard("The provider would draw more than the fund owes it, less the overspend that it carries.",
                           "Draw no more than what is owed less what is borne: overspend waits for the funder’s approval."),
    # corrections
    "reversal": Guard("A reversal mirrors one entry exactly, once, and is not itself reversed.",
                      "Reverse the first entry whole, then post what is right."),
    "sealed": Guard("A batch that is sealed takes no more entries.", "Prepare another batch."),
    "append_only": Guard("Nothing that is kept is changed or removed.", "Add a later version, a reversal or a withdrawal instead."),
    "replace": Guard("A row with this key is kept already, and nothing takes its place.", "Add a later version instead."),
    "key": Guard("A row with this key is kept already.", "Leave it out where it is the same; add a later version where it is not."),
    "kept_by_guard": Guard("Balances, and how much of an origin is placed or used, are kept by guards alone.",
                           "Post an entry or a part; the sums follow."),
    "constitution": Guard("Roles and rules change only with a new version of Ringfence.", "Ask for the rule in a new version."),
    # days and months
    "entry_dates": Guard("An entry’s days must exist, and it is posted on the day it happened, or on the 1st of the first open month.",
                         "Check the two days."),
    "real_date": Guard("A day is given that does not exist.", "Write days like 2026-10-31."),
    "month_closed": Guard("The month that this would be posted in is closed.", "Post it on the 1st of the first open month."),
    "lock_order": Guard("A month is closed once, as issued and then locked, and never behind one that is closed.",
                        "Close the months in their order."),
    "reopen": Guard("Only the last closed month is opened again, by an approved decision, and not once invoices of it are issued.",
                    "Have the decision approved; correct an issued month in the next one."),
    # endings
    "fund_closed": Guard("The fund is closed, and takes no more entries.",
                         "Have it opened again by two people, if something is still to be put right."),
    "fund_closing": Guard("A fund closes once every account in pence, and the time still to be used, is at nil, by an approved decision.",
                          "Settle what is left first, and have the closing approved."),
    # what is asked for
    "charge_without_delivery": Guard("A charge needs a delivery that is kept and not withdrawn.", "Bring the delivery in first."),
    "charge_person": Guard("Support for one person would be charged to another person’s fund.",
                           "Charge it to the fund of the person, or of somebody who lives in the house."),
    "charged_twice": Guard("This support is charged to this fund and payer for that day already.", "Leave the second charge out."),
    "delivery_version": Guard("A later version of a delivery comes only after the one before it is withdrawn.",
                              "Undo the import that holds the one before."),
    "isolation": Guard("A transaction on PostgreSQL must see what others have just committed.", "Write with READ COMMITTED."),
    "invoiced_delivery": Guard("Support that stands on an issued invoice cannot be withdrawn before it is credited.",
                               "Have it credited first, by an approved correction of the visit."),
    "credit_note": Guard("A credit note is approved, says why, and takes lines off one issued invoice: of support whole lines, and each once.",
                         "Correct the visits that the lines are for, or credit the instalment: the credit note follows from that."),
    "credit_of_instalment": Guard("Of an instalment no more is credited than its line, each sum once; the entry that lowers the same promise by as "
                                  "much stands behind it, and is not reversed.",
                                  "Credit what is left of the line, by a credit of its own. A new version of the split promises it anew."),
    "credit_note_number": Guard("Credit notes are numbered one after another, without a gap.", "Use the number after the last."),
    "invoice_line": Guard("An invoice line repeats a charge for delivered support or an instalment: same payer, fund and pence.",
                          "Draft the invoice again from what is charged and due."),
    "invoice_number": Guard("Invoice numbers follow one another without a gap.", "Use the number after the last."),
    "schedule_change": Guard("A part of an instalment is changed by a new version, before it is invoiced and before its batch is approved.",
                             "Change the instalments that are not invoiced yet."),
    "seal_chain": Guard("A seal is the next one, and holds the one before it.", "Seal again on the last seal."),
    # what the engines themselves refuse
    "authorizer": Guard("The app may read and add rows in the database file, and nothing else.",
                        "Use Ringfence’s own commands; tables and guards change only with a new version."),
    "grants": Guard("The app’s user may read and add rows on the server, and nothing else.",
                    "Use Ringfence’s own commands; tables and guards change only with a new version."),
    "foreign_key": Guard("A row points at another that is not there.", "Record the other first."),
    "check": Guard("A row breaks a rule of its table.", _AGAIN),
    "not_empty": Guard("Something that must be given was left empty.", _AGAIN),
    "type": Guard("A value is not of its column’s kind.", "Give whole pence and minutes, and text."),
}

BY_CONSTRAINT = {
    "fk_entry_debit_account_id_fund_id_unit": "barrier_fund",
    "fk_entry_credit_account_id_fund_id_unit": "barrier_fund",
    "fk_part_origin_id_unit": "origin_missing",
    "fk_charge_delivery_id": "charge_without_delivery",
    "uq_entry_reverses_id": "reversal",
}
"""Where PostgreSQL’s own keys say the same as a guard, and say it first."""
