"""The pages as a browser and a reader without sight or mouse meet them: nothing asked of the network, nothing cut off.

They need a Chromium and ``pip install -e '.[browser]'``; without them they are skipped and say so.
"""

import shutil
import subprocess
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

import scorelab
from scorelab.report.pdf import BROWSERS, write_pdf

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is missing: pip install -e '.[browser]'")
pytest.importorskip("axe_playwright_python", reason="axe is missing: pip install -e '.[browser]'")
CHROMIUM = next((found for name in BROWSERS if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed to open the pages with")

SCREENS = ((1200, "screen"), (400, "screen"), (800, "print"))
"""Width in pixels, and medium."""
NARROW = (320, 400)
PLAIN = ".wide { background: none !important; }"
"""Behind a gradient, axe cannot tell whether letters are dark enough."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of the default experiment, small, and the page of two of its systems beside each other."""
    folder = tmp_path_factory.mktemp("pages")
    run = scorelab.run("reported-and-documented", persons=1000, counties=20, weeks=156, seed=3, out=folder / "run")
    both = scorelab.beside(run, run, ("as-reported", "as-documented"))
    return {"report": run.report(), "beside": both.report(folder / "beside.html")}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(params=("report", "beside"))
def file(request: pytest.FixtureRequest, pages: dict[str, Path]) -> Path:
    return pages[request.param]


def opened(browser: Any, file: Path, width: int = 1200, medium: str = "screen") -> tuple[Any, list[str]]:
    """The page when its charts are drawn, and all that it said or asked for on the way."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.emulate_media(media=medium)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"console {message.type}: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("request", lambda request: heard.append(f"asks for {request.url}"))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-drawn]", timeout=60_000)
    return page, heard


def test_a_page_asks_for_nothing_but_itself_and_has_nothing_to_complain_of(browser: Any, file: Path) -> None:
    page, heard = opened(browser, file)
    page.close()
    assert heard == [f"asks for {file.as_uri()}"]


@pytest.mark.parametrize(("width", "medium"), SCREENS)
def test_axe_finds_nothing_serious(browser: Any, file: Path, width: int, medium: str) -> None:
    page, _ = opened(browser, file, width, medium)
    page.evaluate(
        "css => { const s = document.createElement('style'); s.textContent = css; document.head.append(s); }", PLAIN
    )
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")
    page.close()
    assert len(found["passes"]) > 20
    faults = [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: {fault['nodes'][0]['html'][:200]}"
        for fault in found["violations"]
    ]
    assert faults == []


@pytest.mark.parametrize("width", NARROW)
def test_a_narrow_page_is_read_without_moving_it_sideways(browser: Any, file: Path, width: int) -> None:
    page, _ = opened(browser, file, width)
    beyond = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".wide, .drawing, .skip"))
            .map(e => e.outerHTML.slice(0, 120))"""
    )
    across = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert beyond == [] and across <= width


@pytest.mark.parametrize("width", (1200, 400))
def test_whatever_moves_sideways_can_be_moved_with_the_keyboard(browser: Any, file: Path, width: int) -> None:
    page, _ = opened(browser, file, width)
    stuck = page.evaluate(
        """() => [...document.querySelectorAll("main *, aside *")]
            .filter(e => ["auto", "scroll"].includes(getComputedStyle(e).overflowX))
            .filter(e => e.scrollWidth > e.clientWidth + 1 && e.tabIndex < 0).map(e => e.outerHTML.slice(0, 120))"""
    )
    page.close()
    assert stuck == []


def test_the_first_key_leads_past_the_contents_to_the_findings(browser: Any, file: Path) -> None:
    page, _ = opened(browser, file)
    page.keyboard.press("Tab")
    focused = page.evaluate(
        "[document.activeElement.className, document.activeElement.getBoundingClientRect().left >= 0]"
    )
    page.keyboard.press("Enter")
    place = page.evaluate("location.hash")
    page.keyboard.press("Tab")
    inside = page.evaluate("!document.activeElement.closest('nav')")
    page.close()
    assert focused == ["skip", True] and place == "#findings" and inside


def test_on_paper_no_picture_is_cut_and_no_table_loses_its_head(browser: Any, file: Path) -> None:
    """What stands between two page margins is 262 mm high; a figure that is higher would go on where nobody looks."""
    page, _ = opened(browser, file, 672, "print")  # 178 mm, the width between the margins
    millimetres = page.evaluate(
        """() => [...document.querySelectorAll("figure")]
            .map(e => [e.id, e.getBoundingClientRect().height / innerWidth * 178])"""
    )
    shown = page.evaluate("getComputedStyle(document.querySelector('nav')).display")
    heads = page.evaluate(
        "[...document.querySelectorAll('thead')].every(e => getComputedStyle(e).display === 'table-header-group')"
    )
    page.close()
    assert [name for name, height in millimetres if height > 240] == []
    assert millimetres and shown == "none" and heads


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_printed_every_part_that_can_be_folded_is_open(file: Path) -> None:
    pdf = write_pdf(file)
    said = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert "On this page" not in said and "Skip to the findings" not in said
    inside = {"report": "sources.cameras.watches.littering", "beside": "Acts by behaviour, those that differ"}
    assert inside[file.stem] in said.replace("\n", "")
    assert pdf.stat().st_size < 8_000_000
