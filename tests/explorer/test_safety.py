"""Whose requests are answered, how large they may be, and what the answers let a browser do."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from scorelab.explorer import safety
from scorelab.explorer.safety import Guard, page_policy

PORT = 8765
HERE = f"http://127.0.0.1:{PORT}"
MOST = 1000


async def _echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


def asked(method: str, path: str = "/api/live", **more: object) -> httpx.Response:
    """The guard's answer, or the length of the body where it lets the request through."""
    routes = [Route("/{rest:path}", _echo, methods=["GET", "POST"])]
    app = Starlette(routes=routes, middleware=[Middleware(Guard, port=lambda: PORT, most_bytes=MOST)])

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HERE) as client:
            return await client.request(method, path, **more)  # type: ignore[arg-type]

    return asyncio.run(ask())


JSON = {"content-type": "application/json"}


def test_the_page_itself_is_answered() -> None:
    """A guard that refuses everybody guards nothing."""
    assert asked("GET").text == "0"
    assert asked("POST", content=b"{}", headers=JSON | {"origin": HERE, "sec-fetch-site": "same-origin"}).text == "2"


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.evil.example:{PORT}", ""]
)
def test_another_host_is_refused(host: str) -> None:
    """A site whose name its owner points at 127.0.0.1 could otherwise read everything here (DNS rebinding)."""
    assert asked("GET", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", f"https://127.0.0.1:{PORT}"])
def test_a_request_from_another_page_is_refused(origin: str) -> None:
    """A page on the net could otherwise have societies lived here."""
    assert asked("POST", content=b"{}", headers=JSON | {"origin": origin}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_fetch_anything_but_the_page(site: str) -> None:
    """A link to the page is fine; a script of another site that asks the interface is not."""
    assert asked("GET", headers={"sec-fetch-site": site}).status_code == 403
    assert asked("GET", "/", headers={"sec-fetch-site": site}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused_and_no_leave_is_given(method: str) -> None:
    """An answer to OPTIONS would give other sites leave."""
    answer = asked(method)
    assert answer.status_code == 405 and "GET" in answer.headers["allow"]
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_large_body_is_refused_by_its_announced_size_and_by_its_real_one() -> None:
    """A body of gigabytes must not be held, whatever it says of itself."""
    assert asked("POST", content=b"x" * (MOST + 1), headers=JSON).status_code == 413
    assert asked("POST", content=b"x" * MOST, headers=JSON).text == str(MOST)

    async def drip() -> AsyncIterator[bytes]:
        for _ in range(MOST):
            yield b"xx"

    assert asked("POST", content=drip(), headers=JSON).status_code == 413
    for size in ("-1", "1e3", "9" * 5000, "٣"):
        assert (
            asked("POST", content=b"{}", headers=[*JSON.items(), (b"content-length", size.encode())]).status_code == 413
        )


def test_a_body_that_does_not_come_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections that never finish would fill the server."""
    monkeypatch.setattr(safety, "BODY_SECONDS", 0.05)

    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(5)

    assert asked("POST", content=never(), headers=JSON).status_code == 408


@pytest.mark.parametrize("path", ["/", "/api/about"])
def test_every_answer_is_hardened(path: str) -> None:
    """Without these a browser would guess types, keep answers, or show the page in another one's frame."""
    headers = asked("GET", path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert not [name for name in headers if name.startswith("access-control")]
    refused = asked("GET", path, headers={"host": "evil.example"}).headers
    assert refused["content-security-policy"] == headers["content-security-policy"]


def test_the_page_runs_no_script_but_its_own_files() -> None:
    """Text of a file that got into the page as markup must not run."""
    policy = page_policy("abc")
    assert "script-src 'self';" in policy and "'unsafe-eval'" not in policy and "'unsafe-inline'" not in policy
    assert "connect-src 'self';" in policy and "http" not in policy
