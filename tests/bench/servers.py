"""The servers that the bench looks at, each a process of its own on a free loopback port, and the filled store."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from finsam_dash.deliveries import prepare_store

ROOT = Path(__file__).resolve().parents[2]
APPS = Path(__file__).resolve().parent / "apps"


@dataclass(frozen=True)
class Server:
    url: str
    process: int

    def memory(self) -> float:
        """Resident memory in MB."""
        for line in Path(f"/proc/{self.process}/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return float("nan")


@contextmanager
def filled_store(database: str | None) -> Iterator[str]:
    """The address of a store with the published data and the example förbund; one is made unless a file is named."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(database).resolve() if database else Path(folder) / 'finsam.db'}"
        prepare_store(address).close()
        yield address


@contextmanager
def run_streamlit(app: Path, **environment: str) -> Iterator[Server]:
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}", "--server.headless=true"]
    with _run(command, f"http://127.0.0.1:{port}", "/_stcore/health", environment) as server:
        yield server


@contextmanager
def run_python(python: str, script: Path, **environment: str) -> Iterator[Server]:
    """A server of another framework: the script takes its port as its only argument."""
    port = _free_port()
    with _run([python, str(script), str(port)], f"http://127.0.0.1:{port}", "/", environment) as server:
        yield server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _run(command: Sequence[str], url: str, health: str, environment: dict[str, str]) -> Iterator[Server]:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 120
            while not _answers(url + health):
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    raise RuntimeError(log.read().decode("utf-8", "replace"))
                time.sleep(0.2)
            yield Server(url, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status) == 200
    except OSError:
        return False
