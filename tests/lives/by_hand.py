"""A life made by hand: a false record, a list, refusals, and two worlds in which they do not happen."""

from typing import Any

from scorelab.lives.life import Choice, Event, Life, Who, World, spans, steps

WEEKS = 60
FOCUS, NONE, CLEAN, AGAIN = "as-written", "no-scheme", "no-false", "as-written-again"


def world(name: str, title: str, *, listed: bool = False, **other: Any) -> World:
    """A world in which the person works, is or is not on the list from week 11 to 40, and out of work from 20 to 30."""
    hard = range(20, 30) if listed else range(0)
    usual: dict[str, Any] = {
        "score": steps([100] * 10 + [60] * 50) if listed else (),
        "grade": (),
        "grades": (),
        "condition": steps(3 if t in hard else 2 for t in range(WEEKS)),
        "arrears": spans([listed and 25 <= t < 28 for t in range(WEEKS)], WEEKS),
        "throttled": (),
        "listed": (("rail", "false", 11, 40),) if listed else (),
        "without": (),
        "risk": (),
    }
    return World(name, title, **{**usual, **other})


def need(week: int, case: int, here: str, there: str, about: str = "train", **why: str) -> list[Event]:
    """The same need in all worlds: in the focus and its copy, and in the others."""
    return [
        *(Event(week, name, "need", about, here, case=case, **why) for name in (FOCUS, AGAIN)),  # type: ignore[arg-type]
        *(Event(week, name, "need", about, there, case=case) for name in (NONE, CLEAN)),
    ]


def both(*events: Event) -> list[Event]:
    """The same events in the focus and in its copy."""
    return [Event(**{**event.__dict__, "world": name}) for name in (FOCUS, AGAIN) for event in events]


def life() -> Life:
    """The whole of it."""
    why = {"truth": "false", "because": "red-light", "source": "cameras", "status": "rail"}
    happened = [
        *both(
            Event(9, "", "record", "red-light", source="cameras", truth="false"),
            Event(10, "", "points", "red-light", "own", "cameras", "false", points=-40),
            Event(11, "", "entry", "rail", "listed", "cameras", "false", "red-light"),
            Event(20, "", "work", outcome="dismissed"),
            Event(25, "", "arrears", outcome="began"),
            Event(28, "", "arrears", outcome="cleared"),
            Event(30, "", "work", outcome="hired"),
            Event(40, "", "exit", "rail", "corrected", truth="false"),
        ),
        *need(12, 0, "denied", "granted", **why),
        *need(13, 2, "denied", "unsuccessful", **why),
        *need(14, 3, "not-asked", "granted"),
        *need(45, 4, "granted", "granted"),
    ]
    return Life(
        who=Who(
            *("r000-c0001-p00007", 34, "female", "urban", 2, "parent", "working", False, ()),
            (("partner", 1), ("parent", 0), ("child", 1), ("household", 2), ("friend", 3), ("colleague", 0)),
        ),
        chosen=Choice("wrongful", 0, 12, 1000, "Chosen by lot."),
        start="2020-01-06",
        weeks=WEEKS,
        focus=FOCUS,
        against=NONE,
        worlds=(
            world(NONE, "No {scheme}"),
            world(FOCUS, "As written", listed=True),
            world(CLEAN, "Without false records"),
            world(AGAIN, "As written, again", listed=True),
        ),
        happened=tuple(sorted(happened, key=lambda event: event.week)),
        said=(("cameras", "cameras"), ("rail", "rail"), ("red-light", "Crossing at red"), ("train", "A train ticket")),
    )
