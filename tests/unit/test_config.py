"""Settings come from the environment; production refuses what is not safe."""

from pathlib import Path

import pytest

from config import UnsafeSettings, load_settings

SAFE = {
    "VPT_ENV": "production",
    "SECRET_KEY": "x" * 32,
    "DATABASE_URL": "postgresql://vpt@localhost/vpt",
    "VPT_BASE_URL": "https://vpt.example",
}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**SAFE, "VPT_DATA_DIR": str(tmp_path)}


def test_safe_production_settings_are_accepted(environment: dict[str, str]) -> None:
    settings = load_settings(environment)
    assert settings["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://vpt@localhost/vpt"
    assert settings["VPT_SECURE_COOKIES"] is True
    assert settings["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("SECRET_KEY", "", "SECRET_KEY"),
        ("SECRET_KEY", "not-a-secret", "SECRET_KEY"),
        ("DATABASE_URL", "", "DATABASE_URL"),
        ("VPT_BASE_URL", "http://vpt.example", "VPT_BASE_URL"),
        ("VPT_TODAY", "2012-07-16", "VPT_TODAY"),
        ("VPT_ENV", "staging", "VPT_ENV"),
    ],
)
def test_unsafe_settings_are_refused(
    environment: dict[str, str], name: str, value: str, problem: str
) -> None:
    with pytest.raises(UnsafeSettings, match=problem):
        load_settings({**environment, name: value})


def test_the_demonstration_makes_a_secret_that_only_its_owner_reads(tmp_path: Path) -> None:
    settings = load_settings({"VPT_DATA_DIR": str(tmp_path)})
    assert len(settings["SECRET_KEY"]) == 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert load_settings({"VPT_DATA_DIR": str(tmp_path)})["SECRET_KEY"] == settings["SECRET_KEY"]
