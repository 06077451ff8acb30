"""Settings, from environment variables only; production refuses to start on unsafe ones."""

import os
import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

# the letters need lxml; openpyxl would take it too, and then write other bytes and refuse texts
# that it otherwise takes
os.environ.setdefault("OPENPYXL_LXML", "False")

ENVIRONMENTS = ("demo", "production", "test")
DEFAULT_SECRET = "not-a-secret"  # noqa: S105 - named so that production can refuse it
MEGABYTE = 1024 * 1024


class UnsafeSettings(RuntimeError):
    """The settings would make a production system unsafe; the message says which and why."""


def load_settings(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the Flask configuration for the given environment variables.

    Raises UnsafeSettings when VPT_ENV is unknown, or is `production` without a secret, a database
    or a base address of its own.
    """
    env = os.environ if environ is None else environ
    environment = env.get("VPT_ENV", "demo")
    if environment not in ENVIRONMENTS:
        raise UnsafeSettings(f"VPT_ENV is {environment!r}; choose one of {', '.join(ENVIRONMENTS)}")
    data_dir = Path(env.get("VPT_DATA_DIR", "instance")).resolve()
    production = environment == "production"
    if production:
        _refuse_unsafe(env)
    data_dir.mkdir(parents=True, exist_ok=True)
    base_url = env.get("VPT_BASE_URL", f"http://127.0.0.1:{env.get('PORT', '8000')}").rstrip("/")
    return {
        "VPT_ENV": environment,
        "VPT_DATA_DIR": data_dir,
        "VPT_BASE_URL": base_url,
        "VPT_TODAY": _reference_day(env.get("VPT_TODAY")),
        "VPT_PROXIES": int(env.get("VPT_PROXIES", "0")),
        "VPT_SHOW_DEMO_ACCOUNTS": environment == "demo",
        "VPT_SECURITY_CONTACT": env.get("VPT_SECURITY_CONTACT", "mailto:beveiliging@vpt.example"),
        "MAIL_URL": env.get("MAIL_URL", (data_dir / "mail").as_uri()),
        "SECRET_KEY": env.get("SECRET_KEY") or _stored_secret(data_dir),
        "SQLALCHEMY_DATABASE_URI": database_url(env.get("DATABASE_URL"), data_dir),
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True},
        # https everywhere, except on http over loopback (demo and tests)
        "VPT_SECURE_COOKIES": base_url.startswith("https://"),
        "SESSION_COOKIE_NAME": "vpt_form",
        "SESSION_COOKIE_SECURE": base_url.startswith("https://"),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 12 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "MAX_FORM_PARTS": 5000,
        "BABEL_DEFAULT_LOCALE": "nl",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Amsterdam",
        "BABEL_TRANSLATION_DIRECTORIES": "translations",
    }


def database_url(url: str | None, data_dir: Path) -> str:
    """Return the address of the database; without one, an SQLite file in the data folder."""
    if not url:
        return f"sqlite:///{data_dir / 'vpt-regio.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _refuse_unsafe(env: Mapping[str, str]) -> None:
    problems = []
    if env.get("SECRET_KEY", DEFAULT_SECRET) == DEFAULT_SECRET or len(env["SECRET_KEY"]) < 32:
        problems.append("SECRET_KEY is missing, default or shorter than 32 characters")
    if not env.get("DATABASE_URL"):
        problems.append("DATABASE_URL is missing")
    if not env.get("VPT_BASE_URL", "").startswith("https://"):
        problems.append("VPT_BASE_URL is missing or is not an https address")
    if env.get("VPT_TODAY"):
        problems.append("VPT_TODAY pins the reference day, which only a demonstration may do")
    if problems:
        raise UnsafeSettings("; ".join(problems))


def _stored_secret(data_dir: Path) -> str:
    """Return the secret of this installation, made once and readable by its owner only."""
    path = data_dir / "secret_key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii")


def _reference_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
