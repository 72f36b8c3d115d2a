"""The files of the page as they are shipped, read once; a request names one of them and nothing else."""

from functools import cache
from importlib import resources

KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".woff2": "font/woff2",
}


@cache
def _files() -> dict[str, tuple[bytes, str]]:
    found = {}
    for entry in resources.files("scorelab.explorer").joinpath("page").iterdir():
        kind = KINDS.get(f".{entry.name.rsplit('.')[-1]}")
        if kind and entry.is_file():
            found[entry.name] = (entry.read_bytes(), kind)
    return found


@cache
def index() -> str:
    """The page itself; a word in it stands for the nonce of its styles."""
    return resources.files("scorelab.explorer").joinpath("page", "index.html").read_text(encoding="utf-8")


def asset(name: str) -> tuple[bytes, str] | None:
    """The content and media type of a file of the page, None where there is none of that name."""
    return _files().get(name)
