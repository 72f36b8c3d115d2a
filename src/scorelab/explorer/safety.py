"""What every request passes first: whose it is, how large it is, and what the answer lets a browser do.

The server listens on 127.0.0.1, but every page that a browser has open can send requests there. So the Host must be a
local one (no other site can take that name by its own DNS), a request that starts something must come from this page,
and nothing is said to other origins. That its body is JSON, which no form of another site can send, is seen where it is
read.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_SECONDS = 20.0
"""How long the body of a request may take to arrive."""
UNFORESEEN = "Nobody foresaw this; it is a fault in scorelab, please report it. Nothing that was sent is kept."
LOG = logging.getLogger(__name__)
NONCE = "csp_nonce"
SHUT = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def page_policy(nonce: str) -> str:
    """What the page itself may load: its own files, and styles that carry the nonce."""
    return (
        "default-src 'none'; script-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self' data: blob:;"
        f" style-src 'self' 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def refusal(status: int, message: str) -> JSONResponse:
    """An answer that says why nothing was done."""
    return JSONResponse({"error": {"message": message, "problems": []}}, status)


class Guard:
    """Refuses requests that are not this page's own, and bodies that are too large or too slow."""

    def __init__(self, app: ASGIApp, port: Callable[[], int], most_bytes: int) -> None:
        """``port`` says where the server listens."""
        self._app, self._port, self._most = app, port, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})[NONCE] = nonce
        headers = Headers(scope=scope)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _harden(MutableHeaders(scope=message))
            await send(message)

        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, answer)
            return
        if scope["method"] == "POST":
            body = await self._body(receive)
            if isinstance(body, JSONResponse):
                await body(scope, receive, answer)
                return
            receive = _again(body, receive)
        begun = False

        async def told(message: Message) -> None:
            nonlocal begun
            begun = True
            await answer(message)

        try:
            await self._app(scope, receive, told)
        except Exception:
            LOG.exception("nobody foresaw this: %s %s", scope["method"], scope["path"])
            if begun:
                raise
            await refusal(500, UNFORESEEN)(scope, receive, answer)

    def _refused(self, scope: Scope, headers: Headers) -> JSONResponse | None:
        port = self._port()
        names = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        if headers.get("host", "") not in names:
            return refusal(421, f"this server answers to 127.0.0.1:{port} alone")
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") and scope["path"] != "/":
            return refusal(403, "this server answers to its own page alone")
        if scope["method"] == "POST":
            origin = headers.get("origin")
            if origin is not None and origin not in {f"http://{name}" for name in names}:
                return refusal(403, "this server answers to its own page alone")
            length = headers.get("content-length", "0")
            if not (length.isascii() and length.isdigit()) or int(length[:20]) > self._most:
                return self._too_large()
        return None

    def _too_large(self) -> JSONResponse:
        return refusal(413, f"a request may have {self._most:,} bytes, and this one has more; nothing of it was kept")

    async def _body(self, receive: Receive) -> bytes | JSONResponse:
        """The whole body, or why it is refused. Nothing beyond the limit is ever held."""
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(BODY_SECONDS):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return refusal(400, "the request ended before its body did")
                    size += len(message.get("body", b""))
                    if size > self._most:
                        return self._too_large()
                    parts.append(message.get("body", b""))
                    if not message.get("more_body", False):
                        return b"".join(parts)
        except TimeoutError:
            return refusal(408, f"the request did not arrive within {BODY_SECONDS:.0f} seconds")


def is_json(headers: Headers) -> bool:
    """Whether a body is said to be JSON."""
    return headers.get("content-type", "").split(";")[0].strip().lower() == "application/json"


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once more, then what comes after it."""
    given = False

    async def once() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once


def _harden(headers: MutableHeaders) -> None:
    headers.setdefault("content-security-policy", SHUT)
    headers.setdefault("cache-control", "no-store")
    headers["x-content-type-options"] = "nosniff"
    headers["referrer-policy"] = "no-referrer"
    headers["cross-origin-resource-policy"] = "same-origin"
    headers["cross-origin-opener-policy"] = "same-origin"
    headers["x-frame-options"] = "DENY"
    headers["permissions-policy"] = "camera=(), microphone=(), geolocation=()"
