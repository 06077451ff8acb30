"""Prepares the checkout: virtual environment, Python packages, Node packages, assets, translations.

Only the standard library is imported, because this runs before anything is installed. Every part
leaves a stamp (a hash of its lock files), so that a second run does nothing.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
CACHE = ROOT / ".cache"
STAMPS = VENV / "stamps"
VENDOR = ROOT / "vpt_regio" / "static" / "vendor"
TRANSLATIONS = ROOT / "vpt_regio" / "translations"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18


class CannotContinue(Exception):
    """Something is missing that this script cannot install; the text says what to do."""


def environment(**extra: str) -> dict[str, str]:
    """Return the variables for child processes: the virtual environment first, caches inside."""
    env = dict(os.environ)
    env["PATH"] = os.pathsep.join([str(BIN), env.get("PATH", "")])
    env["VIRTUAL_ENV"] = str(VENV)
    env.setdefault("UV_CACHE_DIR", str(CACHE / "uv"))
    env.setdefault("PIP_CACHE_DIR", str(CACHE / "pip"))
    env.setdefault("npm_config_cache", str(CACHE / "npm"))
    env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    env.update(extra)
    return env


def step(label: str, command: Sequence[str | Path], *, cwd: Path = ROOT, **extra: str) -> None:
    """Run one command, say what it is and how long it took; stop with its own exit status."""
    print(f"→ {label}", flush=True)
    started = time.monotonic()
    result = subprocess.run(
        [str(c) for c in command], check=False, cwd=cwd, env=environment(**extra)
    )
    seconds = time.monotonic() - started
    if result.returncode:
        print(f"✗ {label} ({seconds:.1f} s)", file=sys.stderr, flush=True)
        raise SystemExit(result.returncode)
    print(f"✓ {label} ({seconds:.1f} s)", flush=True)


def once(name: str, inputs: Iterable[Path], action: Callable[[], None]) -> None:
    """Carry out the action unless it was done before with exactly these input files."""
    digest = hashlib.sha256(sys.version.encode())
    for path in inputs:
        digest.update(path.name.encode() + path.read_bytes())
    stamp = STAMPS / name
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    action()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest.hexdigest())


def check_python() -> None:
    """Raise CannotContinue when the running Python is too old."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:2]))
        raise CannotContinue(
            f"Python 3.11 of nieuwer is nodig; dit is {found}. "
            f"/ Python 3.11 or newer is needed; this is {found}."
        )


def make_venv() -> None:
    """Create .venv unless it is there and works."""
    if PYTHON.exists():
        return
    uv = shutil.which("uv")
    if uv:
        step("Make .venv", [uv, "venv", "--python", sys.executable, VENV])
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise CannotContinue(
            "Python mist de module venv. Installeer die met: apt install python3-venv "
            "/ Python lacks the venv module. Install it with: apt install python3-venv"
        )
    step("Make .venv", [sys.executable, "-m", "venv", VENV])


def installer() -> list[str]:
    """Return the command that installs packages: uv from PATH, else our pinned uv, else pip."""
    uv = shutil.which("uv", path=environment()["PATH"])
    if uv is None:
        _install_uv()
        uv = shutil.which("uv", path=str(BIN))
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    return [str(PYTHON), "-m", "pip", "install", "--quiet"]


def _install_uv() -> None:
    lock = ROOT / "tools" / "requirements-uv.txt"
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
    print("→ Install uv", flush=True)
    if subprocess.run(pip, check=False, cwd=ROOT, env=environment()).returncode:
        print("  uv cannot be installed here; pip does the same, only slower", flush=True)


def python_packages(*names: str) -> None:
    """Install the named lock files (`requirements`, `requirements-dev`, …) with their hashes."""
    for name in names:
        lock = ROOT / f"{name}.txt"

        def install(lock: Path = lock) -> None:
            step(f"Install {lock.name}", [*installer(), "--require-hashes", "-r", str(lock)])

        once(name, [lock], install)


def node_tools() -> Path:
    """Return npm of a Node that is new enough, installing the wheel when PATH has none."""
    found = shutil.which("npm")
    if found and _node_version() >= OLDEST_NODE:
        return Path(found)
    python_packages("requirements-node")
    return BIN / "npm"


def _node_version() -> int:
    node = shutil.which("node")
    if node is None:
        return 0
    answer = subprocess.run([node, "--version"], check=False, capture_output=True, text=True)
    match = re.match(r"v(\d+)", answer.stdout)
    return int(match.group(1)) if match else 0


def assets() -> None:
    """Install the Node packages and bundle style sheets and font into static/vendor."""
    if not (VENDOR / "manifest.json").exists() or not (ROOT / "node_modules").exists():
        (STAMPS / "assets").unlink(missing_ok=True)
    builder = ROOT / "tools" / "assets.py"

    def build() -> None:
        npm_ci(ROOT)
        step("Bundle the assets", [PYTHON, builder])

    once("assets", [ROOT / "package.json", ROOT / "package-lock.json", builder], build)


def npm_ci(folder: Path) -> None:
    """Install exactly what package-lock.json in the folder says, without running its scripts."""
    npm = node_tools()
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    step("Install the Node packages", [npm, "ci", *quiet], cwd=folder)


def translations() -> None:
    """Compile the message catalogues, where there are any."""
    catalogues = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))
    if not catalogues:
        return
    if not all(catalogue.with_suffix(".mo").exists() for catalogue in catalogues):
        (STAMPS / "translations").unlink(missing_ok=True)
    command = [PYTHON, "-m", "babel.messages.frontend", "compile", "--directory", TRANSLATIONS]
    once("translations", catalogues, lambda: step("Compile the translations", command))


def prepare(*extra_locks: str) -> None:
    """Make the checkout ready to run, with the extra lock files for tests where asked."""
    check_python()
    make_venv()
    python_packages("requirements", *extra_locks)
    assets()
    translations()
