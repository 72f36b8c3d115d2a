"""The explorer's HTTP interface against its own description: whatever a program sends, no answer is undescribed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from verification.explorer import running

FUZZER = shutil.which("schemathesis", path=str(Path(sys.executable).parent))
EXAMPLES = 60
SEED = 20261126
CHECKS = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"),
    *("negative_data_rejection", "unsupported_method", "missing_required_header"),
)


@pytest.mark.skipif(FUZZER is None, reason="schemathesis is missing: pip install -e '.[browser]'")
def test_no_request_is_answered_by_what_is_not_described(tmp_path: Path) -> None:
    """A server fault, an undescribed status or an answer of another form would surprise whoever relies on it."""
    with running(tmp_path) as server:
        command = [str(FUZZER), "run", f"{server.address}openapi.json", "--checks", ",".join(CHECKS)]
        command += ["--max-examples", str(EXAMPLES), "--seed", str(SEED), "--request-timeout", "120", "--no-color"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=1800)
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
        assert server.get("api/about")["compiled"]
