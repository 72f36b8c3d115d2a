"""One wrong line."""

from typing import NamedTuple


class Fault(NamedTuple):
    """One wrong line in a copy of the kernel: in ``file``, ``old`` stands exactly once and becomes ``new``."""

    name: str
    file: str
    old: str
    new: str
