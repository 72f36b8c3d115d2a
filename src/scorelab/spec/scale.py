"""How much of a society is lived: some counties of one size, or counties of the country that it stands for."""

import dataclasses

from scorelab.errors import InputError, Problem
from scorelab.spec.problems import found, nearest_or_all
from scorelab.spec.resolved import Resolved

FULL = "full"
SCALES = (FULL,)
"""What can be asked for with ``--scale``."""


def at_scale(resolved: Resolved, scale: str | None, counties: int | None, persons: int | None) -> Resolved:
    """The experiment at a scale: None lives the society as it is written, without a country.

    ``full`` lives every county of its country, or a sample of so many ``counties``. Raises InputError where there is no
    such scale or no country, or where a size is asked for that the country does not have.
    """
    if scale is None:
        society = resolved.society.model_copy(update={"country": None})
        return dataclasses.replace(resolved, society=society)
    if scale not in SCALES:
        raise _refused("--scale", f"there is no scale {found(scale)}{nearest_or_all(scale, SCALES)}")
    country = resolved.society.country
    if country is None:
        name = resolved.society.society
        raise _refused(
            "--scale",
            f"the society {name} has no country; it needs a clause country with counties, persons and spread",
        )
    if persons is not None:
        raise _refused(
            "--persons",
            "at full scale every county has its own size; --set society.country.persons=N makes the country smaller",
        )
    all_of_them = int(country.counties.value)
    wanted = all_of_them if counties is None else counties
    if not 1 <= wanted <= all_of_them:
        message = f"between 1 and {all_of_them:,} counties of the country can be lived, not {found(wanted)}"
        raise _refused("--counties", message)
    each = round(country.persons.value / all_of_them)
    society = resolved.society.model_copy(update={"counties": wanted, "persons": each})
    return dataclasses.replace(resolved, counties=wanted, persons=each, society=society)


def _refused(option: str, message: str) -> InputError:
    return InputError([Problem(option, 0, 0, message)])
