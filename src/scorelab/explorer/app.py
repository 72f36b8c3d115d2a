"""The explorer's HTTP interface: thin functions from a request to an answer, and the files of the page.

Reading and checking texts happens here, in threads; living happens in the worker (:mod:`scorelab.explorer.work`).
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from itertools import count
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from scorelab.errors import InputError
from scorelab.explorer import answers, page
from scorelab.explorer.asked import (
    MOST_BYTES,
    ArrangeAsked,
    CheckAsked,
    EditAsked,
    LiveAsked,
    MeetAsked,
    StopAsked,
    TakeAsked,
)
from scorelab.explorer.folder import Folder
from scorelab.explorer.lines import FAILED, PROBLEMS, REFUSED, line, problem
from scorelab.explorer.openapi import described
from scorelab.explorer.safety import NONCE, Guard, is_json, page_policy, refusal
from scorelab.explorer.takes import Takes
from scorelab.explorer.work import Busy, Work

Body = TypeVar("Body", bound=BaseModel)
LINES = "application/x-ndjson"
FULL = "Too many pages wait already; try again when one of them is done."


class Explorer:
    """One server: the folder that may be opened, the worker, and what was made to be taken away."""

    def __init__(self, folder: Folder, port: int) -> None:
        """``port`` is where it listens; 0 until that is known."""
        self.folder, self.port = folder, port
        self.work = Work()
        self.takes = Takes()
        self._own = count(1)

    def app(self) -> Starlette:
        """The application."""
        routes = [
            Route("/", self.index),
            Route("/openapi.json", self.openapi),
            Route("/api/about", self.about),
            Route("/api/gallery", self.gallery),
            Route("/api/glossary", self.glossary),
            Route("/api/completion", self.completion),
            Route("/api/open/{kind}/{name:path}", self.open),
            Route("/api/arrange", self.arrange, methods=["POST"]),
            Route("/api/check", self.check, methods=["POST"]),
            Route("/api/edit", self.edit, methods=["POST"]),
            Route("/api/live", self.live, methods=["POST"]),
            Route("/api/charts", self.charts, methods=["POST"]),
            Route("/api/meet", self.meet, methods=["POST"]),
            Route("/api/take", self.take, methods=["POST"]),
            Route("/api/stop", self.stop, methods=["POST"]),
            Route("/api/taken/{token}/{name}", self.taken),
            Route("/api/runs/{name:path}/report.html", self.run_report),
            Route("/{name}", self.asset),
        ]
        guard = Middleware(Guard, port=lambda: self.port, most_bytes=MOST_BYTES)
        return Starlette(
            routes=routes,
            middleware=[guard],
            exception_handlers={HTTPException: _refused, InputError: _wrong, Busy: _busy},
            lifespan=self._alive,
        )

    @contextlib.asynccontextmanager
    async def _alive(self, _: Starlette) -> AsyncIterator[None]:
        self.work.start()
        expecting = asyncio.create_task(run_in_threadpool(answers.expect))
        try:
            yield
        finally:
            expecting.cancel()
            self.work.close()
            self.takes.close()

    async def index(self, request: Request) -> Response:
        """The page."""
        nonce = request.scope["state"][NONCE]
        html = page.index().replace("__NONCE__", nonce)
        return Response(html, media_type="text/html", headers={"content-security-policy": page_policy(nonce)})

    async def asset(self, request: Request) -> Response:
        """A file of the page."""
        found = page.asset(request.path_params["name"])
        if found is None:
            raise HTTPException(404, "there is no such page")
        content, kind = found
        return Response(content, media_type=kind)

    async def openapi(self, _: Request) -> Response:
        """The description of this interface."""
        return JSONResponse(described())

    async def about(self, _: Request) -> Response:
        """What this is, and its limits."""
        return JSONResponse(answers.about(self.folder, ready=self.work.ready))

    async def gallery(self, _: Request) -> Response:
        """What can be opened."""
        return JSONResponse(await run_in_threadpool(answers.gallery, self.folder))

    async def glossary(self, _: Request) -> Response:
        """Terms in plain words."""
        return JSONResponse(await run_in_threadpool(answers.glossary))

    async def completion(self, _: Request) -> Response:
        """What an editor can complete."""
        return JSONResponse(await run_in_threadpool(answers.completion))

    async def open(self, request: Request) -> Response:
        """A document out of the catalogue or the folder."""
        kind, name = request.path_params["kind"], request.path_params["name"]
        try:
            opened = await run_in_threadpool(answers.opened, self.folder, kind, name)
            path = await run_in_threadpool(self.folder.run, name) if kind == "run" else None
        except KeyError:
            raise HTTPException(404, f"there is no {kind} {name!r} to be opened") from None
        if path is not None:
            opened["run"]["charts"] = await self._last(request, "show", str(path.path), "charts")
        return JSONResponse(opened)

    async def arrange(self, request: Request) -> Response:
        """A document of files that were dropped onto the page."""
        asked = await _body(request, ArrangeAsked)
        return JSONResponse(await run_in_threadpool(answers.arranged, asked))

    async def check(self, request: Request) -> Response:
        """What is wrong with a document, its controls, and what was changed of it."""
        asked = await _body(request, CheckAsked)
        return JSONResponse(await run_in_threadpool(answers.checked, asked.document, asked.original))

    async def edit(self, request: Request) -> Response:
        """A document with changes written into its texts."""
        asked = await _body(request, EditAsked)
        return JSONResponse(await run_in_threadpool(answers.edited, asked))

    async def live(self, request: Request) -> Response:
        """Live a document and tell its picture."""
        asked = await _body(request, LiveAsked)
        return await self._stream(asked, "live", asked.document)

    async def charts(self, request: Request) -> Response:
        """Live a document and draw all pictures of its report."""
        asked = await _body(request, LiveAsked)
        return await self._stream(asked, "charts", asked.document)

    async def meet(self, request: Request) -> Response:
        """One synthetic person in every world."""
        asked = await _body(request, MeetAsked)

        def payload() -> Any:
            original = None if asked.original is None else answers.resolved(asked.original)
            return answers.fitting(asked.document), original, asked.whom, asked.draw, tuple(asked.what_if)

        return await self._stream(asked, "meet", payload)

    async def take(self, request: Request) -> Response:
        """Make a report or tables to be taken away."""
        asked = await _body(request, TakeAsked)
        token, place = self.takes.place()

        def payload() -> Any:
            return answers.fitting(asked.document), asked.what, token, str(place)

        def made(last: bytes) -> None:
            if json.loads(last)["event"] == "ready":
                self.takes.keep(token, place)
            else:
                self.takes.drop(place)

        return await self._stream(asked, "take", payload, made)

    async def stop(self, request: Request) -> Response:
        """Give up what a tab asked for."""
        asked = await _body(request, StopAsked)
        return JSONResponse({"stopped": self.work.stop_tab(asked.tab)})

    async def taken(self, request: Request) -> Response:
        """A file that was made."""
        token, name = request.path_params["token"], request.path_params["name"]
        try:
            path = self.takes.file(token, name)
        except KeyError:
            raise HTTPException(404, "this file is gone; make it again") from None
        if path.suffix == ".html":
            return _report(path.read_text(encoding="utf-8"))
        return FileResponse(path, media_type="application/zip", filename=name)

    async def run_report(self, request: Request) -> Response:
        """The report of a finished run of the folder, made anew from its numbers."""
        name = request.path_params["name"]
        try:
            run = await run_in_threadpool(self.folder.run, name)
        except KeyError:
            raise HTTPException(404, f"there is no run {name!r} to be opened") from None
        return _report(str(await self._last(request, "run_report", str(run.path), "html")))

    async def _stream(
        self, asked: LiveAsked, kind: str, payload: Any, ended: Callable[[bytes], None] = lambda _: None
    ) -> Response:
        """The lines of a job; where the document is wrong, the only line says so. ``ended`` hears the last one."""
        try:
            if callable(payload):
                ready = await run_in_threadpool(payload)
            else:
                ready = await run_in_threadpool(answers.fitting, payload)
            job = self.work.submit(asked.tab, asked.turn, kind, ready)
        except InputError as error:
            only = line(PROBLEMS, problems=[problem(one) for one in error.problems])
        except answers.TooLarge as error:
            only = line(REFUSED, message=str(error), command=error.command)
        except Busy:
            ended(line(FAILED))
            raise
        else:
            return _Lines(_heard(self.work.lines(job), ended))
        ended(only)
        return Response(only, media_type=LINES)

    async def _last(self, request: Request, kind: str, payload: Any, key: str) -> Any:
        """What the last line of a job says, where nobody waits for the others. Raises HTTPException where it failed."""
        job = self.work.submit(f"own-{next(self._own)}", 0, kind, payload)
        last: dict[str, Any] = {}
        async with contextlib.aclosing(self.work.lines(job)) as lines:
            async for said in lines:
                last = json.loads(said)
                if await request.is_disconnected():
                    break
        if key not in last:
            raise HTTPException(409, str(last.get("message", "this was not finished")))
        return last[key]


class _Lines(StreamingResponse):
    """Lines as they come. However the connection ends, whoever makes them hears of it at once."""

    def __init__(self, said: AsyncGenerator[bytes, None]) -> None:
        super().__init__(said, media_type=LINES)
        self._said = said

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with contextlib.aclosing(self._said):
            await super().__call__(scope, receive, send)


async def _heard(lines: AsyncGenerator[bytes, None], ended: Callable[[bytes], None]) -> AsyncGenerator[bytes, None]:
    """The same lines; whoever waits for the last one hears it, or that none came."""
    last = line(FAILED)
    try:
        async with contextlib.aclosing(lines):
            async for said in lines:
                last = said
                yield said
    finally:
        ended(last)


def _report(html: str) -> Response:
    """A report, shut off from this server: it may run its own scripts, and ask nobody for anything."""
    policy = (
        "sandbox allow-scripts allow-popups allow-modals; default-src 'none'; script-src 'unsafe-inline';"
        " style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return Response(html, media_type="text/html", headers={"content-security-policy": policy})


async def _body(request: Request, model: type[Body]) -> Body:
    """The body as that model. Raises HTTPException with the first fault of each place."""
    if not is_json(request.headers):
        raise HTTPException(415, "a body of the type application/json was expected")
    raw = await request.body()
    try:
        return await run_in_threadpool(model.model_validate_json, raw)
    except ValidationError as error:
        told = [
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}".lstrip(": ")
            for fault in error.errors(include_url=False, include_input=False)
        ]
        raise HTTPException(422, "; ".join(told[:10])[:2000]) from None


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = refusal(error.status_code, error.detail)
    answer.headers.update(error.headers or {})
    return answer


async def _wrong(_: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    problems = [problem(one) for one in error.problems]
    message = problems[0]["message"] if problems else str(error)
    return JSONResponse({"error": {"message": message, "problems": problems}}, 422)


async def _busy(_: Request, __: Exception) -> Response:
    return refusal(503, FULL)
