"""The command ``scorelab``: one file a command."""

import typer

import scorelab
from scorelab.cli.bench import bench
from scorelab.cli.check import check
from scorelab.cli.console import LINE
from scorelab.cli.explore import explore
from scorelab.cli.gather import gather
from scorelab.cli.life import life
from scorelab.cli.listing import listing
from scorelab.cli.new import new
from scorelab.cli.report import report
from scorelab.cli.run import run
from scorelab.cli.schema import schema
from scorelab.cli.study import study

app = typer.Typer(
    name="scorelab",
    help="Run social-credit schemes over synthetic societies, and count what they do.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog=LINE,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"scorelab {scorelab.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Options that stand before any command."""


app.command("list", epilog=LINE)(listing)
app.command("check", epilog=LINE)(check)
app.command("run", epilog=LINE)(run)
app.command("gather", epilog=LINE)(gather)
app.command("report", epilog=LINE)(report)
app.command("life", epilog=LINE)(life)
app.command("study", epilog=LINE)(study)
app.command("explore", epilog=LINE)(explore)
app.command("new", epilog=LINE)(new)
app.command("schema", epilog=LINE)(schema)
app.command("bench", epilog=LINE)(bench)


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 wrong input, 2 usage, 130 interrupted."""
    try:
        app()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
