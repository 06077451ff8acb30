"""A demonstration on a port of its own, for the browser tests and for the screenshots."""

import multiprocessing
import os
import runpy
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from vpt_regio.demo.accounts import ACCOUNTS

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
START_SECONDS = 120
WORKER = ("--app", "wsgi", "vpt", "worker")
# importing the application takes seconds: one process does it, and each server is a fork of that
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tools.imported"])


class Server:
    """The application with its worker, on a database of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = environment(data_dir) | {"PORT": str(self.port)}
        self.processes: list[BaseProcess] = []

    def start(self) -> None:
        for module, arguments in (("vpt_regio.serve", ()), ("flask", WORKER)):
            log = self.data_dir / f"{module}.log"
            process = PROCESSES.Process(
                target=_run, args=(module, arguments, self.environment, log)
            )
            process.start()
            self.processes.append(process)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with urlopen(f"{self.url}/readyz", timeout=5):  # noqa: S310 - our own address
                    return
            except (URLError, OSError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def run_sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Read or change the database beside the application; return the rows."""
        with closing(sqlite3.connect(self.data_dir / "vpt-regio.db", timeout=20)) as database:
            rows = database.execute(statement, values).fetchall()
            database.commit()
            return rows

    def give_password(self, email: str) -> None:
        """Let somebody without one sign in with the password of the demonstration."""
        self.run_sql(
            "UPDATE person SET password_hash ="
            " (SELECT password_hash FROM person WHERE email = ?) WHERE email = ?",
            ACCOUNTS[0].email,
            email,
        )

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.join(20)


def _run(module: str, arguments: tuple[str, ...], environment: dict[str, str], log: Path) -> None:
    """Do what `python -m module arguments` does, in a fresh process with these variables."""
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    with log.open("wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__")


@contextmanager
def running(data_dir: Path) -> Iterator[Server]:
    """Serve the demonstration in a data folder, and stop afterwards."""
    server = Server(data_dir)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def environment(data_dir: Path) -> dict[str, str]:
    """Return the variables of a demonstration, and nothing of this shell that steers it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "VPT_ENV": "demo",
        "VPT_TODAY": "2012-07-16",
        "VPT_DATA_DIR": str(data_dir),
    }


def load_demo(data_dir: Path) -> None:
    """Make a database with the demonstration programme in a data folder."""
    for command in (["db", "upgrade"], ["vpt", "demo"]):
        subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *command],
            cwd=ROOT,
            env=environment(data_dir),
            check=True,
        )


def chromium() -> str:
    """Return the path of the browser to use."""
    found = os.environ.get("VPT_CHROMIUM") or next(
        (path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None
    )
    if found is None:
        raise FileNotFoundError("no Chromium: run `make test`, which installs one")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
