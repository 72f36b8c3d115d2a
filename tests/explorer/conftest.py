"""Fixtures of the village."""

from tests.explorer.village import lived, measures, run, told

__all__ = ["lived", "measures", "run", "told"]
