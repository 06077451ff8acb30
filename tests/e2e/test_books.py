"""Hours and money: what is booked, what is refused, and that nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import both_ways
from tests.e2e.pages.books import HOURS, SPENDING, BookPages
from tests.e2e.pages.plan import PlanPages
from vpt_regio.demo.spending import LIMBURG_LEADER

pytestmark = [pytest.mark.e2e, both_ways]

Enter = Callable[..., Any]


@pytest.fixture
def leader(enter: Enter) -> BookPages:
    person: BookPages = enter(LIMBURG_LEADER, BookPages)
    return person


def test_hours_are_booked_with_a_comma(leader: BookPages) -> None:
    leader.book_week("2012-W25", "7,5")
    leader.expect_said("geboekt")
    leader.open(f"{HOURS}?halfjaar=2012-1")
    expect(leader.row("Uren per week", "2012-W25")).to_contain_text("7,5")


WRONG_HOURS = {
    ("2012-W24", "8"): "Voor deze week zijn al uren geboekt.",
    ("2012-W35", "8"): "Deze week moet nog beginnen.",
    ("2012-W26", "een dag"): "Vul uren in, tot op een kwartier",
    ("volgende week", "8"): "Vul een week in",
}


def test_wrong_hours_come_back_with_a_message(leader: BookPages) -> None:
    for (week, hours), message in WRONG_HOURS.items():
        leader.book_week(week, hours)
        expect(leader.errors).to_contain_text(message)
        leader.expect_typed({"Week": week, "Uren": hours, "Toelichting": "Voorbeeld"})


def test_money_is_booked_and_corrected(leader: BookPages) -> None:
    leader.book("2-7-2012", "Drukwerk (voorbeeld)", "€ 1.234,50")
    leader.expect_said("geboekt")
    leader.open(SPENDING)
    row = leader.row("Boekingen", "Drukwerk (voorbeeld)")
    expect(row).to_contain_text("€ 1.234,50")
    row.get_by_role("link").first.click()
    leader.fill(
        {"Datum": "3-7-2012", "Bedrag": "-1.000", "Reden": "Voorbeeld: de rekening was te hoog."}
    )
    leader.press("Correctie boeken")
    leader.expect_said("correctie")
    leader.open(SPENDING)
    corrected = leader.row("Boekingen", "Gecorrigeerd met € -1.000,00")
    expect(corrected).to_contain_text("Drukwerk (voorbeeld)")


REFUSED_MONEY = {
    ("2-7-2012", "99.999,99"): ["meer dan er over is", "€ 100.000,00"],
    ("31-12-2011", "10"): ["Het convenant is pas op 01-01-2012 ondertekend."],
    ("1-8-2012", "10"): ["De datum kan niet in de toekomst liggen."],
    ("2-7-2012", "tien euro"): ["Vul een bedrag in euro's in"],
}


def test_refused_money_keeps_what_was_typed(leader: BookPages) -> None:
    for (day, amount), messages in REFUSED_MONEY.items():
        leader.book(day, "Te veel (voorbeeld)", amount)
        for message in messages:
            expect(leader.errors).to_contain_text(message)
        leader.expect_typed({"Datum": day, "Omschrijving": "Te veel (voorbeeld)", "Bedrag": amount})
        expect(leader.main.get_by_label("ontwikkeling")).to_be_checked()


def test_a_double_click_books_once(leader: BookPages) -> None:
    leader.write_expenditure("2-7-2012", "Dubbelklik (voorbeeld)", "10")
    leader.main.get_by_role("button", name="Uitgave boeken").dblclick()
    leader.page.wait_for_url(lambda url: not url.endswith("/nieuw"))
    leader.expect_booked_once("Dubbelklik (voorbeeld)")


def test_going_back_and_sending_again_books_once(leader: BookPages) -> None:
    leader.book("2-7-2012", "Terugknop (voorbeeld)", "10")
    leader.page.wait_for_url(lambda url: not url.endswith("/nieuw"))
    leader.page.go_back()
    leader.press("Uitgave boeken")
    leader.expect_booked_once("Terugknop (voorbeeld)")


def test_two_tabs_show_both_texts(enter: Enter) -> None:
    first, second = enter(LIMBURG_LEADER, PlanPages), enter(LIMBURG_LEADER, PlanPages)
    for person in (first, second):
        person.take_work("Plan van aanpak Limburg schrijven")
        person.open_section("Borging")
    first.fill({"Borging": "Tekst van het eerste scherm (voorbeeld)."})
    first.press("Opslaan")
    first.expect_heading("Plan van aanpak Limburg")
    second.fill({"Borging": "Tekst van het tweede scherm (voorbeeld)."})
    second.press("Opslaan")
    second.expect_text(
        "Nu opgeslagen door iemand anders",
        "Tekst van het eerste scherm (voorbeeld).",
        "Uw eigen tekst, nog niet opgeslagen",
    )
    expect(second.field("Borging")).to_have_value("Tekst van het tweede scherm (voorbeeld).")
    second.press("Opslaan")
    second.expect_heading("Plan van aanpak Limburg")
    first.follow("Versie 2")
    first.expect_text("Tekst van het tweede scherm (voorbeeld).")
