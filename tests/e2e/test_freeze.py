"""Freezing a half-year: what is missing gets explained, and the first version has its files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import scripts_first
from tests.e2e.pages.screen import Screen
from vpt_regio.demo.people import OFFICER

pytestmark = [pytest.mark.e2e, scripts_first]

BOARD = "/halfjaren/2012-1"
FREEZE = f"{BOARD}/vastzetten"
WHY = "Voorbeeld: de rapportage komt na het vastzetten."
COMPARED = "Voorbeeld: het convenant is na de vorige brief verlengd."
FILES_MILLISECONDS = 90_000

Enter = Callable[..., Any]


def explain_what_is_missing(officer: Screen) -> int:
    """Explain each report that is not accepted; return how many that were."""
    count = 0
    officer.open(FREEZE)
    missing = officer.main.get_by_role("link", name="Uitleggen waarom zij ontbreekt")
    while missing.count():
        missing.first.click()
        officer.fill({"Waarom": WHY})
        officer.press("Uitleg vastleggen")
        officer.expect_said("vastgelegd")
        officer.open(FREEZE)
        count += 1
    return count


def explain_differences(officer: Screen) -> int:
    """Explain each difference with the last letter where it is shown; return how many."""
    count = 0
    officer.open(f"{BOARD}/vergelijking")
    unexplained = officer.main.get_by_role("button", name="Uitleg opslaan")
    while unexplained.count():
        officer.fill({"Waar komt het verschil vandaan?": COMPARED})
        unexplained.first.click()
        officer.expect_said("De uitleg is opgeslagen.")
        count += 1
    officer.expect_text("Alle verschillen met de vorige brief zijn uitgelegd.")
    return count


def download(officer: Screen, name: str, folder: Path) -> Path:
    link = officer.main.get_by_role("link", name=name)
    expect(link).to_be_visible(timeout=FILES_MILLISECONDS)
    with officer.page.expect_download() as file:
        link.click()
    path = folder / file.value.suggested_filename
    file.value.save_as(path)
    return path


def test_a_half_year_is_frozen_with_its_files(enter: Enter, tmp_path: Path) -> None:
    officer = enter(OFFICER)
    officer.open(BOARD)
    officer.follow("Vastzetten", exact=True)
    officer.expect_text("Vastzetten kan nog niet")
    assert not officer.main.get_by_role("button", name="Vastzetten", exact=True).count()

    assert explain_what_is_missing(officer) > 1
    assert explain_differences(officer) > 1
    officer.open(FREEZE)
    officer.press("Vastzetten")
    officer.expect_said("Het halfjaar is vastgezet.")
    officer.expect_text("versie 1")

    workbook = download(officer, "vpt-voortgang-2012-1-v1.xlsx", tmp_path)
    annex = download(officer, "vpt-bijlage-2012-1-v1.docx", tmp_path)
    assert annex.read_bytes().startswith(b"PK")
    words = [row[1] for row in openpyxl.load_workbook(workbook)["Toelichting"].values]
    assert any("versie 1" in str(word) for word in words)
    officer.open(BOARD)
    expect(officer.table("Vastgezette versies")).to_contain_text("Versie 1")
    officer.expect_text("vastgezet")
