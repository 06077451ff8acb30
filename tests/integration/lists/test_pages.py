"""The pages of the lists: side by side, a new version, another entry, a text put right."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.action_plans import make_approved, make_stage
from tests.factories.people import make_person
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.programmes import Measure
from vpt_regio.uow import unit_of_work

LIST = "/beheer/lijsten/maatregelen"


@pytest.fixture
def entries(app: Flask) -> list[int]:
    with app.app_context(), unit_of_work():
        stage = make_stage()
        make_approved(stage)
        make_person(stage.programme, Role.ADMINISTRATOR, email="beheer@vpt.example")
        return [one.id for one in db.session.query(Measure).order_by(Measure.id)]


@pytest.fixture
def admin(entries: list[int], sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in("beheer@vpt.example")


def _version(entries: list[int], **changed: str) -> dict[str, str]:
    fields = {"list_version": "VNG-2015", "starts_on": "01-01-2015"}
    for number, entry in enumerate(entries, start=1):
        fields[f"name_{entry}"] = f"Maatregel {number} in gewone woorden"
        fields[f"short_name_{entry}"] = f"VNG {number}"
    return fields | changed


def test_the_four_lists_with_their_uses(admin: FlaskClient) -> None:
    page = admin.get("/beheer/lijsten").text
    for name in ("Maatregelen", "Hoofdlijnen", "Sectoren", "Soorten afspraken"):
        assert name in page
    shown = admin.get(LIST).text
    assert "geldt nu" in shown
    assert "Activiteiten in plannen" in shown
    assert admin.get("/beheer/lijsten/sectoren").status_code == 200
    assert admin.get("/beheer/lijsten/soorten-afspraken").status_code == 200
    assert admin.get("/beheer/lijsten/onbekend").status_code == 404


def test_a_new_version_stands_beside_the_old_one(admin: FlaskClient, entries: list[int]) -> None:
    form = admin.get(f"{LIST}/nieuwe-versie").text
    assert 'value="Maatregel 1"' in form
    ninth = {"code_nieuw1": "M9", "name_nieuw1": "Gastvrijheid", "short_name_nieuw1": "Gast"}
    sent = _version(entries, **ninth, **{f"is_dropped_{entries[2]}": "y"})
    assert admin.post(f"{LIST}/nieuwe-versie", data=sent).status_code == 303
    page = admin.get(LIST).text
    assert "Versie VNG-2015" in page
    assert "geldt later" in page
    assert "<ins" in page
    assert "in gewone woorden" in page
    assert "Nieuw:" in page
    assert "vervallen" in page
    assert "31-12-2014" in page
    assert "heeft versie VNG-2015 van een lijst gemaakt" in page


def test_what_was_typed_comes_back_with_every_message(
    admin: FlaskClient, entries: list[int]
) -> None:
    wrong = _version(
        entries,
        starts_on="01-01-2012",
        **{f"name_{entries[0]}": "", f"goes_on_as_{entries[1]}": "M3", "name_nieuw2": "Los <i>"},
    )
    response = admin.post(f"{LIST}/nieuwe-versie", data=wrong)
    assert response.status_code == 422
    for text in (
        "Kies vandaag of een latere dag.",
        "Vul de naam in.",
        "Kies ook ‘vervalt’",
        "Vul een code in",
        "Los &lt;i&gt;",
    ):
        assert text in response.text
    empty = admin.post(f"{LIST}/nieuwe-versie", data={})
    assert empty.status_code == 422


def test_an_entry_is_added_and_put_right(
    app: Flask, admin: FlaskClient, entries: list[int]
) -> None:
    sent = {"code": "M9", "name": "Gastvrijhied", "short_name": "Gast", "starts_on": "01-08-2012"}
    assert admin.post(f"{LIST}/onderdelen/nieuw", data=sent).status_code == 303
    double = admin.post(f"{LIST}/onderdelen/nieuw", data=sent | {"name": "Nog een"})
    assert double.status_code == 422
    assert "Deze code staat al in deze versie van de lijst." in double.text
    with app.app_context():
        ninth = db.session.query(Measure).filter_by(code="M9").one().id
    address = f"{LIST}/onderdelen/{ninth}/wijzigen"
    assert 'value="Gastvrijhied"' in admin.get(address).text
    lacking = admin.post(address, data={"name": "Gastvrijheid", "short_name": "Gast"})
    assert lacking.status_code == 422
    assert "Schrijf op wat er fout was." in lacking.text
    right = {"name": "Gastvrijheid", "short_name": "Gast", "reason": "Tikfout"}
    assert admin.post(address, data=right).status_code == 303
    page = admin.get(LIST).text
    assert "Gastvrijheid" in page
    assert "heeft de tekst van M9 in versie 2012 verbeterd: Tikfout" in page
    assert "Geldt vanaf 01-08-2012" in page
    stale = admin.post(address, data=right | {"version": "1", "name": "Anders"})
    assert stale.status_code == 409
    assert admin.get(f"{LIST}/onderdelen/9999/wijzigen").status_code == 404


def test_others_read_and_do_not_change(
    entries: list[int], sign_in: Callable[..., FlaskClient]
) -> None:
    leader = sign_in("leider.limburg@vpt.example")
    page = leader.get(LIST)
    assert page.status_code == 200
    assert "Nieuwe versie maken" not in page.text
    assert "verbeteren" not in page.text
    assert leader.get(f"{LIST}/nieuwe-versie").status_code == 403
    assert leader.post(f"{LIST}/onderdelen/nieuw", data={}).status_code == 403
    assert "/beheer/lijsten" not in leader.get("/mijn-werk").text
