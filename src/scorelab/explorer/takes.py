"""Files that were made to be taken away: kept for a while in a folder of their own, which goes with the server."""

import secrets
import shutil
import tempfile
from collections import OrderedDict
from pathlib import Path

MOST_KEPT = 8


class Takes:
    """The newest few files, each under a name that nobody can guess."""

    def __init__(self) -> None:
        """Makes the folder."""
        self._folder = Path(tempfile.mkdtemp(prefix="scorelab-explore-"))
        self._kept: OrderedDict[str, Path] = OrderedDict()

    def place(self) -> tuple[str, Path]:
        """A new empty folder for one file, and its token."""
        token = secrets.token_urlsafe(16)
        place = self._folder / token
        place.mkdir()
        self._kept[token] = place
        while len(self._kept) > MOST_KEPT:
            _, oldest = self._kept.popitem(last=False)
            shutil.rmtree(oldest, ignore_errors=True)
        return token, place

    def file(self, token: str, name: str) -> Path:
        """The file of that token and name. Raises KeyError where there is none (any more)."""
        for path in self._kept[token].iterdir():
            if path.name == name and path.is_file():
                return path
        raise KeyError(name)

    def close(self) -> None:
        """Remove all."""
        shutil.rmtree(self._folder, ignore_errors=True)
