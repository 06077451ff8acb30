"""A submission that is taken back: the version stays, and the region goes on in a new one."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.action_plans import (
    make_approved,
    make_in_review,
    make_plan,
    make_stage,
    make_submitted,
)
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.errors import Conflict, NotAllowed, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.services.action_plans import submit_plan, withdraw_plan
from vpt_regio.services.plan_reviews import take_up_plan
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
LEADER = "leider.limburg@vpt.example"
MANAGER = "manager.limburg@vpt.example"


@pytest.mark.usefixtures("context")
def test_a_withdrawn_version_stays_and_a_copy_goes_on() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_submitted(stage)
        submitted_on = version.submitted_on
        withdraw_plan(version, actor=stage.leader)
    assert version.status is ActionPlanStatus.WITHDRAWN
    assert version.submitted_on == submitted_on
    message = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert message is not None
    assert message.recipient == stage.manager.email
    assert "ingetrokken" in message.subject
    with unit_of_work():
        following = start_new_version(version.plan, actor=stage.leader)
        submit_plan(following, actor=stage.leader)
    assert (following.version_no, following.status) == (2, ActionPlanStatus.SUBMITTED)
    assert following.approach == version.approach


@pytest.mark.usefixtures("context")
def test_only_what_nobody_took_up_can_be_withdrawn() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        other = make_stage("groningen", programme=stage.programme)
        draft = make_plan(other).latest
    for subject, actor in ((version, stage.leader), (draft, other.leader)):
        with pytest.raises(WrongState), unit_of_work():
            withdraw_plan(subject, actor=actor)
    with pytest.raises(NotAllowed), unit_of_work():
        withdraw_plan(version, actor=stage.manager)


@pytest.mark.usefixtures("context")
def test_a_withdrawal_on_an_old_page_is_a_conflict() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_submitted(stage)
    seen = version.version
    with unit_of_work():
        take_up_plan(version, actor=stage.manager)
    with pytest.raises(Conflict), unit_of_work():
        withdraw_plan(version, actor=stage.leader, expected_version=seen)


def test_the_page_asks_first(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        url = f"/plannen/{make_submitted(make_stage()).action_plan_id}"
    leader = sign_in(LEADER)
    assert f"{url}/indiening-intrekken" in leader.get(url).text
    assert "blijft bewaard" in leader.get(f"{url}/indiening-intrekken").text
    done = leader.post(f"{url}/indiening-intrekken", follow_redirects=True)
    assert "De indiening is ingetrokken" in done.text
    assert "Nieuwe versie beginnen" in done.text
    assert "aanpassen" in leader.get("/mijn-werk").text
    assert "Dit kan nu niet" in leader.get(f"{url}/indiening-intrekken").text
    assert leader.post(f"{url}/indiening-intrekken").status_code == 409
    assert "ingetrokken" in leader.get("/landelijk").text


def test_an_account_manager_does_not_withdraw(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        url = f"/plannen/{make_submitted(make_stage()).action_plan_id}"
    assert sign_in(MANAGER).post(f"{url}/indiening-intrekken").status_code == 403


def test_the_pages_of_every_decided_plan_still_stand(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        version: PlanVersion = make_approved(make_stage())
        url = f"/plannen/{version.action_plan_id}"
    for person in (LEADER, MANAGER):
        assert sign_in(person).get(url).status_code == 200
