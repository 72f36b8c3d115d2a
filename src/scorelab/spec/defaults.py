"""What a file leaves unsaid, said: so that nothing downstream asks whether something is there.

A part that is left out as a whole (a score, a window, a way off a list) stays out: there is no such thing then.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from scorelab.spec.quantity import Quantity
from scorelab.spec.scheme import Consequence, DueProcess, Scheme, Source
from scorelab.spec.society import Attribute, Behaviour, Exposure, Service, Society

_Clause = TypeVar("_Clause", bound=BaseModel)

NOT_STATED = "not stated; the default"

_LIST = {"notice": 1, "corrected_per_year": 0, "loses_work": 0}
_CAMPAIGN = {"lifts": 0, "informs": 0, "persuades": 0}
_WINDOW = {"makes_good": 0, "objects": 0, "upheld_if_true": 0, "upheld_if_false": 0}
_SERVICE = {"retry": 0, "online": 0, "refill": 0, "arrears_if_denied": 0}


def title(name: str) -> str:
    """A title for what has none: its name, as words."""
    return name.replace("-", " ").capitalize()


def scheme(given: Scheme) -> Scheme:
    """The scheme with every number stated that has a default."""
    changed: dict[str, Any] = {
        "campaigns": [_stated(campaign, _CAMPAIGN) for campaign in given.campaigns],
        "sources": {name: _source(source) for name, source in given.sources.items()},
        "lists": {name: _stated(clause, _LIST) for name, clause in given.lists.items()},
        "consequences": [_consequence(clause) for clause in given.consequences],
    }
    if given.opt_in is not None:
        changed["opt_in"] = _stated(given.opt_in, {"per_year": 0})
    if given.fusion is not None:
        changed["fusion"] = _stated(given.fusion, {"confirms": 1})
    if given.due_process is not None:
        changed["due_process"] = _due_process(given.due_process)
    return _stated(given, {"aware": 0}).model_copy(update=changed)


def society(given: Society) -> Society:
    """The society with the titles of its words and every number stated that has a default."""
    behaviours = {name: _stated(item, {"settles_per_year": 0}) for name, item in given.behaviours.items()}
    services = {name: _stated(item, _SERVICE) for name, item in given.services.items()}
    changed = {
        "behaviours": _titled(behaviours),
        "exposures": _titled(given.exposures),
        "services": _titled(services),
        "attributes": _titled(given.attributes),
    }
    return given.model_copy(update=changed)


def coin() -> Attribute:
    """What half of all people have by a fair coin of their own, and nothing else depends on."""
    return Attribute(share=Quantity(value=0.5, note="a fair coin"), title="Coin")


def _titled(items: Mapping[str, Behaviour | Exposure | Service | Attribute]) -> dict[str, BaseModel]:
    return {name: item.model_copy(update={"title": item.title or title(name)}) for name, item in items.items()}


def _stated(given: _Clause, numbers: Mapping[str, float]) -> _Clause:
    """The clause with these numbers where it does not say its own."""
    unsaid = {key: value for key, value in numbers.items() if getattr(given, key) is None}
    return given.model_copy(update={key: Quantity(value=value, note=NOT_STATED) for key, value in unsaid.items()})


def _source(given: Source) -> Source:
    if given.selects is None:
        return given
    return given.model_copy(update={"selects": _stated(given.selects, {"otherwise": 0})})


def _consequence(given: Consequence) -> Consequence:
    return _stated(given, {"share": 1}) if given.bar else given


def _due_process(given: DueProcess) -> DueProcess:
    window = None if given.window is None else _stated(given.window, _WINDOW)
    return _stated(given, {"told": 0}).model_copy(update={"window": window})
