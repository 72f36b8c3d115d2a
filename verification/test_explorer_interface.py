"""The explorer's HTTP interface against its own description: whatever a program sends, no answer is undocumented."""

from collections.abc import Iterator

import pytest

from verification.explorer import Running, running

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is missing: pip install -e '.[browser]'")
hypothesis = pytest.importorskip("hypothesis")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("fuzzed")) as found:
        yield found


@pytest.fixture(scope="module")
def described(server: Running):  # type: ignore[no-untyped-def]
    return schemathesis.openapi.from_url(server.address + "openapi.json")


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()  # type: ignore[untyped-decorator]
@hypothesis.settings(max_examples=60, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
def test_no_request_is_answered_by_what_is_not_described(case) -> None:  # type: ignore[no-untyped-def]
    """A server fault, an undescribed status or an answer of another form would surprise whoever relies on the page."""
    case.call_and_validate()
