"""What must hold within one file beyond its shape: bounds of numbers, references, clauses that belong together."""

from collections.abc import Callable, Iterator
from typing import Any

from scorelab.spec.checks_experiment import check_experiment
from scorelab.spec.checks_scheme import check_scheme
from scorelab.spec.checks_society import check_society
from scorelab.spec.problems import Finding

CHECKS: dict[str, Callable[[Any], Iterator[Finding]]] = {
    "scheme": check_scheme,
    "society": check_society,
    "experiment": check_experiment,
}
