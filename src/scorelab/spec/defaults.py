"""What a file leaves unsaid, said: so that nothing downstream asks whether something is there."""

from scorelab.spec.quantity import Quantity
from scorelab.spec.scheme import ListClause, Scheme
from scorelab.spec.society import Behaviour, Service, Society

_NOTE = "not stated; the default"


def title(name: str) -> str:
    """A title for what has none: its name, as words."""
    return name.replace("-", " ").capitalize()


def scheme(given: Scheme) -> Scheme:
    """The scheme with awareness, notice and correction of every list stated."""
    lists = {name: _list(clause) for name, clause in given.lists.items()}
    return given.model_copy(update={"aware": _or(given.aware, 0), "lists": lists})


def society(given: Society) -> Society:
    """The society with the titles of its words, settling and retrying stated."""
    behaviours = {name: _behaviour(name, item) for name, item in given.behaviours.items()}
    services = {name: _service(name, item) for name, item in given.services.items()}
    exposures = {
        name: item.model_copy(update={"title": item.title or title(name)}) for name, item in given.exposures.items()
    }
    return given.model_copy(update={"behaviours": behaviours, "services": services, "exposures": exposures})


def _or(given: Quantity | None, value: float) -> Quantity:
    return given if given is not None else Quantity(value=value, note=_NOTE)


def _list(clause: ListClause) -> ListClause:
    return clause.model_copy(
        update={"notice": _or(clause.notice, 1), "corrected_per_year": _or(clause.corrected_per_year, 0)}
    )


def _behaviour(name: str, item: Behaviour) -> Behaviour:
    settles = _or(item.settles_per_year, 0)
    return item.model_copy(update={"settles_per_year": settles, "title": item.title or title(name)})


def _service(name: str, item: Service) -> Service:
    return item.model_copy(update={"retry": _or(item.retry, 0), "title": item.title or title(name)})
