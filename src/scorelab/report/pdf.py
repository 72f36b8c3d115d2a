"""The report on paper, printed by a Chromium that is already installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from scorelab.errors import RunError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
SECONDS = 120


def write_pdf(page: Path) -> Path:
    """Print an HTML page to a PDF beside it and return the PDF's path.

    Raises RunError where no browser is found or the one found does not print.
    """
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise RunError(
            f"no Chromium is installed to print with; {page} prints cleanly from any browser (File, Print, Save as PDF)"
        )
    pdf = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as profile:
        made = Path(profile) / "page.pdf"
        command = [
            browser,
            *("--headless", "--disable-gpu", "--no-sandbox", "--no-first-run", "--disable-extensions"),
            *("--no-pdf-header-footer", "--disable-background-networking"),
            f"--user-data-dir={profile}/profile",
            f"--print-to-pdf={made}",
            page.resolve().as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RunError(f"{browser} did not print {page}: {error}") from None
        if not made.exists():
            last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
            raise RunError(f"{browser} did not print {page}: {last[0]}")
        try:
            shutil.copyfile(made, pdf)
        except OSError as error:
            raise RunError(f"cannot write {pdf}: {error.strerror}") from None
    return pdf
