"""The table of constants in ``docs/odd.md``: what the kernel and the tables fix, with the values that they have now.

It stands between ``<!-- constants -->`` and ``<!-- end -->``. Meanings are those that the modules themselves give.
"""

import ast
import inspect
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import pairwise

from scorelab.spec.odd import table

_TABLE = re.compile(r"^<!-- constants -->\n.*?^<!-- end -->$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Constant:
    """One number of a module; ``meaning`` is said here only where the module gives none."""

    module: str
    name: str
    unit: str
    meaning: str = ""


CONSTANTS = (
    Constant("kernel.layout", "ALWAYS", "2⁻³²"),
    Constant("kernel.layout", "LARGEST_RATE", "2⁻³²"),
    Constant("kernel.layout", "ONE", "2⁻¹⁶"),
    Constant("kernel.layout", "YEAR_WEEKS", "weeks"),
    Constant("kernel.layout", "PERIOD_WEEKS", "weeks"),
    Constant("kernel.layout", "OPEN", "week"),
    Constant("kernel.layout", "NEVER", "week"),
    Constant("kernel.layout", "MAX_TRIES", "tries"),
    Constant("kernel.layout", "ACCOUNT_LIMIT", "points"),
    Constant("kernel.layout", "ACCOUNT_ZERO", "points"),
    Constant("kernel.layout", "OFFICIALS", "officials"),
    Constant("kernel.layout", "BANDS", "bands"),
    Constant("kernel.layout", "CURVE_ONE", "2⁻³⁰", "A factor of one in the curve of deterrence."),
    Constant(
        "kernel.layout", "CURVE_STEPS", "steps", "Entries of the curve of deterrence, 32 for each 1 of its exponent."
    ),
    Constant(
        "kernel.layout", "LARGEST_EXPONENT", "2⁻¹⁶", "Where the curve of deterrence ends: its exponent is 16 at most."
    ),
    Constant(
        "kernel.layout", "POWER_STEPS", "steps", "Entries of the curve of perceived risk to the power of certainty."
    ),
    Constant("kernel.layout", "NORM_PRIOR", "occasions"),
    Constant("kernel.layout", "NORM_BOUND", "2⁻¹⁶"),
    Constant("kernel.layout", "NORM_RANGE", "2⁻¹⁶", "The exponent of a norm is read between minus and plus this."),
    Constant("kernel.layout", "NORM_STEPS", "steps", "Entries of the curve of norms, 64 for each 1 of its exponent."),
    Constant("kernel.layout", "ELSEWHERE_CALL", "calls"),
    Constant("kernel.layout", "LISTS", "lists", "Lists for which a run has room."),
    Constant("kernel.layout", "GRADES", "grades", "Grades for which a world has room."),
    Constant("kernel.layout", "CHANNELS", "channels", "Ways along ties for which a world has room."),
    Constant("kernel.counted", "SCORE_BINS", "bins"),
    Constant("kernel.fate", "BLOCK", "persons"),
    Constant("kernel.fate", "BY_PERSON", "block"),
    Constant("kernel.fate", "COUNT", "event"),
    Constant("kernel.fate", "CALL", "weeks"),
    Constant("kernel.live", "CALL_WEEKS", "weeks"),
    Constant("kernel.live", "TRACE_ROOM", "rows"),
    Constant("tables.chances", "LONGEST_STAKE_YEARS", "years"),
    Constant("tables.chances", "LARGEST_SLOPE", "2⁻¹⁶", "No exponent of deterrence at certainty is larger."),
    Constant("tables.response", "_UNIT_OF_REWARD", "points"),
    Constant("tables.kinds", "SMALLEST_SHARE", "share"),
    Constant("tables.kinds", "LARGEST_SHARE", "times"),
    Constant("tables.kinds", "SMALLEST_RATE", "per week"),
    Constant("tables.kinds", "WEIGHT_ONE", "2⁻¹⁶"),
    Constant("tables.kinds", "LEAST_UNITS", "2⁻¹⁶"),
    Constant("tables.kinds", "LARGEST_FACTOR", "times"),
    Constant("tables.county", "SMALLEST_TERM", "share"),
    Constant("society.county", "CLASSES", "classes", "Classes of a lasting difference between persons."),
    Constant("society.county", "TRIES", "tries", "Exchanges of households that are tried to bring the ages closer."),
    Constant("society.plan", "SWEEPS", "rounds", "Rounds after which a fit to the margins is given up."),
    Constant("society.plan", "CLOSE", "share"),
    Constant("society.plan", "WIDEST_GAP", "share"),
    Constant("society.plan", "LARGEST_HOUSEHOLD", "persons", "Members of the largest households that are drawn."),
    Constant("society.archetypes", "RAREST", "share"),
    Constant("society.archetypes", "FORGET", "share"),
    Constant("society.attributes", "GROWN", "years"),
    Constant("society.ties", "MOST_TIES", "persons"),
    Constant("society.ties", "YOUNGEST_FRIEND", "years", "Who is younger has no friends."),
    Constant("society.ties", "NEIGHBOURS", "households"),
    Constant("society.ties", "NEIGHBOURS_YEARS", "years", "Noise in age when neighbours stand in a row."),
    Constant(
        "society.ties", "ALIKE_YEARS", "years", "Noise in age when people of one residence and fifth stand in a row."
    ),
)
"""In the order of the layers: the kernel, the tables, the society."""


def rewritten(text: str) -> str:
    """The page with its table of constants made anew."""
    made = f"<!-- constants -->\n\n{_constants()}\n\n<!-- end -->"
    return _TABLE.sub(lambda _: made, text)


def value(constant: Constant) -> int | float:
    """What a constant is now. AttributeError where its module has none of that name."""
    here: int | float = getattr(import_module(f"scorelab.{constant.module}"), constant.name)
    return here


@cache
def told(module: str) -> dict[str, str]:
    """Name -> what a module says of its constants: the text that stands below each, as one line."""
    body = ast.parse(inspect.getsource(import_module(f"scorelab.{module}"))).body
    found = {}
    for here, below in pairwise(body):
        says = below.value.value if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) else None
        if isinstance(here, ast.Assign) and isinstance(says, str):
            targets = [name for target in here.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
            if len(targets) == 1:
                found[targets[0].id] = " ".join(says.split())
    return found


def _constants() -> str:
    rows = []
    for constant in CONSTANTS:
        meaning = constant.meaning or told(constant.module)[constant.name]
        number = value(constant)
        shown = f"{number:,}" if isinstance(number, int) else f"{number:.12g}"
        rows.append([f"`{constant.module}.{constant.name.lstrip('_')}`", shown, constant.unit, meaning])
    return table(["constant", "value", "unit", "meaning"], rows)
