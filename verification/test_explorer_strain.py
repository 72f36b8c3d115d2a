"""The explorer under strain: many pages at once, requests without sense, files that are too large, work without end.

After each of these it must still answer, hold no more memory than before, and say what was wrong.
"""

import http.client
import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from verification.explorer import Running, children, running

MOST_MB = 2500.0
"""The server, its worker with the model compiled, and the people of two societies of a hundred thousand."""
AT_ONCE_SECONDS = 5.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("explored")) as found:
        yield found


def opened(server: Running, **setting: int) -> dict[str, Any]:
    """The document of a small scheme, at a small size."""
    document: dict[str, Any] = server.get("api/open/scheme/china-rail-2018")["document"]
    document["setting"] |= {"persons": 2000, "counties": 4, "weeks": 52} | setting
    return document


def still_well(server: Running) -> None:
    """It answers at once, lives a society, and is not full."""
    started = time.monotonic()
    server.get("api/about")
    assert time.monotonic() - started < AT_ONCE_SECONDS
    said = server.post("api/live", {"document": opened(server), "tab": "well", "turn": 1})
    assert said[-1]["event"] == "picture", said[-1]
    assert server.memory_mb() < MOST_MB


def status(server: Running, body: bytes, kind: str = "application/json", path: str = "/api/live") -> tuple[int, str]:
    """The status and the message of the answer to some bytes."""
    request = urllib.request.Request(server.address + path[1:], body, {"content-type": kind})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)["error"]["message"]


def test_twenty_pages_at_once_all_get_their_picture(server: Running) -> None:
    def page(number: int) -> str:
        body = {"document": opened(server, seed=number), "tab": f"page-{number}", "turn": 1}
        return str(server.post("api/live", body)[-1]["event"])

    with ThreadPoolExecutor(20) as pool:
        assert Counter(pool.map(page, range(20))) == {"picture": 20}
    still_well(server)


def test_a_thousand_requests_are_answered(server: Running) -> None:
    """Of a slider that is dragged: a thousand turns of one page, of which the last one counts."""
    document = opened(server)
    before = server.memory_mb()

    def turn(number: int) -> str:
        said = server.post("api/live", {"document": document, "tab": "dragged", "turn": number})
        return str(said[-1]["event"])

    with ThreadPoolExecutor(8) as pool:
        ends = Counter(pool.map(turn, range(1000)))
    assert set(ends) <= {"picture", "stopped"} and ends["picture"] >= 1
    assert server.memory_mb() - before < 300
    still_well(server)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe\x00",
        b'{"document": 1}',
        b'{"document": {"files": [], "main": "a.yaml"}, "tab": "a", "turn": 1}',
        b'{"document": {"files": [{"name": "../../etc/passwd", "text": ""}], "main": "a.yaml"}, "tab": "a", "turn": 1}',
        b'{"document": {"files": [{"name": "a.yaml", "text": ""}], "main": "a.yaml"}, "tab": "a", "turn": 1e400}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
    ],
)
def test_a_body_that_makes_no_sense_is_told_what_is_wrong(server: Running, body: bytes) -> None:
    code, message = status(server, body)
    assert 400 <= code < 500 and message
    assert len(message) < 3000


def test_a_large_file_is_refused_before_it_is_read(server: Running) -> None:
    """The upload of 50 MB: the answer comes though most of it was never taken."""
    place = urlsplit(server.address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
    connection.putrequest("POST", "/api/check")
    connection.putheader("content-type", "application/json")
    connection.putheader("content-length", str(50_000_000))
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413 and "bytes" in json.load(answer)["error"]["message"]
    connection.close()
    before = server.memory_mb()
    unannounced = (b"x" * 100_000 for _ in range(500))
    request = urllib.request.Request(server.address + "api/check", unannounced, {"content-type": "application/json"})
    with pytest.raises((urllib.error.HTTPError, ConnectionError, urllib.error.URLError)) as refused:
        urllib.request.urlopen(request, timeout=60)
    if isinstance(refused.value, urllib.error.HTTPError):
        assert refused.value.code == 413
    assert server.memory_mb() - before < 60
    still_well(server)


def test_a_scheme_that_would_be_lived_for_hours_is_not_begun(server: Running) -> None:
    document = server.get("api/open/scheme/as-reported")["document"]
    document["setting"] |= {"persons": 1_000_000, "counties": 1000, "weeks": 2080}
    said = server.post("api/live", {"document": document, "tab": "long", "turn": 1})
    assert said[-1]["event"] == "refused"
    assert "scorelab run" in said[-1]["command"]
    still_well(server)


def test_a_page_that_is_closed_stops_its_work(server: Running) -> None:
    """Minutes of work, given up when the connection goes."""
    document = opened(server, persons=200_000, counties=5, weeks=520)
    body = json.dumps({"document": document, "tab": "closed", "turn": 1}).encode()
    place = urlsplit(server.address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    connection.request("POST", "/api/live", body, {"content-type": "application/json"})
    answer = connection.getresponse()
    assert json.loads(answer.readline())["event"] in ("working", "progress")
    answer.close()
    connection.close()
    started = time.monotonic()
    said = server.post("api/live", {"document": opened(server), "tab": "next", "turn": 1})
    assert said[-1]["event"] == "picture"
    assert time.monotonic() - started < 20
    still_well(server)


def test_half_a_request_keeps_nobody_out(server: Running) -> None:
    """Connections that begin and say no more."""
    place = urlsplit(server.address)
    held = []
    for _ in range(50):
        one = socket.create_connection((place.hostname or "", place.port or 0), timeout=10)
        one.sendall(b"POST /api/live HTTP/1.1\r\nHost: " + place.netloc.encode() + b"\r\nContent-Type: appl")
        held.append(one)
    still_well(server)
    for one in held:
        one.close()


def test_the_worker_goes_when_the_server_does(tmp_path: Path) -> None:
    """However the server ends, no process stays behind."""
    with running(tmp_path, ready=False) as server:
        workers = children(server.pid)
        assert workers
    gone = threading.Event()
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in workers):
            return
        gone.wait(0.1)
    pytest.fail(f"these processes are left: {workers}")
