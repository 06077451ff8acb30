"""The pages with results over regions."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from tests.factories.contracts import make_measurement
from tests.integration.results.result_scene import IN_2011, make_scene
from vpt_regio.domain.indicator_codes import Aggregation, Unit
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]


def _page(client: FlaskClient, address: str) -> html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.text)


def _words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _row(page: html.HtmlElement, table: str, name: str) -> list[str]:
    for row in page.xpath(f"//table[@id='{table}']//tr"):
        cells = [_words(cell) for cell in row.xpath("th|td")]
        if cells and cells[0] == name:
            return cells
    raise AssertionError(f"no row {name} in {table}")


def test_tells_the_result_of_every_indicator(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        scene = make_scene(unit=Unit.PERCENT)
        for code, counts in (("zeeland", (10, 100)), ("drenthe", (90, 100))):
            make_measurement(scene.agreement(scene.region(code)), counts=counts)
        scene.agreement(scene.region("utrecht"))
    page = _page(sign_in("beleid@vpt.example"), "/landelijk/resultaten")
    cells = _row(page, "waarden", "Aangiften")
    assert cells[2] == "50% 2 van 3 regio's"
    assert _row(page, "standen", "Aangiften")[1:] == ["3", "1", "0", "1", "1", "0", "0"]
    assert _row(page, "niet-mee", "Aangiften")[1:] == [
        "Utrecht",
        "niet gemeten",
        "1 van 1 afspraak",
    ]


def test_shows_regions_side_by_side_and_the_counts(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        scene = make_scene(unit=Unit.PERCENT)
        for code, counts in (("zeeland", (10, 100)), ("drenthe", (90, 100))):
            agreement = scene.agreement(scene.region(code))
            make_measurement(agreement, counts=(1, 10), cutoff_on=IN_2011, recorded_on=IN_2011)
            make_measurement(agreement, counts=counts)
        address = f"/landelijk/resultaten/{scene.indicator.id}"
    page = _page(sign_in("beleid@vpt.example"), address)
    assert _row(page, "teller-en-noemer", "Alle regio's samen")[1:] == ["100", "200", "50%"]
    assert _row(page, "regiocijfers", "Drenthe")[2].startswith("90%")
    assert _row(page, "halfjaren", "2011-2")[1] == "10% 2 van 2 regio's"
    assert len(page.xpath("//svg[@role='img']")) == 2
    assert "geen gemiddelde van percentages" in _words(page)
    earlier = _page(sign_in("beleid@vpt.example"), f"{address}?halfjaar=2011-2")
    assert _row(earlier, "teller-en-noemer", "Alle regio's samen")[1:] == ["2", "20", "10%"]


@pytest.mark.parametrize(
    ("unit", "aggregation"), [(Unit.NUMBER, Aggregation.NONE), (Unit.YES_NO, Aggregation.SUM)]
)
def test_says_why_values_are_not_told_as_one(
    app: Flask, sign_in: SignIn, unit: Unit, aggregation: Aggregation
) -> None:
    with app.app_context(), unit_of_work():
        scene = make_scene(unit=unit, aggregation=aggregation)
        for code in ("zeeland", "drenthe"):
            make_measurement(scene.agreement(scene.region(code)), 1)
        address = f"/landelijk/resultaten/{scene.indicator.id}"
    client = sign_in("beleid@vpt.example")
    page = _page(client, address)
    assert "niet samengevoegd" in _words(page)
    assert "naast elkaar" in _words(page)
    assert _row(_page(client, "/landelijk/resultaten"), "waarden", "Aangiften")[2] == (
        "niet samengevoegd"
    )


def test_a_project_leader_reads_no_open_half_year_of_others(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        scene = make_scene()
        other = scene.agreement(scene.region("drenthe"))
        make_measurement(other, 45, cutoff_on=IN_2011, recorded_on=date(2012, 1, 10))
        make_measurement(other, 59_123)
        leader = scene.leader(scene.region("zeeland"))
        leader.email = "leider@vpt.example"
        address = f"/landelijk/resultaten/{scene.indicator.id}"
        other_page = f"/afspraken/{other.id}"
    client = sign_in("leider@vpt.example")
    for one in (address, f"{address}?halfjaar=2012-1", "/landelijk/resultaten"):
        text = client.get(one).text
        assert "59.123" not in text
        assert other_page not in text
    page = _page(client, address)
    assert _row(page, "regiocijfers", "Drenthe")[2].startswith("45")
    assert "hier niet te zien" in _words(page)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("op=17-07-2012", "ligt in de toekomst"),
        ("op=morgen", "Vul een datum in"),
        ("halfjaar=1999-9", "Ongeldige keuze"),
    ],
)
def test_refuses_a_filter_that_cannot_be_shown(
    app: Flask, sign_in: SignIn, query: str, message: str
) -> None:
    with app.app_context(), unit_of_work():
        make_scene()
    response = sign_in("beleid@vpt.example").get(f"/landelijk/resultaten?{query}")
    assert response.status_code == 200
    assert message in response.text


def test_an_indicator_that_is_not_there(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        make_scene()
    assert sign_in("beleid@vpt.example").get("/landelijk/resultaten/999").status_code == 404


def test_the_national_view_counts_agreements_that_were_reached(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        scene = make_scene()
        make_measurement(scene.agreement(scene.region("drenthe")), 60)
        scene.region("zeeland")
    page = _page(sign_in("beleid@vpt.example"), "/landelijk")
    assert page.xpath("//a[@href='/landelijk/resultaten']")
    rows = {
        cells[0]: cells[-1]
        for row in page.xpath("//table//tr[td]")
        if (cells := [_words(cell) for cell in row.xpath("th|td")])
    }
    assert rows["Drenthe"] == "1 van 1"
    assert rows["Zeeland"] == "– niet bekend"
