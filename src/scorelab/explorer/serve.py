"""Starting the server on this machine, for this machine."""

import contextlib
import socket
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from scorelab.errors import InputError, Problem, RunError
from scorelab.explorer.app import Explorer
from scorelab.explorer.folder import Folder

HOST = "127.0.0.1"
PORT = 8765
"""Tried first, so that a link that restores a page keeps working; where it is taken, any free one is used."""


def serve(folder: Path, port: int | None, tell: Callable[[str], None], *, browser: bool) -> None:
    """Serve the explorer until it is interrupted. ``tell`` hears the address once the server listens.

    Raises InputError for a folder or a port that cannot be, RunError where the port is taken.
    """
    explorer = Explorer(Folder(folder), 0)
    listening = _socket(port)
    explorer.port = int(listening.getsockname()[1])
    address = f"http://{HOST}:{explorer.port}/"

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            tell(address)
            if browser:
                with contextlib.suppress(webbrowser.Error):
                    webbrowser.open(address)

    config = uvicorn.Config(
        explorer.app(),
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=64 * 1024,
        limit_concurrency=200,
        http="h11",
        ws="none",
    )
    with contextlib.suppress(KeyboardInterrupt):  # which is how one leaves it; everything is put away by then
        Server(config).run(sockets=[listening])


def _socket(port: int | None) -> socket.socket:
    """A socket that listens on this machine alone."""
    if port is not None and not 0 <= port <= 65535:
        raise InputError([Problem("--port", 0, 0, f"a port is a number from 0 to 65535, not {port}")])
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    for wanted in (PORT, 0) if port is None else (port,):
        try:
            made.bind((HOST, wanted))
            return made
        except OSError as error:
            if wanted != PORT or port is not None:
                made.close()
                raise RunError(f"port {wanted} cannot be had: {(error.strerror or 'it is taken').lower()}") from None
    raise AssertionError("one of the ports was tried last")
