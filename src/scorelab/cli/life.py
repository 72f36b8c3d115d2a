"""``scorelab life``: one synthetic person of a run, lived again in every world."""

import json
from pathlib import Path

import typer

from scorelab import api
from scorelab.cli.console import guarded, out
from scorelab.errors import InputError, Problem


@guarded
def life(
    folder: Path = typer.Argument(..., metavar="DIR", help="The folder of a finished run."),
    wrongful: bool = typer.Option(
        False, "--wrongful", help="Somebody who is refused something by false records alone."
    ),
    collateral: bool = typer.Option(False, "--collateral", help="Somebody who is refused for somebody else's record."),
    spiral: bool = typer.Option(False, "--spiral", help="Somebody who is longer without work or in arrears."),
    random: bool = typer.Option(False, "--random", help="Anybody."),
    person: str | None = typer.Option(None, "--person", metavar="ID", help="This person, such as r000-c0012-p01234."),
    draw: int = typer.Option(0, "--draw", metavar="N", help="Another lot than the first, which is 0."),
    alone: bool = typer.Option(False, "--alone", help="One world more: the schemes apply to all but this person."),
    as_json: bool = typer.Option(False, "--json", help="Print the whole life as JSON."),
) -> None:
    """Live one synthetic person again, in every world, and write the page of that life.

    The person is drawn by lot among those who are like it. Without an option: wrongful, if anybody is, else anybody.
    """
    wanted = {
        "wrongful": wrongful,
        "collateral": collateral,
        "spiral": spiral,
        "random": random,
        "person": bool(person),
    }
    if sum(wanted.values()) > 1:
        given = " and ".join(f"--{name}" for name, so in wanted.items() if so)
        raise InputError([Problem(given, 0, 0, "one person at a time: give one of these")])
    done = api.load(folder)
    told = done.life(
        wrongful=wrongful,
        collateral=collateral,
        spiral=spiral,
        random=random,
        person=person,
        draw=draw,
        alone=alone,
    )
    if as_json:
        print(json.dumps(told.life.to_json(), ensure_ascii=False))  # noqa: T201
        return
    path = told.write()
    out.print(f"{told.invented} {told.life.who.id}", markup=False)
    out.print(told.life.chosen.words, markup=False)
    out.print("")
    for sentence in told.account:
        out.print(sentence, markup=False)
    out.print("")
    if told.beside is not None:
        out.print(
            f"Beside it on the page stands somebody drawn from all. scorelab report {folder} shows both.", markup=False
        )
    elif told.life.chosen.kind != "random":
        out.print(f"Beside it, somebody drawn from all: scorelab life {folder} --random", markup=False)
    out.print(str(path), markup=False)
