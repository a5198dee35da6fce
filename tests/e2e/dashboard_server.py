"""The dashboard as a server of its own for the browser tests, and the Chromium to look at it with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = (
    "Ingen Chromium hittades. Installera en (Debian/Ubuntu: apt-get install chromium) eller sätt CHROMIUM_PATH till "
    "programmets sökväg."
)

SECONDS_TO_START = 180
"""A machine that runs the other tests at the same time is slow, and no reason to fail."""

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


@contextmanager
def run_server(folder: Path, *, filled: Path | None = None) -> Iterator[Server]:
    """Run the dashboard on a free loopback port, with its store and its temporary files in the folder.

    The store is a copy of the `filled` one, so that no test waits for the first start; None: a new one.
    """
    temp, home = folder / "temp", folder / "home"
    temp.mkdir()
    home.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = f"sqlite:///{folder / 'finsam.db'}"
    if filled is not None:
        shutil.copy(filled, folder / "finsam.db")
    environment = {**os.environ, "FINSAM_DATABAS": database, "TMPDIR": str(temp), "HOME": str(home)}
    server = Server(f"http://127.0.0.1:{port}", database, temp, folder / "temp-files.txt", folder / "server.log")
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(server.temp_note), f"--server.port={port}", "--server.headless=true"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_until_healthy(server, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_healthy(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{server.log.read_text('utf-8', 'replace')}")
