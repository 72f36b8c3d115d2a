"""Fixtures of the trial run."""

from tests.runs.trial import finished, folder

__all__ = ["finished", "folder"]
