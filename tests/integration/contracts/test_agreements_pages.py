"""The pages of agreements: what they show, and how they answer bad input."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.action_plans import make_stage
from tests.factories.contracts import (
    add_revision,
    make_agreement,
    make_contract,
    make_indicator,
    make_measurement,
)
from vpt_regio.domain.indicator_codes import ContractStatus, ReferenceKind, Unit
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Agreement, Indicator, IndicatorRevision, Measurement
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
LEADER, OTHER = "leider@vpt.example", "elders@vpt.example"


@dataclass
class Scene:
    """A contract in Limburg with one agreement, by their ids."""

    contract: int
    agreement: int
    indicator: int
    party: int


def _scene(
    app: Flask, *, unit: Unit = Unit.NUMBER, status: ContractStatus = ContractStatus.AGREED
) -> Scene:
    with app.app_context(), unit_of_work():
        stage = make_stage("limburg")
        stage.leader.email = LEADER
        make_stage("drenthe", programme=stage.programme).leader.email = OTHER
        contract = make_contract(stage.region, author=stage.leader, status=status)
        indicator = make_indicator(stage.programme, "Aangiften op tijd", unit=unit)
        agreement = make_agreement(contract, indicator)
        return Scene(contract.id, agreement.id, indicator.id, contract.parties[0].organisation_id)


def _version(page: str) -> str:
    found = re.search(r'name="version" value="([0-9]+)"', page)
    assert found is not None
    return found[1]


def test_shows_old_and_new_targets_late_and_corrected_values(app: Flask, sign_in: SignIn) -> None:
    scene = _scene(app)
    with app.app_context(), unit_of_work():
        agreement = db.session.get_one(Agreement, scene.agreement)
        due_on = date(2013, 12, 31)
        target = ReferenceKind.TARGET
        held = {"day": due_on, "holds_from": date(2012, 5, 1)}
        add_revision(agreement, target, 50, reason="Minder geld.", **held)
        make_measurement(agreement, 44, cutoff_on=date(2012, 3, 31))
        make_measurement(agreement, 42, cutoff_on=date(2012, 3, 31), reason="Dubbel geteld.")
        make_measurement(agreement, 47, is_late=True)
    page = sign_in(LEADER).get(f"/afspraken/{scene.agreement}").text
    for words in (
        "Wij doen dit vaker.",
        "Minder geld.",
        "gold eerder",
        "Dubbel geteld.",
        "verbeterd",
        "te laat ontvangen",
        "+17,5%",
        "op koers",
        "Meting vastleggen",
        "<svg",
    ):
        assert words in page


def test_another_region_does_not_exist(app: Flask, sign_in: SignIn) -> None:
    scene = _scene(app)
    client = sign_in(OTHER)
    for address in ("", "/bewerken", "/metingen/nieuw", "/streefwaarde/wijzigen"):
        assert client.get(f"/afspraken/{scene.agreement}{address}").status_code == 404


def test_records_a_measurement_as_dutch_users_write_it(app: Flask, sign_in: SignIn) -> None:
    scene = _scene(app)
    sent = {
        "cutoff_on": "30-6-2012",
        "is_measured": "measured",
        "value": "1.234,5",
        "qualifier": "circa",
        "source": "Registratie",
    }
    client = sign_in(LEADER)
    answer = client.post(f"/afspraken/{scene.agreement}/metingen/nieuw", data=sent)
    assert answer.status_code == 303
    with app.app_context():
        measurement = db.session.scalars(select(Measurement)).one()
        assert str(measurement.value) == "1234.5"
    assert "ongeveer 1.235" in client.get(answer.location).text


def test_tells_every_error_of_a_measurement_at_once(app: Flask, sign_in: SignIn) -> None:
    scene = _scene(app, unit=Unit.PERCENT)
    sent = {"cutoff_on": "1-1-2013", "is_measured": "measured", "numerator": "12", "source": ""}
    answer = sign_in(LEADER).post(f"/afspraken/{scene.agreement}/metingen/nieuw", data=sent)
    assert answer.status_code == 422
    for words in (
        "Een peildatum kan niet in de toekomst liggen.",
        "Vul de noemer in.",
        "Vul in waar de waarde vandaan komt.",
        'value="12"',
    ):
        assert words in answer.text


def test_yes_or_no_is_chosen_with_buttons(app: Flask, sign_in: SignIn) -> None:
    scene = _scene(app, unit=Unit.YES_NO)
    client = sign_in(LEADER)
    page = client.get(f"/afspraken/{scene.agreement}/metingen/nieuw").text
    assert page.count('type="radio"') == 4
    sent = {"cutoff_on": "30-6-2012", "is_measured": "measured", "value": "0", "source": "Gemeld"}
    answer = client.post(f"/afspraken/{scene.agreement}/metingen/nieuw", data=sent)
    assert answer.status_code == 303
    assert ">nee" in client.get(answer.location).text.replace("\n", "").replace(" ", "")


def test_not_measured_needs_a_reason(app: Flask, sign_in: SignIn) -> None:
    scene = _scene(app)
    client = sign_in(LEADER)
    address = f"/afspraken/{scene.agreement}/metingen/nieuw"
    sent = {"cutoff_on": "30-6-2012", "is_measured": "not_measured"}
    refused = client.post(address, data=sent)
    assert refused.status_code == 422
    assert "Leg uit waarom er niet is gemeten." in refused.text
    answer = client.post(address, data=sent | {"note": "Geen telling."})
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Geen telling." in page
    assert "niet gemeten" in page


def test_a_correction_knows_what_the_person_saw(app: Flask, sign_in: SignIn) -> None:
    scene = _scene(app)
    with app.app_context(), unit_of_work():
        agreement = db.session.get_one(Agreement, scene.agreement)
        number = make_measurement(agreement, 44).id
    client = sign_in(LEADER)
    address = f"/metingen/{number}/verbeteren"
    page = client.get(address)
    assert page.status_code == 200
    assert 'name="version" value="1"' in page.text
    sent = {
        "version": "1",
        "is_measured": "measured",
        "value": "41",
        "source": "Registratie",
        "reason": "Dubbel geteld.",
    }
    assert client.post(address, data=sent).status_code == 303
    stale = client.post(address, data=sent | {"value": "40"})
    assert stale.status_code == 409
    assert "Iemand anders heeft deze meting intussen verbeterd." in stale.text


def test_changes_a_target_with_a_reason(app: Flask, sign_in: SignIn) -> None:
    scene = _scene(app)
    client = sign_in(LEADER)
    address = f"/afspraken/{scene.agreement}/streefwaarde/wijzigen"
    page = client.get(address).text
    assert "Nu geldt: 60" in page
    refused = client.post(address, data={"value": "60", "day": "31-12-2013"})
    assert refused.status_code == 422
    for words in ("Leg uit waarom", "Vul in vanaf welke dag", "golden al"):
        assert words in refused.text
    sent = {
        "version": _version(page),
        "value": "50",
        "day": "31-12-2013",
        "holds_from": "1-7-2012",
        "reason": "Minder geld.",
        "document_reference": "Verslag 3",
    }
    assert client.post(address, data=sent).status_code == 303
    with app.app_context():
        query = select(IndicatorRevision.value).where(IndicatorRevision.kind == "target")
        assert [int(one or 0) for one in db.session.scalars(query)] == [60, 50]


def test_drafts_an_agreement_with_its_values_in_one_form(app: Flask, sign_in: SignIn) -> None:
    scene = _scene(app, unit=Unit.PERCENT, status=ContractStatus.DRAFT)
    client = sign_in(LEADER)
    address = f"/prestatiecontracten/{scene.contract}/afspraken/nieuw"
    assert "Kies eerst de indicator." in client.get(address).text
    assert client.post(address).status_code == 422
    address = f"{address}?indicator={scene.indicator}"
    refused = client.post(address, data={"target_value": "166%", "baseline_numerator": "3"})
    assert refused.status_code == 422
    for words in (
        "Vul in wat de partijen afspreken.",
        "Kies een partij van dit contract",
        "Een percentage kan niet hoger zijn dan 100.",
        "Vul de noemer in.",
        "Vul de deadline van de streefwaarde in.",
        'value="166%"',
    ):
        assert words in refused.text
    sent = {
        "statement": "Sneller behandelen.",
        "free_type": "Eigen soort",
        "responsible_id": str(scene.party),
        "baseline_numerator": "1",
        "baseline_denominator": "3",
        "baseline_day": "1-1-2012",
        "target_value": "66%",
        "target_day": "31-12-2013",
    }
    answer = client.post(address, data=sent)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "33%" in page
    assert "66%" in page
    assert "1 van 3" in page


def test_an_indicator_that_cannot_be_used_here(app: Flask, sign_in: SignIn) -> None:
    scene = _scene(app, status=ContractStatus.DRAFT)
    address = f"/prestatiecontracten/{scene.contract}/afspraken/nieuw?indicator=999"
    assert sign_in(LEADER).get(address).status_code == 404


def test_edits_and_removes_an_agreement_of_a_draft(app: Flask, sign_in: SignIn) -> None:
    scene = _scene(app, status=ContractStatus.DRAFT)
    client = sign_in(LEADER)
    address = f"/afspraken/{scene.agreement}"
    page = client.get(f"{address}/bewerken").text
    assert "Wij doen dit vaker." in page
    assert 'value="60"' in page
    sent = {
        "version": _version(page),
        "statement": "Wij doen dit altijd.",
        "free_type": "Eigen soort",
        "responsible_id": str(scene.party),
        "target_value": "70",
        "target_day": "31-12-2013",
    }
    assert client.post(f"{address}/bewerken", data=sent).status_code == 303
    shown = client.get(address).text
    assert "Wij doen dit altijd." in shown
    assert ">70<" in shown.replace("\n", "").replace(" ", "")
    stale = client.post(f"{address}/bewerken", data=sent | {"target_value": "71"})
    assert stale.status_code == 409
    assert "Verwijderen" in client.get(f"{address}/verwijderen").text
    assert client.post(f"{address}/verwijderen").status_code == 303
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/bewerken", {"statement": "Anders.", "free_type": "x"}),
        ("/verwijderen", {}),
    ],
)
def test_what_was_signed_does_not_change(
    app: Flask, sign_in: SignIn, address: str, sent: dict[str, str]
) -> None:
    scene = _scene(app)
    client = sign_in(LEADER)
    answer = client.post(f"/afspraken/{scene.agreement}{address}", data=sent)
    assert answer.status_code == 409
    assert "Dit contract is overeengekomen." in answer.text
    with app.app_context():
        assert db.session.get_one(Agreement, scene.agreement).statement == "Wij doen dit vaker."
        assert db.session.get_one(Indicator, scene.indicator).name == "Aangiften op tijd"
