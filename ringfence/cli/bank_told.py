"""What came of a bank file or a remittance advice, told to a person or to another program."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from basics.money import Money
from basics.periods import day_in_words
from ringfence.actions.bank_in import BankTaken
from ringfence.cli.common import complain, found_wrong, in_json, option_for, tell
from ringfence.importing.bank_lines import BankRow
from ringfence.importing.remittance import Advised

MOST_SHOWN = 20


def tell_bank(done: BankTaken, database: str, *, as_json: bool) -> None:
    """Every row is counted: new, here already, held back, or not taken. Ends the command as found wrong where a row was not certain."""
    if as_json:
        typer.echo(in_json(_as_data(done)))
    else:
        _tell_person(done, database)
    if done.problems:
        raise found_wrong()


def tell_remittance(advice: Advised, said: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        typer.echo(in_json({"total": advice.total.plain, "changes": list(said), "notices": list(advice.notices),
                            "pays": [*({"invoice": number, "pounds": Money(pence).plain} for number, pence in advice.pays),
                                     *({"credit_note": number, "pounds": Money(pence).plain} for number, pence in advice.credits)]}))
        return
    for notice in advice.notices:
        complain(f"  {notice}")
    typer.echo(f"{'Noted' if said else 'Noted before'}: {advice.in_words}. A bank line of this sum finds them: ringfence receipts")


def _tell_person(done: BankTaken, database: str) -> None:
    typer.echo(f"{done.name} ({done.how}): rows {done.rows_in}. New: {len(done.new)}, {Money(done.in_pence)} in and {Money(-done.out_pence)} out. "
               f"Here already: {done.same}. Held back: {len(done.alike)}. Not taken: {len(done.problems)}.")
    for notice in done.notices:
        complain(f"  {notice}")
    if done.alike:
        complain("These look like lines that are here under another reference; give --alike if they are other payments:")
        for row in done.alike[:MOST_SHOWN]:
            complain(f"  {_row(row)}")
        if len(done.alike) > MOST_SHOWN:
            complain(f"  … and {len(done.alike) - MOST_SHOWN} more like these.")
    tell(done.problems, heading="These did not come in:")
    if done.applied.digest:
        typer.echo("None of it counts until another person approves it:")
        typer.echo(f"  ringfence approve {done.applied.digest[:16]} --as SOMEBODY-ELSE{option_for(database)}")
        typer.echo("Then match it: ringfence receipts")


def _row(row: BankRow) -> str:
    return f"row {row.row_number}: {day_in_words(row.on)}, {Money(row.pence)}, {row.words}"


def _as_data(done: BankTaken) -> dict[str, object]:
    def rows(some: Sequence[BankRow]) -> list[dict[str, object]]:
        return [{"row": row.row_number, "line": row.reference, "on": row.on.isoformat(), "pounds": Money(row.pence).plain, "words": row.words}
                for row in some]
    return {"file": done.name, "kind": done.how, "rows": done.rows_in, "new": rows(done.new), "same": done.same, "held_back": rows(done.alike),
            "digest": done.applied.digest, "notices": list(done.notices),
            "problems": [{"place": one.place, "what": one.what, "to_do": one.to_do} for one in done.problems]}
