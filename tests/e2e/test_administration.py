"""An administrator gives somebody an account, a role and a mandate, and takes them back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import both_ways
from tests.e2e.pages.access import Administrator, Visitor
from vpt_regio.demo.people import ADMINISTRATOR

pytestmark = [pytest.mark.e2e, both_ways]

NAME = "Vierde accountmanager"
EMAIL = "accountmanager.vier@vpt.example"
PASSWORD = "fietsen langs de maas"

Enter = Callable[..., Any]


def create_person(administrator: Administrator) -> None:
    administrator.open("/beheer/personen")
    administrator.follow("Persoon toevoegen")
    administrator.press("Toevoegen")
    expect(administrator.errors.get_by_role("listitem")).to_have_count(2)
    administrator.fill({"Naam": NAME, "E-mailadres": EMAIL})
    administrator.press("Toevoegen")
    administrator.expect_heading(NAME)


def give_role(administrator: Administrator) -> None:
    administrator.follow("Rol geven")
    administrator.select("Rol", "accountmanager")
    administrator.select("Regio", "Groningen")
    administrator.fill({"Eerste dag": "1-7-2012"})
    administrator.press("Rol geven")
    administrator.expect_text("accountmanager (Groningen)")


def give_mandate(administrator: Administrator) -> None:
    administrator.open("/beheer/mandaten")
    administrator.follow("Mandaat vastleggen")
    administrator.select("Persoon", NAME)
    administrator.select("Besluit", "een plan van aanpak goedkeuren")
    administrator.fill(
        {
            "Namens": "de minister",
            "Kenmerk van het mandaatbesluit": "Mandaat 2012-09 (voorbeeld)",
            "Hoogste bedrag": "50.000",
            "Eerste dag": "16 juli 2012",
        }
    )
    administrator.press("Vastleggen")
    row = administrator.row("Mandaten", "Mandaat 2012-09 (voorbeeld)")
    expect(row).to_contain_text("€ 50.000,00")


def test_somebody_gets_access_and_loses_it(enter: Enter) -> None:
    administrator, visitor = enter(ADMINISTRATOR, Administrator), enter(None, Visitor)
    create_person(administrator)
    give_role(administrator)
    administrator.press("Link voor wachtwoord sturen")
    give_mandate(administrator)

    visitor.choose_password(administrator.newest_link_to(EMAIL), PASSWORD)
    visitor.sign_in(EMAIL, PASSWORD)
    visitor.expect_heading("Mijn werk")
    assert visitor.open("/regios/groningen/uren") == 200
    visitor.open("/mijn-gegevens")
    visitor.expect_text("accountmanager (Groningen)", "Mandaat 2012-09 (voorbeeld)")

    administrator.end_role(NAME, "15-7-2012")
    visitor.open("/regios/groningen/uren")
    visitor.sign_in(EMAIL, PASSWORD)
    visitor.expect_heading("Deze pagina bestaat niet")
