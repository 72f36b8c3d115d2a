"""One line of the tables of controls."""

from typing import Any, Literal, NamedTuple

Kind = Literal["rate", "number", "weeks", "points", "choice", "switch", "part", "date", "share"]
"""``switch`` is true or false in the text; ``part`` is a whole clause that is switched off and on."""


class Row(NamedTuple):
    """One control: where its value stands below its section, and what it is called.

    ``unsaid`` is what is meant where nothing is written, None where it is then not shown. ``usual`` are the ends of
    what is plausible where neither a range is stated nor the language's own bounds are of use. ``more`` controls are
    shown only when asked for.
    """

    key: str
    kind: Kind
    label: str
    help: str
    unit: str = ""
    more: bool = False
    unsaid: Any = None
    usual: tuple[float, float] | None = None
