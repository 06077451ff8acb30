"""Sub-mandates and standing in: no further than the mandate they come from, and named."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.action_plans import Stage, make_adopted, make_mandate, make_stage
from tests.factories.people import make_person
from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.errors import DomainError
from vpt_regio.extensions import db
from vpt_regio.models.people import Mandate, Person
from vpt_regio.services.decisions import approve_plan
from vpt_regio.services.mandate_checks import mandate_for, mandate_problems
from vpt_regio.services.mandates import (
    arrange_stand_in,
    end_mandate,
    give_mandate,
    give_sub_mandate,
)
from vpt_regio.uow import unit_of_work

ADMIN = "beheer@vpt.example"


def _refused(work: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    return caught.value


class House:
    """A mandate up to 50.000 euro in 2012 that may be handed on, and who may receive it."""

    def __init__(self) -> None:
        self.stage: Stage = make_stage()
        self.admin = make_person(self.stage.programme, Role.ADMINISTRATOR, email=ADMIN)
        self.deputy = make_person(
            self.stage.programme, Role.MANDATE_HOLDER, email="plaatsvervanger@vpt.example"
        )
        self.mandate = make_mandate(
            self.stage.holder,
            Permission.ACTION_PLAN_APPROVE,
            programme=self.stage.programme,
            max_amount_cents=50_000_00,
            ends_on=date(2012, 12, 31),
        )
        self.mandate.reference = "M-2012-3"
        self.mandate.allows_sub_mandate = True

    def sub(self, **changes: Any) -> Mandate:
        values: dict[str, Any] = {
            "person": self.deputy,
            "reference": "OM-1",
            "max_amount_cents": 40_000_00,
            "starts_on": date(2012, 7, 1),
            "ends_on": date(2012, 12, 31),
            "actor": self.admin,
        }
        return give_sub_mandate(self.mandate, **{**values, **changes})

    def stand_in(self, **changes: Any) -> Mandate:
        values: dict[str, Any] = {
            "person": self.deputy,
            "starts_on": date(2012, 7, 1),
            "ends_on": date(2012, 8, 1),
            "actor": self.admin,
        }
        return arrange_stand_in(self.mandate, **{**values, **changes})


@pytest.fixture
def house(context: Flask) -> House:
    with unit_of_work():
        return House()


def _for(person: Person, house: House, cents: int | None = None) -> Mandate | None:
    return mandate_for(
        person,
        Permission.ACTION_PLAN_APPROVE,
        programme_id=house.stage.programme.id,
        cents=cents,
    )


def test_a_sub_mandate_is_used_within_its_amount(house: House) -> None:
    with unit_of_work():
        given = house.sub()
    assert _for(house.deputy, house, 40_000_00) is given
    assert _for(house.deputy, house) is given
    assert _for(house.deputy, house, 40_000_01) is None
    (problem,) = mandate_problems(
        house.deputy,
        Permission.ACTION_PLAN_APPROVE,
        programme_id=house.stage.programme.id,
        cents=40_000_01,
    )
    assert problem.code == "mandate_too_low"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"max_amount_cents": 50_000_01}, "max_amount_cents"),
        ({"max_amount_cents": None}, "max_amount_cents"),
        ({"max_amount_cents": -1}, "max_amount_cents"),
        ({"ends_on": date(2013, 1, 1)}, "ends_on"),
        ({"ends_on": None}, "ends_on"),
        ({"starts_on": date(2011, 12, 31)}, "starts_on"),
        ({"starts_on": date(2012, 9, 1), "ends_on": date(2012, 8, 1)}, "ends_on"),
        ({"reference": " "}, "reference"),
    ],
)
def test_a_sub_mandate_reaches_no_further(
    house: House, changes: dict[str, Any], field: str
) -> None:
    assert _refused(lambda: house.sub(**changes)).field == field


def test_a_sub_mandate_is_for_somebody_else_and_must_be_allowed(house: House) -> None:
    assert _refused(lambda: house.sub(person=house.stage.holder)).field == "person"
    assert _refused(lambda: house.sub(person=house.stage.leader)).field == "person"
    assert _refused(lambda: house.sub(actor=house.stage.holder)).status == 403
    with unit_of_work():
        house.mandate.allows_sub_mandate = False
    assert "mag geen ondermandaat" in str(_refused(house.sub))


def test_a_sub_mandate_ends_with_the_mandate_it_comes_from(house: House) -> None:
    with unit_of_work():
        house.sub()
        end_mandate(house.mandate, ends_on=clock.today() - timedelta(days=1), actor=house.admin)
    assert _for(house.deputy, house) is None
    (problem,) = mandate_problems(
        house.deputy,
        Permission.ACTION_PLAN_APPROVE,
        programme_id=house.stage.programme.id,
    )
    assert problem.code == "mandate_expired"
    assert "beëindigd" in str(_refused(house.sub))
    assert "beëindigd" in str(_refused(house.stand_in))


def test_the_end_of_a_mandate_does_not_make_it_longer(house: House) -> None:
    with unit_of_work():
        given = house.stand_in()
    for mandate, last in ((given, date(2012, 8, 1)), (house.mandate, date(2012, 12, 31))):
        later = last + timedelta(days=1)
        refusal = _refused(
            lambda mandate=mandate, later=later: end_mandate(  # type: ignore[misc]
                mandate, ends_on=later, actor=house.admin
            )
        )
        assert refusal.field == "ends_on"
        assert mandate.ends_on == last


def test_who_stands_in_is_named_in_the_decision(house: House) -> None:
    with unit_of_work():
        house.stand_in()
        version = make_adopted(house.stage, cents=50_000_00)
        decision = approve_plan(version, actor=house.deputy)
    assert decision.authority == (
        f"krachtens mandaat M-2012-3 van de minister, bij afwezigheid van {house.stage.holder.name}"
    )
    assert decision.amount_cents == 50_000_00
    assert decision.decided_by is house.deputy


def test_a_sub_mandate_is_named_in_the_decision(house: House) -> None:
    with unit_of_work():
        house.sub()
        version = make_adopted(house.stage, cents=30_000_00)
        decision = approve_plan(version, actor=house.deputy)
    assert decision.authority == (
        f"krachtens ondermandaat OM-1 van {house.stage.holder.name}"
        " (mandaat M-2012-3 van de minister)"
    )


def test_standing_in_has_a_last_day_and_is_not_handed_on(house: House) -> None:
    assert _refused(lambda: house.stand_in(ends_on=None)).field is not None
    assert _refused(lambda: house.stand_in(ends_on=date(2013, 1, 1))).field == "ends_on"
    assert _refused(lambda: house.stand_in(person=house.stage.holder)).field == "person"
    with unit_of_work():
        standing_in = house.stand_in()
        other = make_person(house.stage.programme, Role.MANDATE_HOLDER, email="derde@vpt.example")
    error = _refused(
        lambda: arrange_stand_in(
            standing_in,
            person=other,
            starts_on=date(2012, 7, 1),
            ends_on=date(2012, 7, 20),
            actor=house.admin,
        )
    )
    assert "zelf een waarneming" in str(error)
    with clock.at(date(2012, 8, 2)):
        assert _for(house.deputy, house) is None


def test_the_termination_of_a_covenant_can_be_mandated(house: House) -> None:
    with unit_of_work():
        given = give_mandate(
            house.stage.holder,
            permission=Permission.COVENANT_TERMINATE,
            on_behalf_of="de minister",
            reference="M-2012-9",
            max_amount_cents=100_000_00,
            starts_on=date(2012, 1, 1),
            ends_on=None,
            actor=house.admin,
        )
    arguments = {"programme_id": house.stage.programme.id, "cents": 100_000_01}
    permission = Permission.COVENANT_TERMINATE
    (problem,) = mandate_problems(house.stage.holder, permission, **arguments)
    assert "Dit convenant gaat over" in str(problem)
    assert (
        mandate_for(house.stage.holder, permission, programme_id=house.stage.programme.id) is given
    )


def test_decisions_on_subsidies_can_be_mandated_and_to_revoke_has_no_limit(house: House) -> None:
    holder, programme_id = house.stage.holder, house.stage.programme.id
    told = {
        Permission.APPLICATION_DECIDE: ("over subsidieaanvragen", "gaat over €\u00a0100.000,01"),
        Permission.SETTLEMENT_DECIDE: ("vast te stellen", "vast op €\u00a0100.000,01"),
        Permission.PILOT_REVOKE: ("in te trekken", None),
    }
    for permission, (without, too_low) in told.items():
        (problem,) = mandate_problems(holder, permission, programme_id=programme_id)
        assert without in str(problem)
        with unit_of_work():
            give_mandate(
                holder,
                permission=permission,
                on_behalf_of="de minister",
                reference="M-2012-10",
                max_amount_cents=100_000_00,
                starts_on=date(2012, 1, 1),
                ends_on=None,
                actor=house.admin,
            )
        problems = mandate_problems(holder, permission, programme_id=programme_id, cents=100_000_01)
        assert [too_low in str(one) for one in problems if too_low] == ([True] if too_low else [])
        assert bool(problems) is bool(too_low)


def test_the_pages_of_sub_mandate_and_standing_in(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    with app.app_context(), unit_of_work():
        house = House()
        db.session.flush()
        address, deputy = f"/beheer/mandaten/{house.mandate.id}", house.deputy.id
        holder = house.stage.holder.name
    admin = sign_in(ADMIN)
    listed = admin.get("/beheer/mandaten").text
    assert f"{address}/ondermandaat" in listed
    assert f"{address}/waarneming" in listed
    assert "50.000" in admin.get(f"{address}/ondermandaat").text
    too_high = {
        "person": deputy,
        "reference": "OM-2",
        "max_amount_cents": "60.000",
        "starts_on": "1-7-2012",
        "ends_on": "31-12-2012",
    }
    wrong = admin.post(f"{address}/ondermandaat", data=too_high)
    assert wrong.status_code == 422
    assert "OM-2" in wrong.text
    assert "gaat tot en met" in wrong.text
    fitting = {**too_high, "max_amount_cents": "40.000"}
    assert admin.post(f"{address}/ondermandaat", data=fitting).status_code == 303
    away = {"person": deputy, "starts_on": "16-7-2012", "ends_on": "20-7-2012"}
    assert admin.post(f"{address}/waarneming", data=away).status_code == 303
    listed = admin.get("/beheer/mandaten").text
    assert f"neemt waar voor {holder}" in listed
    assert f"ondermandaat van {holder}" in listed
    with app.app_context():
        assert len(db.session.scalars(select(Mandate).where(Mandate.parent_id > 0)).all()) == 2
