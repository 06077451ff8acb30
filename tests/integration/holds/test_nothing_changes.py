"""On hold: every address that changes something of that region or covenant refuses to."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule

from tests.factories.action_plans import make_mandate
from tests.factories.world import Values, World, make_world
from vpt_regio.domain.permissions import Permission
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.holds import Hold
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.policies import DESPITE_A_HOLD
from vpt_regio.uow import unit_of_work

IDENTITIES = (
    "leader.limburg@vpt.example",
    "manager.limburg@vpt.example",
    "officer@vpt.example",
    "holder@vpt.example",
)
# these parts of an address lead to a record that a hold of the region, or of the covenant, reaches
OF_REGION = {
    "code",
    "region_code",
    "plan_id",
    "covenant_id",
    "section",
    "activity_id",
    "line_id",
    "remark_id",
}
OF_COVENANT = {"plan_id", "covenant_id"}
# organisations and half-years belong to the programme; a step without its form is refused anyway
NATIONAL = (
    "organisations",
    "people",
    "mandates",
    "periods",
    "reconciliation",
    "workbooks",
    "mail",
    "jobs",
)


@pytest.fixture
def world(app: Flask) -> World:
    with app.app_context(), unit_of_work():
        world = make_world()
        manager = db.session.scalars(
            select(Person).where(Person.email == "manager.limburg@vpt.example")
        ).one()
        make_mandate(
            manager,
            Permission.ACTION_PLAN_APPROVE,
            programme=db.session.scalars(select(Region)).first().programme,  # type: ignore[union-attr]
        )
        return world


def _place(app: Flask, subject: str, values: Values) -> None:
    with app.app_context(), unit_of_work():
        region = db.session.scalars(select(Region).where(Region.code == values.region)).one()
        covenant = db.session.get_one(Covenant, values.parts["covenant_id"])
        officer = db.session.scalars(select(Person).where(Person.email == IDENTITIES[2])).one()
        db.session.add(
            Hold(
                programme_id=region.programme_id,
                region=region if subject == "region" else None,
                covenant=covenant if subject == "covenant" else None,
                reason="Er loopt een onderzoek.",
                starts_on=date(2012, 7, 1),
                placed_by_id=officer.id,
            )
        )


def _of_region(rule: Rule) -> set[str]:
    """Return the parts of an address that may lead to a region; half-years have a code too."""
    return rule.arguments - {"code"} if rule.rule.startswith("/halfjaren") else rule.arguments


def _changing(app: Flask, parts: set[str]) -> list[Rule]:
    """Return the POST routes of a region or covenant whose permission a hold stops."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set())
        and _of_region(rule) & parts
        and rule.endpoint.split(".")[0] not in NATIONAL
        and not rule.rule.startswith("/halfjaren/<code>/uitvraag")
        and getattr(app.view_functions[rule.endpoint], "vpt_permission", None) is not None
        and app.view_functions[rule.endpoint].vpt_permission not in DESPITE_A_HOLD  # type: ignore[attr-defined]
    ]


def _entries(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


@pytest.mark.parametrize("email", IDENTITIES)
@pytest.mark.parametrize("reach", [("region", OF_REGION), ("covenant", OF_COVENANT)])
def test_every_change_is_refused(
    app: Flask,
    world: World,
    sign_in: Callable[..., FlaskClient],
    email: str,
    reach: tuple[str, set[str]],
) -> None:
    subject, parts = reach
    values = world.values["limburg"]
    _place(app, subject, values)
    client = sign_in(email)
    before = _entries(app)
    rules = _changing(app, parts)
    answers: dict[str, Any] = {}
    for rule in rules:
        with app.test_request_context():
            url = url_for(rule.endpoint, **values.of(rule))
        answers[rule.endpoint] = client.post(url, data={}).status_code
    assert {name: status for name, status in answers.items() if status not in {403, 409}} == {}
    assert _entries(app) == before
    assert len(rules) > 15
