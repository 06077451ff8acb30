"""What stays behind the walls between regions, roles and days, and who may not decide."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.action_plans import Stage, assess, make_in_review, make_mandate, make_stage
from tests.factories.covenants import make_appointment, make_covenant
from tests.factories.people import give_role, make_person
from tests.factories.periods import (
    fill_report,
    make_report,
    make_season,
    make_submitted_report,
)
from vpt_regio.domain.enums import Phase, PlanSection
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.errors import NotAllowed
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant, Expenditure, HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.regions import RegionPartner
from vpt_regio.services import audit
from vpt_regio.services.plan_reviews import make_remark
from vpt_regio.services.reports import accept_report, submit_report
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
TODAY = date(2012, 7, 16)
SECRETS = (
    "GEHEIM-contact",
    "geheim@vpt.example",
    "GEHEIM-opmerking",
    "GEHEIM-uitgave",
    "GEHEIM-uren",
    "GEHEIM-afweging",
    "GEHEIM-rapportage",
    "GEHEIM-concept",
    "GEHEIM-reden",
    "1.234,56",
)


def _fill_with_secrets(stage: Stage) -> int:
    """Give a region one of everything that stays inside it; return the id of its plan."""
    partner = db.session.scalars(
        select(RegionPartner).where(RegionPartner.region_id == stage.region.id)
    ).one()
    partner.contact_name, partner.contact_email = "GEHEIM-contact", "geheim@vpt.example"
    version = assess(make_in_review(stage), stage)
    make_remark(version, section=PlanSection.APPROACH, body="GEHEIM-opmerking", actor=stage.manager)
    assert version.sufficiency is not None
    version.sufficiency.reasoning = "GEHEIM-afweging"
    details = {"note": "GEHEIM-reden"}
    audit.record("covenant.changed", stage.covenant, actor=stage.manager, details=details)
    make_covenant(stage.region, status=CovenantStatus.DRAFT).title = "GEHEIM-concept"
    appointment = make_appointment(stage.region, stage.leader)
    hours = HoursEntry(
        appointment=appointment,
        iso_year=2012,
        iso_week=20,
        thursday_on=date(2012, 5, 17),
        quarters=80,
        note="GEHEIM-uren",
    )
    spent = Expenditure(
        region=stage.region,
        covenant=stage.covenant,
        phase=Phase.DEVELOPMENT,
        booked_on=date(2012, 5, 1),
        description="GEHEIM-uitgave",
        amount_cents=1_234_56,
        booked_by=stage.leader,
    )
    db.session.add_all([hours, spent])
    db.session.flush()
    return version.action_plan_id


def _pages(app: Flask) -> list[str]:
    """Return the pages without numbers in their address, those of Limburg and its half-year."""
    pages = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or "<int:" in rule.rule or "<token>" in rule.rule:
            continue
        address = rule.rule.replace("<region_code>", "limburg")
        code = "2012-1" if address.startswith("/halfjaren") else "limburg"
        if rule.endpoint != "static":
            pages.append(address.replace("<code>", code).replace("<section>", "aanpak"))
    return pages


def _words(content: bytes) -> str:
    """Return what can be read in an answer; of packed files (forms, workbooks) every member."""
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as archive:
        return "".join(_words(archive.read(name)) for name in archive.namelist())


def _read_all(client: FlaskClient, pages: list[str]) -> tuple[int, list[str]]:
    """Return how many pages opened, and each secret that was found with its page."""
    opened, found = 0, []
    for address in pages:
        # hours and expenditures show a half-year at a time
        is_book = address.endswith(("/uren", "/uitgaven"))
        response = client.get(address + ("?halfjaar=2012-1" if is_book else ""))
        opened += response.status_code == 200
        text = _words(response.data)
        found += [f"{address}: {word}" for word in SECRETS if word in text]
    return opened, found


@pytest.fixture
def secrets(app: Flask) -> list[str]:
    """Fill Limburg with what is its own; return the pages that could show it."""
    with app.app_context(), unit_of_work():
        season = make_season(with_plan=False)
        report = fill_report(make_report(season), season.stage.leader)
        report.results = "GEHEIM-rapportage"
        stage = season.stage
        other = make_stage("groningen", programme=season.programme)
        for email, role in (("officer", Role.POLICY_OFFICER), ("reader", Role.READER)):
            region = other.region if role is Role.READER else None
            make_person(season.programme, role, region=region, email=f"{email}@vpt.example")
        for email, starts_on, ends_on in (
            ("expired", TODAY - timedelta(90), TODAY - timedelta(1)),
            ("early", TODAY + timedelta(1), None),
        ):
            person = make_person(season.programme, email=f"{email}@vpt.example")
            for role, region in ((Role.ACCOUNT_MANAGER, stage.region), (Role.POLICY_OFFICER, None)):
                give_role(
                    person,
                    role,
                    programme=season.programme,
                    region=region,
                    starts_on=starts_on,
                    ends_on=ends_on,
                )
        plan_id = _fill_with_secrets(stage)
        covenants = db.session.scalars(select(Covenant.id)).all()
        appointments = db.session.scalars(select(ProjectLeaderAppointment.id)).all()
    plan = f"/plannen/{plan_id}"
    return [
        *_pages(app),
        *(f"/convenanten/{covenant_id}" for covenant_id in covenants),
        *(f"/regios/limburg/projectleiders/{number}" for number in appointments),
        *(f"{plan}{part}" for part in ("", "/versies/1", "/beoordeling", "/maatregelen")),
        "/regios/limburg/uren/1",
        "/regios/limburg/uitgaven/1",
    ]


@pytest.mark.parametrize(
    "email",
    [
        "leider.groningen@vpt.example",
        "manager.groningen@vpt.example",
        "reader@vpt.example",
        "expired@vpt.example",
        "early@vpt.example",
    ],
)
def test_nothing_of_a_region_shows_outside_it(
    secrets: list[str], sign_in: SignIn, email: str
) -> None:
    _opened, found = _read_all(sign_in(email), secrets)
    assert found == []


def test_the_secrets_can_be_found_by_who_may_see_them(secrets: list[str], sign_in: SignIn) -> None:
    """Guard the test above: what it looks for does stand on these pages."""
    opened, found = _read_all(sign_in("manager.limburg@vpt.example"), secrets)
    assert opened > 30
    assert {line.split(": ")[1] for line in found} == set(SECRETS)


def test_a_review_that_goes_on_is_not_for_the_project_leader(
    secrets: list[str], sign_in: SignIn
) -> None:
    _opened, found = _read_all(sign_in("leider.limburg@vpt.example"), secrets)
    assert [line for line in found if line.endswith(("opmerking", "afweging"))] == []
    plan = next(page for page in secrets if page.startswith("/plannen/"))
    text = sign_in("leider.limburg@vpt.example").get(plan).text
    assert "heeft een opmerking gemaakt" not in text
    assert "toereikend is" not in text


@pytest.mark.parametrize("did", ["edited", "submitted"])
def test_who_wrote_on_a_report_does_not_accept_it(app: Flask, did: str) -> None:
    with app.app_context():
        with unit_of_work():
            season = make_season()
            stage = season.stage
            both = make_person(season.programme, Role.PROJECT_LEADER, region=stage.region)
            give_role(both, Role.ACCOUNT_MANAGER, programme=season.programme, region=stage.region)
            if did == "edited":
                report = fill_report(make_report(season), both)
                submit_report(report, actor=stage.leader)
            else:
                report = fill_report(make_report(season), stage.leader)
                submit_report(report, actor=both)
        with pytest.raises(NotAllowed), unit_of_work():
            accept_report(report, actor=both)
        with unit_of_work():
            accept_report(report, actor=stage.manager)


def test_who_has_both_roles_decides_on_nothing_of_their_own(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        season = make_season(with_plan=False)
        stage = season.stage
        programme = season.programme
        give_role(stage.leader, Role.ACCOUNT_MANAGER, programme=programme, region=stage.region)
        give_role(stage.leader, Role.MANDATE_HOLDER, programme=programme)
        make_mandate(stage.leader, Permission.ACTION_PLAN_APPROVE, programme=programme)
        make_mandate(stage.leader, Permission.ACTION_PLAN_REFUSE, programme=programme)
        version = assess(make_in_review(stage), stage)
        make_submitted_report(season)
        plan = f"/plannen/{version.action_plan_id}"
        report = f"/halfjaren/{season.period.code}/rapportages/limburg"
    client = sign_in("leider.limburg@vpt.example")
    answers: dict[str, Any] = {
        step: client.post(f"{plan}/{step}", data={"note": "Eigen plan"}).status_code
        for step in ("voorlopig-vaststellen", "goedkeuren", "afwijzen")
    }
    answers["aannemen"] = client.post(f"{report}/aannemen", data={}).status_code
    assert answers["aannemen"] == 403
    assert answers["voorlopig-vaststellen"] == 403
    assert set(answers.values()) <= {403, 409}
    with app.app_context():
        assert audit.verify(db.session()) is None
