"""Two ledgers whose parts can be added up on paper: half-worlds with a coin, and all subsets of three mechanisms."""

from pathlib import Path
from typing import Any

from tests.measures.handmade import LAW, Rows, manifest, world, write_county, write_manifest

HALVES = ("no-scheme", "as-written", "but-heads", "but-tails")
HEADS, MOVED = {"quintile": "q1", "attributes": "coin"}, {"quintile": "q1", "attributes": "coin + migrant"}
TAILS, TAILS_MOVED = {"quintile": "q1", "attributes": "none"}, {"quintile": "q1", "attributes": "migrant"}
COUNTIES = 20


def write_halves(folder: Path) -> Path:
    """Sixty people have the coin and forty have not; ninety of all are adults; they live one year."""
    worlds = [
        world("no-scheme", ()),
        world("as-written"),
        world("but-heads", exempts="coin"),
        world("but-tails", covers="coin"),
    ]
    contents = manifest(worlds, 52, groups=["quintile", "migrant", "coin"])
    contents["resolved"]["society"]["attributes"] = {"migrant": {"title": "From elsewhere"}, "coin": {"title": "Coin"}}
    write_manifest(folder, contents)
    write_county(folder, HALVES, halves_rows(), groups=("quintile", "attributes"))
    return folder


def _across(*outcomes: str) -> dict[str, str]:
    return dict(zip(HALVES, outcomes, strict=True))


def halves_rows() -> Rows:
    """All tables of the half-worlds."""
    denied, granted, acted, not_done = "denied", "granted", "acted", "refrained"
    train, smoke = {"period": 0, "service": "train"}, {"period": 0, "behaviour": "smoke"}
    ever = {"no-scheme": (0, 0), "as-written": (6, 5), "but-heads": (1, 4), "but-tails": (4, 1)}
    jobless = {"no-scheme": (100, 80), "as-written": (130, 100), "but-heads": (104, 95), "but-tails": (120, 82)}
    return {
        "people": [
            {**HEADS, "persons": 40, "adults": 30},
            {**MOVED, "persons": 20, "adults": 20},
            {**TAILS, "persons": 30, "adults": 30},
            {**TAILS_MOVED, "persons": 10, "adults": 10},
        ],
        # denied: heads 0, 12, 2, 8 in the four worlds, tails 0, 9, 7, 1
        "needs": [
            {**train, **HEADS, **_across(granted, denied, denied, denied), "count": 2},
            {**train, **HEADS, **_across(granted, denied, granted, denied), "count": 6},
            {**train, **MOVED, **_across(granted, denied, granted, granted), "count": 4},
            {**train, **TAILS, **_across(granted, denied, denied, denied), "count": 1},
            {**train, **TAILS, **_across(granted, denied, denied, granted), "count": 6},
            {**train, **TAILS_MOVED, **_across(granted, denied, granted, granted), "count": 2},
        ],
        # smoked: heads 32, 20, 30, 20, tails 16, 10, 10, 15; played: heads 3, 0, 3, 3
        "occasions": [
            {**smoke, **HEADS, **_across(acted, not_done, acted, not_done), "count": 10},
            {**smoke, **HEADS, **_across(acted, not_done, not_done, not_done), "count": 2},
            {**smoke, **MOVED, **_across(acted, acted, acted, acted), "count": 20},
            {**smoke, **TAILS, **_across(acted, not_done, not_done, acted), "count": 5},
            {**smoke, **TAILS, **_across(acted, not_done, not_done, not_done), "count": 1},
            {**smoke, **TAILS, **_across(acted, acted, acted, acted), "count": 10},
            {**smoke, "behaviour": "gamble", **HEADS, **_across(acted, not_done, acted, acted), "count": 3},
        ],
        "persons": [
            {"span": "run", "world": name, **group, "persons": 10, "denied": count}
            for name, counts in ever.items()
            for group, count in zip((HEADS, TAILS), counts, strict=True)
        ],
        "weekly": [
            {"week": 9, "world": name, **group, "jobless": count}
            for name, counts in jobless.items()
            for group, count in zip((MOVED, TAILS), counts, strict=True)
        ],
    }


SUBSETS: dict[str, tuple[tuple[str, ...], int]] = {
    "with-none": (("false_records", "spiral", "ties"), 10),
    "with-all": ((), 60),
    "no-errors": (("false_records",), 20),
    "no-ties": (("ties",), 45),
    "no-spiral": (("spiral",), 50),
    "only-spiral": (("false_records", "ties"), 15),
    "only-ties": (("false_records", "spiral"), 16),
    "only-errors": (("spiral", "ties"), 40),
}
"""world -> what it lacks, and its denials"""


def write_subsets(folder: Path, names: tuple[str, ...] = tuple(SUBSETS), counties: int = COUNTIES) -> Path:
    """All ways to put three mechanisms together, or some of them; so many counties of a hundred people, all alike."""
    worlds = [world(name, (LAW,), without=SUBSETS[name][0]) for name in names]
    write_manifest(folder, manifest(worlds, 52, against=names[0], focus="with-all", counties=counties))
    group: dict[str, Any] = {"quintile": "q1", "residence": "rural", "age": "18-29"}
    train: dict[str, Any] = {"period": 0, "service": "train"}
    rows: Rows = {
        "people": [{**group, "persons": 100, "adults": 100}],
        "needs": [
            {**group, **train, **dict.fromkeys(names, "granted"), name: "denied", "count": SUBSETS[name][1]}
            for name in names
        ],
    }
    for county in range(counties):
        write_county(folder, names, rows, county)
    return folder
