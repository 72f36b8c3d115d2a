"""Parts that a scheme could have and does not, as they are written where somebody switches them on."""

from collections.abc import Sequence

MADE = {
    ("due_process", "window"): (
        "{weeks: 4, objects: {value: 0.2, range: [0, 1], basis: assumed}, "
        "upheld_if_false: {value: 0.5, range: [0, 1], basis: assumed}}"
    ),
    ("due_process", "appeal"): (
        "{asks: {value: 0.2, range: [0, 1], basis: assumed}, weeks: 13, "
        "upheld_if_true: {value: 0.05, range: [0, 1], basis: assumed}, "
        "upheld_if_false: {value: 0.5, range: [0, 1], basis: assumed}}"
    ),
    ("lists", "*", "repair"): "{after_weeks: 13, per_year: {value: 1, range: [0, 12], basis: assumed}}",
    ("sources", "*", "review"): (
        "{keeps_true: {value: 0.9, range: [0, 1], basis: assumed}, "
        "keeps_false: {value: 0.5, range: [0, 1], basis: assumed}}"
    ),
}
"""What is written where a part is switched on that a file does not have; every number in it is assumed."""


def made(path: Sequence[str | int]) -> str | None:
    """What is written for a part that is not there, None where there is nothing to write."""
    for pattern, text in MADE.items():
        if len(pattern) == len(path) and all(word in ("*", part) for word, part in zip(pattern, path, strict=True)):
            return text
    return None
