"""The shipped society, read and fitted once for all tests of this folder."""

from pathlib import Path

import pytest

import scorelab
from scorelab.society.plan import Plan, plan
from scorelab.spec.margins import Margins, load_margins

CHINA = Path(scorelab.__file__).parent / "catalogue" / "societies" / "china-2020"


@pytest.fixture(scope="session")
def margins() -> Margins:
    return load_margins(CHINA)


@pytest.fixture(scope="session")
def fitted(margins: Margins) -> Plan:
    return plan(margins)
