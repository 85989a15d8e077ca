"""The `ringfence` command. Exit codes: 0 done; 1 refused or found wrong, every problem listed; 2 the command was not understood."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

import typer

from basics.errors import RingfenceError
from ringfence.actions.faults import noted
from ringfence.cli import (
    accounts,
    actual,
    as_at,
    audit_pack,
    books,
    cases,
    contracts,
    cost,
    credits,
    debtors,
    documents,
    entries,
    export,
    fees,
    going_live,
    held,
    importing,
    issue_held,
    log,
    month_end,
    offers,
    overheads,
    parameters,
    plans,
    position,
    presets,
    quotes,
    readers,
    receipts,
    reconcile,
    returns,
    reviews,
    sample,
    scenarios,
    serve,
    spending,
    split,
    templates,
    trustees,
    uplift,
    users,
    verify,
    visits,
    watching,
)
from ringfence.cli.common import complain

STOPPED = 130

app = typer.Typer(
    name="ringfence", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="What does this support cost, whose money is it, and who owes us? Begin with ‘ringfence demo’, or read docs/month-end.md.")
app.command("demo", short_help="Try everything on an invented provider.")(sample.demo)
app.command("serve", short_help="Open the app in the browser.")(serve.serve)
app.command("init", short_help="Make empty books for a provider.")(books.init)
app.add_typer(users.app, name="user", short_help="Say who may come in, as what and until when.")
app.add_typer(readers.app, name="reader", short_help="Say who may read whose statements, and let them in.")
app.command("template", short_help="Print an example of each kind of file.")(templates.template)
app.command("cost", short_help="Price a package of support.")(cost.cost)
app.command("overheads", short_help="Divide overheads among services.")(overheads.overheads)
app.command("parameters", short_help="List the published figures and pay scales.")(parameters.parameters)
app.command("cases", short_help="Show our figures beside published ones.")(cases.cases)
app.command("offer", short_help="Hold a funder's rate beside the cost.")(offers.offer)
app.command("subsidies", short_help="List what is sold below full cost.")(offers.subsidies)
app.command("scenarios", short_help="Compare what might happen with the base.")(scenarios.scenarios)
app.command("actual", short_help="Hold the actual cost beside the priced one.")(actual.actual)
app.command("uplift", short_help="Show what becomes of a price on a later day.")(uplift.uplift)
app.add_typer(quotes.group, name="quote", short_help="Ask a funder for a price, and record the answer.")
app.command("quotes", short_help="List what was asked, offered and agreed.")(quotes.quotes)
app.add_typer(fees.group, name="fees", short_help="Keep what was asked, offered and agreed for the trustees.")
app.command("review", short_help="Ask every funder for next year's prices.")(reviews.review)
app.command("split", short_help="Show how a contract divides; prepare it.")(split.split)
app.command("contracts", short_help="List contracts, their splits and what is agreed.")(contracts.contracts)
app.add_typer(importing.app, name="import", short_help="Bring in people, visits and bank files.")
app.command("receipts", short_help="List bank lines to match, with suggestions.")(receipts.receipts)
app.command("apply", short_help="Prepare a file of agreements and money.")(books.apply)
app.command("record", short_help="Note a review and the like. It counts at once.")(books.record)
app.command("approve", short_help="Approve what somebody else prepared.")(books.approve)
app.command("month-end", short_help="Preview, prepare or approve a month.")(month_end.month_end)
app.command("lock", short_help="Close a month for good.")(month_end.lock)
app.command("reopen", short_help="Ask for the last locked month to be opened.")(month_end.reopen)
app.command("documents", short_help="Write what goes out of an issued month.")(documents.documents)
app.add_typer(documents.group, name="statements", short_help="List and publish statements.")
app.command("position", short_help="Show what is planned, given and left for a person.")(position.position)
app.command("plan", short_help="Show a person’s plan: steps, outcomes, answers, forecast.")(plans.plan)
app.command("steps", short_help="List where everybody stands, from needs to review.")(plans.steps)
app.command("entries", short_help="List what is posted in a fund, by name.")(entries.entries)
app.command("bills", short_help="List the bills of others, and how far each has come.")(spending.bills)
app.command("pay-bills", short_help="Plan one payment of the bills that are due.")(spending.pay_bills)
app.command("spending", short_help="List purchases and why, misspent money, worries.")(spending.spending)
app.add_typer(spending.evidence, name="evidence", short_help="Keep receipts and other papers.")
app.command("visit", short_help="Say why one visit costs what it does.")(visits.visit)
app.command("visits", short_help="List the visits of a month.")(visits.visits)
app.command("credits", short_help="List the credit notes, and write them.")(credits.list_credits)
app.command("credit", short_help="Ask for lines of an invoice to be credited.")(credits.credit)
app.command("held", short_help="List the invoices that are held, and why.")(held.list_held)
app.command("issue-held", short_help="Issue what was held and is ready.")(issue_held.issue)
app.command("debtors", short_help="List who owes us, by how long it is overdue.")(debtors.list_debtors)
app.command("reminders", short_help="List and write the reminders that are due.")(debtors.list_reminders)
app.command("watch", short_help="List what to look at: surpluses, reviews, what ends.")(watching.watch)
app.command("trustees", short_help="Show how we stand, on one page without names.")(trustees.trustees)
app.command("presets", short_help="List the terms that councils publish for a fund.")(presets.presets)
app.command("as-at", short_help="Show the books as they stood, as they were known.")(as_at.as_at)
app.command("export", short_help="Write what goes to accounts, councils and e-invoice receivers.")(export.export)
app.command("exports", short_help="List what was exported, and what has not gone out.")(export.list_exports)
app.command("accounts", short_help="Show the accounts at the end of a month.")(accounts.accounts)
app.command("reconcile", short_help="Hold people’s money beside the bank.")(reconcile.reconcile)
app.command("reconciliations", short_help="List the reconciliations and what is overdue.")(reconcile.list_reconciliations)
app.add_typer(going_live.group, name="going-live", short_help="Bring the old books over, and compare a month.")
app.command("audit-pack", short_help="Make the audit pack of one fund.")(audit_pack.pack)
app.command("monitoring", short_help="Show a contract’s hours and pounds, or fill in a workbook.")(returns.monitoring)
app.command("returns", short_help="Count budgets by way of holding and client group.")(returns.returns)
app.command("log", short_help="List who did what, and when.")(log.log)
app.command("verify", short_help="Check that everything adds up.")(verify.verify)
app.command("sample", short_help="Make books of an invented provider.")(sample.sample)


def main() -> None:
    """Run the command. Whatever goes wrong, a person reads what happened and what to do, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a name that the terminal has no letters for must not stop a month end
            stream.reconfigure(errors="replace", encoding=stream.encoding if stream.isatty() else "utf-8")
    try:
        app(prog_name="ringfence")
    except SystemExit as done:
        if done.code == STOPPED:
            complain("Stopped. What was being stored is not: it is kept whole or not at all. Give the command again when you are ready.")
        raise
    except RingfenceError as error:
        complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has gone; nothing more is to be told
        sys.exit(0)
    except MemoryError:
        complain("The memory of this machine was not enough. What was being stored is not kept. Close other programs and try again.")
        sys.exit(1)
    except Exception as error:
        complain(f"Something went wrong that should not have: {type(error).__name__}. What was being stored is not kept. {noted(error)}")
        sys.exit(1)


if __name__ == "__main__":
    main()
