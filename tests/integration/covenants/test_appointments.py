"""Appointing project leaders: one at a time, deputies beside them, gaps and the norm shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.factories.covenants import make_appointment, make_covenant
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import Conflict, Invalid, NotAllowed, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.covenants import ProjectLeaderAppointment
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.queries.appointments import (
    list_appointments,
    list_project_leaders,
    staffing_on,
)
from vpt_regio.services.appointments import appoint_project_leader, change_appointment
from vpt_regio.services.hours import book_hours
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

TODAY = date(2012, 7, 16)


@dataclass
class Stage:
    region: Region
    manager: Person
    leader: Person
    second: Person
    stranger: Person


@pytest.fixture
def stage(context: Any) -> Iterator[Stage]:
    with unit_of_work():
        programme = make_programme()
        region, other = make_region(programme), make_region(programme, "zeeland")
        yield Stage(
            region,
            make_person(programme, Role.ACCOUNT_MANAGER, region=region),
            make_person(programme, Role.PROJECT_LEADER, region=region, name="Leider A"),
            make_person(programme, Role.PROJECT_LEADER, region=region, name="Leider B"),
            make_person(programme, Role.PROJECT_LEADER, region=other, name="Leider Z"),
        )


def appoint(stage: Stage, **changes: Any) -> ProjectLeaderAppointment:
    values: dict[str, Any] = {
        "person": stage.leader,
        "quarters_per_week": 80,
        "starts_on": date(2012, 1, 1),
        "employer": "de provincie",
        "actor": stage.manager,
    }
    return appoint_project_leader(stage.region, **{**values, **changes})


def change(stage: Stage, appointment: ProjectLeaderAppointment, **changes: Any) -> None:
    values: dict[str, Any] = {
        "quarters_per_week": appointment.quarters_per_week,
        "starts_on": appointment.starts_on,
        "ends_on": appointment.ends_on,
        "employer": appointment.employer,
        "is_deputy": appointment.is_deputy,
        "actor": stage.manager,
    }
    change_appointment(appointment, **{**values, **changes})


def test_an_appointment_is_recorded(stage: Stage) -> None:
    appointment = appoint(stage)
    assert list_appointments(stage.region) == [appointment]
    entry = db.session.query(AuditEntry).one()
    assert entry.action == "appointment.made"
    assert entry.region_id == stage.region.id


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"quarters_per_week": 0}, "quarters_per_week", "groter zijn dan nul"),
        ({"quarters_per_week": -4}, "quarters_per_week", "groter zijn dan nul"),
        ({"quarters_per_week": 161}, "quarters_per_week", "hoogstens 40"),
        ({"ends_on": date(2011, 12, 31)}, "ends_on", "vóór de begindatum"),
    ],
)
def test_bad_terms_are_refused_at_their_field(
    stage: Stage, changes: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(Invalid, match=message) as caught:
        appoint(stage, **changes)
    assert caught.value.field == field


def test_forty_hours_and_one_day_are_allowed(stage: Stage) -> None:
    appointment = appoint(stage, quarters_per_week=160, ends_on=date(2012, 1, 1))
    assert appointment.ends_on == appointment.starts_on


def test_only_a_project_leader_of_the_region_is_appointed(stage: Stage) -> None:
    with pytest.raises(Invalid, match="niet de rol") as caught:
        appoint(stage, person=stage.stranger)
    assert caught.value.field == "person"
    assert list_project_leaders(stage.region, day=TODAY) == [stage.leader, stage.second]


def test_one_leader_at_a_time(stage: Stage) -> None:
    appoint(stage, ends_on=date(2012, 3, 31))
    with pytest.raises(Invalid, match="al projectleider") as caught:
        appoint(stage, person=stage.second, starts_on=date(2012, 3, 31))
    assert caught.value.field == "starts_on"
    appoint(stage, person=stage.second, starts_on=date(2012, 4, 1))


def test_a_deputy_may_be_there_beside_the_leader(stage: Stage) -> None:
    appoint(stage)
    deputy = appoint(stage, person=stage.second, is_deputy=True)
    with pytest.raises(Invalid, match="al projectleider"):
        change(stage, deputy, is_deputy=False)


def test_nobody_stands_in_for_themselves(stage: Stage) -> None:
    appoint(stage)
    with pytest.raises(Invalid, match="al aangesteld"):
        appoint(stage, is_deputy=True)


def test_a_project_leader_appoints_nobody(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        appoint(stage, actor=stage.leader)


def test_a_merged_region_appoints_nobody(stage: Stage) -> None:
    stage.region.status = RegionStatus.MERGED
    with pytest.raises(WrongState, match="samengevoegd"):
        appoint(stage)


def test_an_appointment_ends_but_not_before_its_hours(stage: Stage) -> None:
    appointment = appoint(stage)
    book_hours(appointment, iso_year=2012, iso_week=20, quarters=80, actor=stage.leader)
    with pytest.raises(Invalid, match="2012-W20") as caught:
        change(stage, appointment, ends_on=date(2012, 5, 13))
    assert caught.value.field == "ends_on"
    with pytest.raises(Invalid, match="2012-W20"):
        change(stage, appointment, starts_on=date(2012, 5, 21))
    change(stage, appointment, ends_on=date(2012, 5, 14))
    assert appointment.ends_on == date(2012, 5, 14)


def test_a_stale_change_is_a_conflict(stage: Stage) -> None:
    appointment = appoint(stage)
    with pytest.raises(Conflict):
        change(stage, appointment, expected_version=appointment.version + 1)


def test_errors_come_together(stage: Stage) -> None:
    appointment = appoint(stage)
    with pytest.raises(SeveralErrors) as caught:
        change(stage, appointment, quarters_per_week=0, ends_on=date(2011, 1, 1))
    assert [error.field for error in caught.value.errors] == ["quarters_per_week", "ends_on"]


def test_below_the_norm_is_a_warning_and_gaps_show(stage: Stage) -> None:
    covenant = make_covenant(stage.region)
    make_appointment(stage.region, stage.leader, quarters_per_week=60, starts_on=date(2012, 2, 1))
    staffing = staffing_on(stage.region, list_appointments(stage.region), [covenant], TODAY)
    assert staffing.is_below_norm
    assert (staffing.quarters, staffing.norm) == (60, 80)
    assert staffing.without_leader == [(date(2012, 1, 1), date(2012, 1, 31))]
    appoint(stage, person=stage.second, quarters_per_week=20, is_deputy=True)
    staffing = staffing_on(stage.region, list_appointments(stage.region), [covenant], TODAY)
    assert not staffing.is_below_norm
    assert staffing.without_leader == []


def test_without_a_covenant_there_is_no_norm(stage: Stage) -> None:
    staffing = staffing_on(stage.region, list_appointments(stage.region), [], TODAY)
    assert staffing.norm is None
    assert not staffing.is_below_norm
    assert staffing.without_leader == []
