"""Somebody takes back what another person takes up or accepts at the same moment."""

from flask import Flask
from sqlalchemy import func, select

from tests.factories.action_plans import make_in_review, make_stage, make_submitted
from tests.factories.periods import make_season, make_submitted_report
from tests.integration.races.test_races import FIRST, LEADER, Send, SignIn, together
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.periods import ProgressReport
from vpt_regio.models.programmes import Measure
from vpt_regio.models.remarks import Remark
from vpt_regio.services import audit
from vpt_regio.uow import unit_of_work

REPORT = "/halfjaren/2012-1/rapportages/limburg"


def test_a_plan_is_taken_up_or_withdrawn_but_not_both(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        version = make_submitted(make_stage())
        db.session.flush()
        url, data = f"/plannen/{version.action_plan_id}", {"version": version.version}
    back = Send(sign_in(LEADER), f"{url}/indiening-intrekken", data)
    take_up = Send(sign_in(FIRST), f"{url}/in-behandeling", data)
    assert sorted(together(back.status, take_up.status)) == [303, 409]
    with app.app_context():
        status = db.session.scalars(select(PlanVersion.status)).one()
        assert status in (ActionPlanStatus.WITHDRAWN, ActionPlanStatus.IN_REVIEW)
        steps = db.session.scalars(
            select(TransitionRecord.transition).where(TransitionRecord.workflow == "action_plan")
        ).all()
        assert len(steps) == 2
        assert audit.verify(db.session()) is None


def test_a_report_is_accepted_or_withdrawn_but_not_both(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        report = make_submitted_report(make_season())
        db.session.flush()
        data = {"version": report.version}
    back = Send(sign_in(LEADER), f"{REPORT}/intrekken", data)
    accept = Send(sign_in(FIRST), f"{REPORT}/aannemen", data)
    assert sorted(together(back.status, accept.status)) == [303, 409]
    with app.app_context():
        report = db.session.scalars(select(ProgressReport)).one()
        assert report.status in (ReportStatus.DRAFT, ReportStatus.ACCEPTED)
        assert (report.accepted_on is not None) == (report.status is ReportStatus.ACCEPTED)
        assert len(report.submissions) == 1


def test_an_empty_place_gets_one_remark(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        version = make_in_review(make_stage())
        links = version.activities[0].measures
        measure_id = links[-1].measure_id
        links.remove(links[-1])
        assert db.session.get_one(Measure, measure_id)
        url = f"/plannen/{version.action_plan_id}/maatregelen/{measure_id}/opmerking"
    sends = [Send(sign_in(FIRST), url, {}) for _ in range(2)]
    assert sorted(together(*(send.status for send in sends))) == [303, 409]
    with app.app_context():
        assert db.session.scalar(select(func.count(Remark.id))) == 1
