"""Installs, runs and checks VPT Regio: `python3 tools/dev.py TARGET`, or `make TARGET`.

Only the standard library is needed to start it; it installs the rest inside the checkout.
"""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

import bootstrap
import browser
import database
from bootstrap import BIN, PYTHON, ROOT, CannotContinue, step

START_SECONDS = 120
STOP_SECONDS = 15


def run() -> int:
    """Install, migrate, load the demonstration once, then serve until Ctrl-C."""
    port = int(os.environ.get("PORT", "8000"))
    check_port_is_free(port)
    demo_defaults()
    bootstrap.prepare()
    database.upgrade()
    is_demo = os.environ["VPT_ENV"] == "demo"
    if is_demo:
        database.load_demo()
    return serve(port, show_accounts=is_demo)


def demo_defaults() -> None:
    """Choose the demonstration and its reference day, unless the environment says otherwise."""
    os.environ.setdefault("VPT_ENV", "demo")
    if os.environ["VPT_ENV"] == "demo":
        os.environ.setdefault("VPT_TODAY", "2012-07-16")


def check_port_is_free(port: int) -> None:
    """Raise CannotContinue when something else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotContinue(
                f"Poort {port} is al in gebruik. Kies een andere: PORT={port + 1} make run "
                f"/ Port {port} is taken. Choose another: PORT={port + 1} make run"
            ) from error


def serve(port: int, *, show_accounts: bool) -> int:
    """Run web server and worker together; when one stops, the other is stopped too."""
    commands = {
        "web": [PYTHON, "-m", "vpt_regio.serve"],
        "worker": [*database.FLASK, "vpt", "worker"],
    }
    signal.signal(signal.SIGTERM, _interrupt)
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            processes[name] = subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT,
                env=bootstrap.environment(PORT=str(port)),
                start_new_session=True,
            )
        wait_until_ready(port, processes)
        announce(port, show_accounts=show_accounts)
        return wait_for_first(processes)
    except KeyboardInterrupt:
        print("\nVPT Regio stopt. / Stopping.", flush=True)
        return 0
    finally:
        stop(processes)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def wait_until_ready(port: int, processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Return as soon as the web server answers, or one of the processes has stopped."""
    deadline = time.monotonic() + START_SECONDS
    while all(process.poll() is None for process in processes.values()):
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise CannotContinue(
                    f"De webserver antwoordt na {START_SECONDS} seconden nog niet. "
                    f"/ The web server does not answer after {START_SECONDS} seconds."
                ) from None
            time.sleep(0.2)


def announce(port: int, *, show_accounts: bool) -> None:
    """Print where the application is and, in the demonstration, who may sign in."""
    if show_accounts:
        subprocess.run(
            [PYTHON, "-m", "vpt_regio.demo.accounts"],
            check=True,
            cwd=ROOT,
            env=bootstrap.environment(),
        )
    print(f"\nVPT Regio: http://127.0.0.1:{port}   (Ctrl-C stopt / stops)\n", flush=True)


def wait_for_first(processes: dict[str, subprocess.Popen[bytes]]) -> int:
    """Wait until a process stops of itself, which is always a failure; return exit status 1."""
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                print(f"{name} stopte met {process.returncode} / ended", file=sys.stderr)
                return 1
        time.sleep(0.5)


def stop(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask every process to stop; end what does not listen."""
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    for process in processes.values():
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def a11y() -> int:
    """Walk every page as every role with axe, at three widths."""
    return test("tests/e2e/test_accessibility.py", "--full")


def test(*arguments: str) -> int:
    """Install what the tests need and run them; ARGS goes to pytest after these arguments."""
    bootstrap.prepare("requirements-dev")
    env = bootstrap.environment(VPT_CHROMIUM=browser.chromium())
    # tests/scheduling.py says what stays together and what begins first
    command = [str(PYTHON), "-m", "pytest", "-n", "2"]
    command += ["--quick", *arguments, *shlex.split(os.environ.get("ARGS", ""))]
    return subprocess.run(command, check=False, cwd=ROOT, env=env).returncode


def check() -> int:
    """Format, lint, types, import contract, translations, templates, then every test."""
    bootstrap.prepare("requirements-dev")
    step("Format", [BIN / "ruff", "format", "--check", "."])
    step("Lint", [BIN / "ruff", "check", "."])
    step("Types", [BIN / "mypy"])
    step("Import contract", [BIN / "lint-imports"])
    step("Translations", [PYTHON, ROOT / "tools" / "check_translations.py"])
    return test()


def bench() -> int:
    """Run every benchmark; each writes its ratios to benchmarks/results."""
    bootstrap.prepare()
    for script in sorted((ROOT / "benchmarks").glob("[!_]*.py")):
        step(f"Benchmark {script.stem}", [PYTHON, script])
    return 0


def migrate() -> int:
    """Bring the database up to date; a SQLite file is copied first."""
    demo_defaults()
    bootstrap.prepare()
    database.upgrade()
    return 0


def assets() -> int:
    """Build static/vendor anew."""
    (bootstrap.STAMPS / "assets").unlink(missing_ok=True)
    bootstrap.prepare()
    return 0


def show_help() -> int:
    """Print the targets with their explanation, from the Makefile."""
    for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines():
        match = re.match(r"([a-z0-9-]+):.*?## (.+)", line)
        if match:
            print(f"  {match.group(1):10}{match.group(2)}")
    return 0


TARGETS: dict[str, Callable[[], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "a11y": a11y,
    "migrate": migrate,
    "assets": assets,
    "help": show_help,
}


def main(arguments: list[str]) -> int:
    """Carry out one target; exit status 2 on wrong use, 1 when something is missing."""
    if len(arguments) != 1 or arguments[0] not in TARGETS:
        print(f"Use: python3 tools/dev.py {{{','.join(TARGETS)}}}", file=sys.stderr)
        return 2
    try:
        return TARGETS[arguments[0]]()
    except CannotContinue as problem:
        print(f"✗ {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
