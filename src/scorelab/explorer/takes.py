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
        """The folder is made when it is first needed."""
        self._folder: Path | None = None
        self._kept: OrderedDict[str, Path] = OrderedDict()

    def place(self) -> tuple[str, Path]:
        """A new empty folder for one file, and its token; it is to be kept or dropped."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="scorelab-explore-"))
        token = secrets.token_urlsafe(16)
        place = self._folder / token
        place.mkdir()
        return token, place

    def keep(self, token: str, place: Path) -> None:
        """Its file is whole. Of those that are kept the oldest goes where they are too many."""
        self._kept[token] = place
        while len(self._kept) > MOST_KEPT:
            _, oldest = self._kept.popitem(last=False)
            shutil.rmtree(oldest, ignore_errors=True)

    def drop(self, place: Path) -> None:
        """Nothing came of it."""
        shutil.rmtree(place, ignore_errors=True)

    def file(self, token: str, name: str) -> Path:
        """The file of that token and name. Raises KeyError where there is none (any more)."""
        for path in self._kept[token].iterdir():
            if path.name == name and path.is_file():
                return path
        raise KeyError(name)

    def close(self) -> None:
        """Remove all."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
