"""The pages of proposals and sittings: what they show, and what they say when it cannot be."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.people import make_person
from tests.factories.regions import make_programme
from tests.factories.subsidies import (
    make_application,
    make_decider,
    make_limits,
    make_round,
    make_scheme,
)
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyProposal
from vpt_regio.models.decisions import Decision
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]


@dataclass
class House:
    """Addresses and e-mail addresses: no record outlives the context it was made in."""

    round_id: int
    applications: list[int]
    lines: list[int]
    officer: str
    decider: str


@pytest.fixture
def house(app: Flask) -> House:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        make_limits(programme)
        in_round = make_round(make_scheme(programme), ceiling_cents=20_000_00)
        made = [make_application(in_round) for _number in range(2)]
        return House(
            round_id=in_round.id,
            applications=[one.id for one in made],
            lines=[line.id for line in made[0].lines],
            officer=make_person(programme, Role.POLICY_OFFICER).email,
            decider=make_decider(programme).email,
        )


def _new(house: House, kind: str, number: int = 0) -> str:
    return f"/subsidies/aanvragen/{house.applications[number]}/voorstel/{kind}"


def _proposals(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(SubsidyProposal.id).order_by(SubsidyProposal.id)))


def test_a_proposal_goes_from_one_person_to_another(
    app: Flask, sign_in: SignIn, house: House
) -> None:
    officer, decider = sign_in(house.officer), sign_in(house.decider)
    first, second = house.lines
    filled = {f"granted_{first}": "10.000", f"granted_{second}": "4.000,50", "reasoning": "Deels."}
    refused = officer.post(_new(house, "gedeeltelijk"), data=filled)
    assert refused.status_code == 422
    assert "waarom u voor dit onderdeel minder toekent" in refused.text
    assert "4.000,50" in refused.text
    made = officer.post(_new(house, "gedeeltelijk"), data={**filled, f"reason_{second}": "Duur."})
    (number,) = _proposals(app)
    page = f"/subsidies/voorstellen/{number}"
    assert made.location == page
    assert "U hebt dit zelf voorgesteld" in officer.get(page).text
    assert "al een voorstel" in officer.get(_new(house, "toekennen")).text
    assert "hebt zelf het voorstel" in officer.get(f"{page}/beslissen").text
    shown = decider.get(f"{page}/beslissen").text
    for part in ("Duur.", "€\u00a014.000,50", "€\u00a05.999,50", "Besluit nemen"):
        assert part in shown
    done = decider.post(f"{page}/beslissen", data={"note": "Akkoord."})
    assert done.location.startswith("/besluiten/")
    decision = decider.get(done.location).text
    assert "Subsidie gedeeltelijk toegekend" in decision
    assert "Akkoord." in decision
    assert decider.post(f"{page}/beslissen", data={"note": ""}).status_code == 409
    assert "Hierover is beslist" in decider.get(page).text


def test_a_proposal_is_sent_back_or_withdrawn(app: Flask, sign_in: SignIn, house: House) -> None:
    officer, decider = sign_in(house.officer), sign_in(house.decider)
    officer.post(_new(house, "afwijzen"), data={"reasoning": "Past niet."})
    assert _proposals(app) == []
    officer.post(_new(house, "afwijzen"), data={"reasoning": "Past niet.", "ground": "quality"})
    page = f"/subsidies/voorstellen/{_proposals(app)[0]}"
    assert decider.post(f"{page}/terugsturen", data={"note": ""}).status_code == 422
    assert decider.post(f"{page}/terugsturen", data={"note": "Licht toe."}).status_code == 303
    assert "Licht toe." in officer.get(page).text
    officer.post(_new(house, "toekennen"), data={"reasoning": "Toch goed."})
    page = f"/subsidies/voorstellen/{_proposals(app)[1]}"
    assert officer.post(f"{page}/intrekken").status_code == 303
    assert "Het voorstel is ingetrokken" in officer.get(page).text
    assert officer.get(_new(house, "anders")).status_code == 303


def test_a_sitting_shows_the_ceiling_and_decides_on_what_is_chosen(
    app: Flask, sign_in: SignIn, house: House
) -> None:
    officer, decider = sign_in(house.officer), sign_in(house.decider)
    page = f"/subsidies/rondes/{house.round_id}/zitting"
    assert "wacht geen voorstel" in decider.get(page).text
    for number in (0, 1):
        officer.post(_new(house, "toekennen", number), data={"reasoning": "Goed."})
    one, other = _proposals(app)
    shown = decider.get(page).text
    assert "Dit past niet onder het plafond" in shown
    assert "€\u00a0-10.000,00" in shown
    counted = decider.post(page, data={"proposals": [one], "wat": "tellen"}).text
    assert "€\u00a05.000,00" in counted
    both = decider.post(page, data={"proposals": [one, other]})
    assert both.status_code == 422
    assert "past niet onder het plafond van" in both.text
    assert decider.post(page, data={"note": "Ja."}).status_code == 422
    assert officer.post(page, data={"proposals": [one]}).status_code == 422
    assert decider.post(page, data={"proposals": [one]}).status_code == 303
    with app.app_context():
        assert len(db.session.scalars(select(Decision)).all()) == 1
    gone = decider.post(page, data={"proposals": [one]})
    assert gone.status_code == 422
