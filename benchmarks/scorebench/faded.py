"""Fear after so many weeks, for tools that bring it up to date when it is read."""

from benchmarks.scorebench import model as m


def _faded() -> list[list[int]]:
    table = [list(range(m.FEAR_MOST + 1))]
    for _ in range(m.LONGEST_WEEKS):
        table.append([fear - (fear >> m.FEAR_FADES) for fear in table[-1]])
    return table


FADED = _faded()
"""[weeks since, fear then]"""
