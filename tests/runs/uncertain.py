"""The trial with a few numbers that nobody knows: one that matters, one that does, and one that cannot."""

from pathlib import Path

from tests.runs.trial import FILES

NOTICE = "two-lists.sources.guards.watches.smoking-on-train"
"""Expected records of the guards are this times the acts, since in this trial nothing deters anybody."""
CATALOGUE = Path(__file__).parents[2] / "src/scorelab/catalogue"


def uncertain(folder: Path) -> Path:
    """Write the files of the experiment into a folder and return that of the experiment."""
    changes = {
        "hamlet.yaml": {
            "margins: ../../../src/scorelab/catalogue": f"margins: {CATALOGUE}",
            "sensitivity: 3": "sensitivity: 0",
            "not_asking: 0.3": "not_asking: {value: 0.3, range: [0.1, 0.6], basis: assumed}",
            "private-school: {": "private-school: {online: {value: 0.5, range: [0, 1]}, ",
        },
        "two-lists.yaml": {
            "smoking-on-train: 0.5": "smoking-on-train: {value: 0.5, range: [0.1, 0.9], basis: assumed}",
        },
        "trial.yaml": {
            "experiment: trial": "experiment: uncertain",
            "no-false:": "without-false-records:",
            "  no-ties: {like: as-written, without: [ties]}": f"  kept: {{like: as-written, set: {{{NOTICE}: 0.4}}}}",
        },
    }
    for name, pairs in changes.items():
        words = (FILES / name).read_text(encoding="utf-8")
        for old, new in pairs.items():
            assert words.count(old) == 1, (name, old)
            words = words.replace(old, new)
        (folder / name).write_text(words, encoding="utf-8")
    return folder / "trial.yaml"
