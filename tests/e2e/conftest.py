"""One server on a free loopback port with a store of its own, and a Chromium that reaches nothing but loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = (
    "Ingen Chromium hittades. Installera en (Debian/Ubuntu: apt-get install chromium) eller sätt CHROMIUM_PATH till "
    "programmets sökväg."
)

# Runs the real server, and notes every temporary file that Python opens in it: on Linux such a file has no name, so
# that a look into the folder would not find it.
SERVER = """
import sys, tempfile
note, tempfile_class = sys.argv.pop(1), tempfile.TemporaryFile
def noted(*args, **kwargs):
    with open(note, "a") as log:
        log.write("TemporaryFile\\n")
    return tempfile_class(*args, **kwargs)
tempfile.TemporaryFile = noted
from streamlit.web.cli import main
sys.argv = ["streamlit", "run", "app.py", *sys.argv[1:]]
main()
"""


@dataclass(frozen=True)
class Server:
    """A running dashboard: its address, its store, the folder that its temporary files would go to."""

    url: str
    database: str
    temp: Path
    temp_note: Path
    log: Path

    def run_cli(self, *arguments: str) -> str:
        """Run the command line against the same store; its stdout."""
        done = subprocess.run(
            [sys.executable, "-m", "finsam_dash", "--databas", self.database, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def find_chromium() -> str | None:
    """The Chromium to use: CHROMIUM_PATH, else one on PATH."""
    wanted = os.environ.get("CHROMIUM_PATH")
    if wanted:
        return wanted
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
    return next((found for name in names if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    chromium = find_chromium()
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HOW_TO)
        pytest.skip(HOW_TO)
    return {
        "executable_path": chromium,
        # Chromium's own sandbox does not start as root; anything but loopback fails to resolve.
        "args": [
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    # An English browser: what Streamlit takes from the browser's language must not hide what it does not.
    return {"viewport": {"width": 1366, "height": 768}, "locale": "en-US", "timezone_id": "Europe/Stockholm"}


@pytest.fixture(scope="session")
def server(browser_type_launch_args: dict[str, object], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard on a new store. Session-wide: tests make förbund of their own where they write."""
    folder = tmp_path_factory.mktemp("server")
    temp, home = folder / "temp", folder / "home"
    temp.mkdir()
    home.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = f"sqlite:///{folder / 'finsam.db'}"
    environment = {**os.environ, "FINSAM_DATABAS": database, "TMPDIR": str(temp), "HOME": str(home)}
    found = Server(f"http://127.0.0.1:{port}", database, temp, folder / "temp-files.txt", folder / "server.log")
    with found.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(found.temp_note), f"--server.port={port}", "--server.headless=true"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_until_healthy(found, process)
            yield found
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_healthy(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{server.log.read_text('utf-8', 'replace')}")


@pytest.fixture
def requests_elsewhere(context: BrowserContext) -> list[str]:
    """Every address beyond this machine that the page asks for; the test ends with a look at it."""
    elsewhere: list[str] = []
    local = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
    context.on("request", lambda request: None if request.url.startswith(local) else elsewhere.append(request.url))
    return elsewhere


@pytest.fixture
def dashboard(page: Page, server: Server, requests_elsewhere: list[str]) -> Iterator[Page]:
    """A page with the server's address as base; fails the test if anything beyond loopback was asked for."""
    page.set_default_timeout(20_000)
    yield page
    assert requests_elsewhere == []
