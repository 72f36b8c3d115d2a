"""``scorelab explore``: the local page in which a scheme is changed and lived again."""

from pathlib import Path

import typer

from scorelab.cli.console import LINE, guarded, out


@guarded
def explore(
    folder: Path = typer.Argument(
        Path(), metavar="[DIR]", help="A folder with files of your own or finished runs, or a run; by default this one."
    ),
    port: int | None = typer.Option(None, "--port", metavar="N", help="Listen there; by default 8765 or any free one."),
    no_browser: bool = typer.Option(False, "--no-browser", help="Only say the address."),
) -> None:
    """Open a page on this machine: change a scheme, and see what it does to a hundred thousand synthetic lives."""
    from scorelab.explorer.serve import serve

    def tell(address: str) -> None:
        out.print(f"The explorer is at {address} and stops with Ctrl-C.", markup=False)
        out.print(LINE, markup=False)

    serve(folder, port, tell, browser=not no_browser)
