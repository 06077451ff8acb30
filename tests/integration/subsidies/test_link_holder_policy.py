"""What the holder of an applicant's link may do, and what the record tells of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import get_type_hints

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy import select

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.factories.subsidies import (
    make_application,
    make_pilot,
    make_pilot_without_grant,
    make_round,
    make_scheme,
)
from vpt_regio import policies, services
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import APPLICANT, Role
from vpt_regio.domain.subsidy_codes import ApplicationStatus, FinalReportStatus
from vpt_regio.domain.workflows import ALL
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION
from vpt_regio.errors import NotAllowed, OnHold
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.audit import AuditDetail, AuditEntry, TransitionRecord
from vpt_regio.models.holds import Hold
from vpt_regio.models.people import Person
from vpt_regio.models.pilot_reports import PilotFinalReport
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.regions import Region
from vpt_regio.policies import BY_LINK, LinkHolder
from vpt_regio.queries.history import list_history
from vpt_regio.services import audit, transitions
from vpt_regio.uow import unit_of_work, write
from vpt_regio.web.history import sentence

ADMIN = "beheer@vpt.example"


@dataclass(frozen=True)
class Scene:
    """One application with its link and its pilot, and those of somebody else."""

    region: Region
    own: SubsidyApplication
    pilot: Pilot
    report: PilotFinalReport
    other: SubsidyApplication
    other_pilot: Pilot
    ungranted: Pilot
    officer: Person
    holder: LinkHolder


@pytest.fixture
def scene(context: Flask) -> Scene:
    with unit_of_work() as session:
        programme = make_programme()
        region = make_region(programme)
        some_round = make_round(make_scheme(programme))
        own, other = (
            make_application(
                some_round, status=ApplicationStatus.DRAFT, region=region, organisation_name=name
            )
            for name in ("Stichting De Brug", "Stichting Elders")
        )
        pilot, other_pilot = make_pilot(own, regions=(region,)), make_pilot(other)
        report = PilotFinalReport(pilot_id=pilot.id, status=FinalReportStatus.DRAFT)
        session.add(report)
        session.flush()
        make_person(programme, Role.ADMINISTRATOR, email=ADMIN)
        return Scene(
            region=region,
            own=own,
            pilot=pilot,
            report=report,
            other=other,
            other_pilot=other_pilot,
            ungranted=make_pilot_without_grant(programme),
            officer=make_person(programme, Role.POLICY_OFFICER, name="Beleidsmedewerker"),
            holder=LinkHolder(application_id=own.id, link_id=7, name="Stichting De Brug"),
        )


def _allowed(holder: LinkHolder, subject: object) -> set[Permission]:
    return {one for one in Permission if policies.can(holder, one, subject)}


def test_a_link_allows_two_things_and_no_more(scene: Scene) -> None:
    assert {Permission.APPLICATION_WRITE, Permission.PILOT_REPORT} == BY_LINK
    for subject in (scene.own, scene.pilot, scene.report):
        assert _allowed(scene.holder, subject) == BY_LINK


def test_a_link_allows_nothing_without_a_record(scene: Scene) -> None:
    assert _allowed(scene.holder, None) == set()


def test_a_link_allows_nothing_on_what_belongs_to_others(scene: Scene) -> None:
    others = (scene.other, scene.other_pilot, scene.ungranted, scene.region, scene.officer)
    for subject in (*others, scene.own.round, scene.own.round.scheme):
        assert _allowed(scene.holder, subject) == set(), subject
    with pytest.raises(NotAllowed, match="met deze link geen recht"):
        policies.require(scene.holder, Permission.APPLICATION_WRITE, scene.other)


def test_a_record_with_the_number_of_the_application_is_not_the_application(scene: Scene) -> None:
    namesake = LinkHolder(application_id=scene.region.id, link_id=1, name="Naamgenoot")
    assert _allowed(namesake, scene.region) == set()
    unsaved = SubsidyApplication(round_id=scene.own.round_id)
    assert _allowed(scene.holder, unsaved) == set()


def test_who_somebody_is_cannot_be_asked_of_a_link(scene: Scene) -> None:
    assert policies.as_person(scene.officer) is scene.officer
    assert policies.person_of(scene.holder) is None
    with pytest.raises(NotAllowed, match="Log in met een account"):
        policies.as_person(scene.holder)


def test_a_hold_counts_for_an_applicant_without_telling_of_whom(scene: Scene) -> None:
    with unit_of_work() as session:
        session.add(
            Hold(
                programme_id=scene.region.programme_id,
                region=scene.region,
                placed_by_id=scene.officer.id,
                starts_on=date(2012, 6, 1),
                reason="Onderzoek loopt",
            )
        )
    with pytest.raises(OnHold) as refusal:
        policies.require(scene.holder, Permission.APPLICATION_WRITE, scene.own)
    assert "Limburg staat stil" in str(refusal.value)
    assert "Onderzoek" not in str(refusal.value)
    assert scene.officer.name not in str(refusal.value)


def test_only_the_steps_of_an_applicant_are_offered(scene: Scene) -> None:
    def offered(actor: policies.Actor, subject: SubsidyApplication) -> list[str]:
        steps = transitions.available(subject, workflow=SUBSIDY_APPLICATION, actor=actor)
        return [step.code for step in steps]

    assert offered(scene.holder, scene.own) == ["submit", "withdraw"]
    assert offered(scene.holder, scene.other) == []
    assert offered(scene.officer, scene.own) == ["submit", "arrive_late", "withdraw"]


def _withdraw(application: SubsidyApplication, actor: policies.Actor) -> TransitionRecord:
    return transitions.apply(
        application,
        "withdraw",
        workflow=SUBSIDY_APPLICATION,
        actor=actor,
        inputs={"note": "Wij doen het zelf."},
    )


def test_a_step_by_a_link_is_on_record(scene: Scene) -> None:
    record = write(lambda: _withdraw(scene.own, scene.holder))
    assert (record.actor_id, record.actor_role) == (None, APPLICANT)
    entry = db.session.get_one(AuditEntry, record.audit_seq)
    assert (entry.actor_id, entry.actor_role) == (None, APPLICANT)
    assert entry.detail is not None
    assert entry.detail.details["by"] == "Stichting De Brug"
    assert entry.detail.details["link"] == 7
    assert audit.verify(db.session()) is None


def test_a_step_on_the_application_of_another_leaves_no_trace(scene: Scene) -> None:
    before = db.session.query(AuditEntry).count()
    with pytest.raises(NotAllowed):
        write(lambda: _withdraw(scene.other, scene.holder))
    assert scene.other.status is ApplicationStatus.DRAFT
    assert db.session.query(AuditEntry).count() == before


def test_particulars_cannot_pose_as_another_applicant(scene: Scene) -> None:
    details = {"by": "Iemand anders", "link": 1}
    write(
        lambda: audit.record(
            "subsidy_application.submit", scene.own, actor=scene.holder, details=details
        )
    )
    assert db.session.scalars(select(AuditDetail.details)).one()["by"] == "Stichting De Brug"


@pytest.mark.parametrize(
    ("language", "by_link", "erased", "by_person"),
    [
        (
            "nl",
            "De aanvrager (Stichting De Brug) heeft de aanvraag ingediend.",
            "De aanvrager heeft de aanvraag ingediend.",
            "Beleidsmedewerker (beleidsmedewerker) heeft de aanvraag ingediend.",
        ),
        (
            "en",
            "The applicant (Stichting De Brug) submitted the application.",
            "The applicant submitted the application.",
            "Beleidsmedewerker (policy officer) submitted the application.",
        ),
    ],
)
def test_the_history_names_the_applicant(
    app: Flask, scene: Scene, *, language: str, by_link: str, erased: str, by_person: str
) -> None:
    action = "subsidy_application.submit"
    write(lambda: audit.record(action, scene.own, actor=scene.holder))
    role = Role.POLICY_OFFICER
    write(lambda: audit.record(action, scene.own, actor=scene.officer, role=role))
    with app.test_request_context(), force_locale(language):
        newest, oldest = list_history(scene.own)
        assert (sentence(newest), sentence(oldest)) == (by_person, by_link)
        db.session.expunge(oldest)
        oldest.detail = None
        assert sentence(oldest) == erased


def test_the_log_of_everything_shows_applicants(
    app: Flask, scene: Scene, sign_in: Callable[..., FlaskClient]
) -> None:
    write(lambda: _withdraw(scene.own, scene.holder))
    page = sign_in(ADMIN).get("/beheer/logboek")
    assert page.status_code == 200
    assert "De aanvrager (Stichting De Brug) heeft de aanvraag ingetrokken." in page.text


def test_no_guard_of_a_step_by_link_asks_for_a_person() -> None:
    for module in iter_modules(services.__path__):
        import_module(f"{services.__name__}.{module.name}")
    checks = [
        check
        for workflow in ALL.values()
        for step in workflow.transitions
        if step.permission in BY_LINK
        for name in step.guards
        for check in (
            transitions.GUARDS.get((workflow.code, name)),
            transitions.STEP_GUARDS.get((workflow.code, name, step.code)),
        )
        if check is not None
    ]
    assert checks
    for check in checks:
        parameter, kind = list(get_type_hints(check).items())[1]
        assert kind is not Person or parameter.startswith("_"), check
