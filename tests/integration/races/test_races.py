"""People who do something at the same moment: one of them wins, and the others are told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.factories.action_plans import Stage, assess, make_adopted, make_in_review, make_mandate
from tests.factories.action_plans import make_stage as make_stage_of
from tests.factories.covenants import make_appointment
from tests.factories.people import make_person
from tests.factories.periods import fill_report, make_report, make_season
from tests.factories.regions import make_organisation
from vpt_regio.domain.enums import Phase, PlanSection
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.covenants import Covenant, Expenditure, HoursEntry
from vpt_regio.models.decisions import Decision
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportSubmission
from vpt_regio.models.regions import Organisation, Region, RegionPartner
from vpt_regio.services import audit
from vpt_regio.services.expenditures import book_expenditure
from vpt_regio.services.plan_reviews import make_remark
from vpt_regio.uow import unit_of_work, write

FIRST, SECOND = "manager.limburg@vpt.example", "tweede@vpt.example"
LEADER = "leider.limburg@vpt.example"
SignIn = Callable[..., FlaskClient]


@dataclass(frozen=True)
class Send:
    """A form that somebody sends."""

    client: FlaskClient
    url: str
    data: dict[str, Any]

    def status(self) -> int:
        return self.client.post(self.url, data=self.data).status_code


def together(*works: Callable[[], Any]) -> list[Any]:
    """Do everything at the same moment, each in a thread of its own; return what came of it."""
    barrier = Barrier(len(works))

    def at_once(work: Callable[[], Any]) -> Any:
        barrier.wait(timeout=30)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(at_once, works))


def _count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def _second_manager(stage: Stage) -> None:
    second = make_person(
        stage.programme, Role.ACCOUNT_MANAGER, region=stage.region, email=SECOND, name="Tweede"
    )
    make_mandate(second, Permission.ACTION_PLAN_APPROVE, programme=stage.programme)


def _plan(app: Flask, make: Callable[[Stage], PlanVersion]) -> tuple[str, int]:
    """Make a plan with two account managers; return its address and the version they see."""
    with app.app_context(), unit_of_work():
        stage = make_stage_of()
        _second_manager(stage)
        version = make(stage)
        db.session.flush()
        return f"/plannen/{version.action_plan_id}", version.version


def test_one_of_two_approvals_counts(app: Flask, sign_in: SignIn) -> None:
    url, seen = _plan(app, make_adopted)
    data = {"note": "Akkoord", "version": seen}
    sends = [Send(sign_in(email), f"{url}/goedkeuren", data) for email in (FIRST, SECOND)]
    assert sorted(together(*(send.status for send in sends))) == [303, 409]
    with app.app_context():
        kinds = db.session.scalars(select(Decision.kind)).all()
        assert sorted(kinds) == ["plan_adopted", "plan_approved"]
        assert audit.verify(db.session()) is None


def _ready_for_either(stage: Stage) -> PlanVersion:
    version = assess(make_in_review(stage), stage)
    make_remark(version, section=PlanSection.APPROACH, body="Te kort", actor=stage.manager)
    return version


def test_a_plan_is_sent_back_or_adopted_but_not_both(app: Flask, sign_in: SignIn) -> None:
    url, seen = _plan(app, _ready_for_either)
    data = {"note": "", "version": seen}
    back = Send(sign_in(FIRST), f"{url}/terugsturen", data)
    adopt = Send(sign_in(SECOND), f"{url}/voorlopig-vaststellen", data)
    assert sorted(together(back.status, adopt.status)) == [303, 409]
    with app.app_context():
        version = db.session.scalars(select(PlanVersion)).one()
        is_adopted = version.status is ActionPlanStatus.PROVISIONALLY_ADOPTED
        assert _count(Decision) == int(is_adopted)
        assert audit.verify(db.session()) is None


def test_decisions_at_once_get_references_of_their_own(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        first = make_stage_of()
        others = [
            make_stage_of(code, programme=first.programme) for code in ("groningen", "drenthe")
        ]
        urls = []
        for stage in (first, *others):
            version = assess(make_in_review(stage), stage)
            db.session.flush()
            url = f"/plannen/{version.action_plan_id}/voorlopig-vaststellen"
            urls.append((stage.manager.email, url, version.version))
    sends = [Send(sign_in(email), url, {"note": "", "version": v}) for email, url, v in urls]
    assert together(*(send.status for send in sends)) == [303, 303, 303]
    with app.app_context():
        references = db.session.scalars(select(Decision.reference)).all()
        assert len(set(references)) == 3
        assert audit.verify(db.session()) is None


def test_a_report_is_submitted_once(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        season = make_season()
        report = fill_report(make_report(season), season.stage.leader)
        make_person(season.programme, Role.PROJECT_LEADER, region=season.stage.region, email=SECOND)
        db.session.flush()
        url = f"/halfjaren/{season.period.code}/rapportages/limburg/indienen"
        data = {"version": report.version}
    sends = [Send(sign_in(email), url, data) for email in (LEADER, SECOND)]
    assert sorted(together(*(send.status for send in sends))) == [303, 409]
    with app.app_context():
        assert _count(ReportSubmission) == 1
        assert audit.verify(db.session()) is None


@pytest.fixture
def stage(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        made = make_stage_of()
        make_appointment(made.region, made.leader)
        make_organisation(made.programme, "Nieuwe partner")


def _hours(app: Flask, hours: str) -> dict[str, Any]:
    with app.app_context():
        from vpt_regio.models.covenants import ProjectLeaderAppointment

        appointment = db.session.scalars(select(ProjectLeaderAppointment.id)).one()
    return {"appointment": appointment, "week": "2012-W20", "quarters": hours}


@pytest.mark.usefixtures("stage")
def test_a_week_is_booked_once(app: Flask, sign_in: SignIn) -> None:
    sends = [
        Send(sign_in(LEADER), "/regios/limburg/uren", _hours(app, hours))
        for hours in ("8", "16", "20")
    ]
    assert sorted(together(*(send.status for send in sends))) == [303, 422, 422]
    with app.app_context():
        assert _count(HoursEntry) == 1
        assert audit.verify(db.session()) is None


@pytest.mark.usefixtures("stage")
def test_an_organisation_becomes_a_partner_once(app: Flask, sign_in: SignIn) -> None:
    with app.app_context():
        found = select(Organisation.id).where(Organisation.name == "Nieuwe partner")
        data = {"organisation_id": db.session.scalars(found).one()}
        before = _count(RegionPartner)
    url = "/regios/limburg/partners/nieuw"
    sends = [Send(sign_in(email), url, data) for email in (LEADER, FIRST, LEADER, FIRST)]
    assert sorted(together(*(send.status for send in sends))) == [303, 422, 422, 422]
    with app.app_context():
        assert _count(RegionPartner) == before + 1


BOOKING = {
    "booked_on": "01-06-2012",
    "description": "Zaalhuur",
    "phase": "development",
    "amount": "100,00",
}


@pytest.mark.usefixtures("stage")
def test_a_form_that_is_sent_ten_times_at_once_does_its_work_once(
    app: Flask, sign_in: SignIn
) -> None:
    data = {**BOOKING, "idempotency_key": "eenmalig"}
    sends = [Send(sign_in(LEADER), "/regios/limburg/uitgaven/nieuw", data) for _ in range(10)]
    assert together(*(send.status for send in sends)) == [303] * 10
    with app.app_context():
        assert _count(Expenditure) == 1
        assert audit.verify(db.session()) is None


@pytest.mark.usefixtures("stage")
def test_the_same_page_with_something_else_typed_is_something_new(sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    url = "/regios/limburg/uitgaven/nieuw"
    first = client.post(url, data={**BOOKING, "amount": "x", "idempotency_key": "terug"})
    assert first.status_code == 422
    for amount in ("100,00", "50,00", "50,00"):
        data = {**BOOKING, "amount": amount, "idempotency_key": "terug"}
        assert client.post(url, data=data).status_code == 303
    page = client.get("/regios/limburg/uitgaven").text
    assert "U had dit formulier al verstuurd." in page
    assert page.count("Zaalhuur") == 2


def _spend(app: Flask, times: int) -> int:
    """Book so many expenditures, each in a unit of work; return how many were booked."""
    with app.app_context():
        for _ in range(times):
            write(
                lambda: book_expenditure(
                    db.session.scalars(select(Region)).one(),
                    booked_on=date(2012, 6, 1),
                    phase=Phase.DEVELOPMENT,
                    description="Zaalhuur",
                    amount_cents=1_00,
                    actor=db.session.scalars(select(Person).where(Person.email == LEADER)).one(),
                )
            )
    return times


@pytest.mark.usefixtures("stage")
def test_eight_writers_wait_for_each_other(app: Flask) -> None:
    assert sum(together(*[lambda: _spend(app, 25)] * 8)) == 200
    with app.app_context():
        assert _count(Expenditure) == 200
        assert audit.verify(db.session()) is None


@pytest.mark.usefixtures("stage")
def test_two_bookings_never_spend_the_same_euro(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        db.session.scalars(select(Covenant)).one().advance_cents = 150_00
    sends = [Send(sign_in(LEADER), "/regios/limburg/uitgaven/nieuw", BOOKING) for _ in range(3)]
    assert sorted(together(*(send.status for send in sends))) == [303, 422, 422]
