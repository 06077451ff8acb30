"""Booking expenditures: within the term and the budget, and only ever put right by a correction."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.factories.covenants import make_covenant, make_half_year, make_plan_version
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.enums import Phase
from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import (
    Invalid,
    NotAllowed,
    OverBudget,
    SeveralErrors,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.covenants import Covenant, CovenantRegion, Expenditure
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries import expenditures as queries
from vpt_regio.queries.region_books import find_span
from vpt_regio.services.expenditures import book_expenditure, correct_expenditure
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

LOCKED = [PeriodStatus.FROZEN, PeriodStatus.SENT, PeriodStatus.CLOSED]
DAY = date(2012, 5, 10)


@dataclass
class Stage:
    programme: Programme
    region: Region
    other: Region
    covenant: Covenant
    leader: Person
    manager: Person
    reader: Person


@pytest.fixture
def stage(context: Any) -> Iterator[Stage]:
    with unit_of_work():
        programme = make_programme()
        region, other = make_region(programme), make_region(programme, "zeeland")
        yield Stage(
            programme,
            region,
            other,
            make_covenant(region, original_end_on=date(2012, 6, 30), advance_cents=1_000_00),
            make_person(programme, Role.PROJECT_LEADER, region=region),
            make_person(programme, Role.ACCOUNT_MANAGER, region=region),
            make_person(programme, Role.READER, region=region),
        )


def book(stage: Stage, amount_cents: int = 100_00, **changes: Any) -> Expenditure:
    values: dict[str, Any] = {
        "booked_on": DAY,
        "phase": Phase.DEVELOPMENT,
        "description": "Zaalhuur",
        "amount_cents": amount_cents,
        "actor": stage.leader,
    }
    return book_expenditure(stage.region, **{**values, **changes})


def correct(stage: Stage, booking: Expenditure, cents: int, **changes: Any) -> Expenditure:
    values: dict[str, Any] = {
        "booked_on": date(2012, 6, 1),
        "amount_cents": cents,
        "reason": "Dubbel geboekt",
        "actor": stage.leader,
    }
    return correct_expenditure(booking, **{**values, **changes})


def test_a_booking_belongs_to_the_covenant_of_its_date(stage: Stage) -> None:
    earlier = make_covenant(
        stage.region, signed_on=date(2010, 1, 1), original_end_on=date(2011, 12, 31)
    )
    assert book(stage).covenant is stage.covenant
    assert book(stage, booked_on=date(2011, 12, 31)).covenant is earlier
    assert book(stage, booked_on=date(2012, 6, 30)).booked_by is stage.leader
    assert [row.action for row in db.session.query(AuditEntry)] == ["expenditure.booked"] * 3


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"amount_cents": 0}, "amount", "groter zijn dan nul"),
        ({"amount_cents": -1}, "amount", "Corrigeer"),
        ({"description": ""}, "description", "waaraan"),
        ({"booked_on": date(2011, 12, 31)}, "booked_on", "pas op 01-01-2012 ondertekend"),
        ({"booked_on": date(2012, 7, 1)}, "booked_on", "tot en met 30-06-2012"),
    ],
)
def test_bad_bookings_are_refused_at_their_field(
    stage: Stage, changes: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(Invalid, match=message) as caught:
        book(stage, **changes)
    assert caught.value.field == field


def test_the_future_cannot_be_booked(stage: Stage) -> None:
    stage.covenant.original_end_on = date(2013, 12, 31)
    with pytest.raises(Invalid, match="toekomst"):
        book(stage, booked_on=date(2012, 7, 17))
    assert book(stage, booked_on=date(2012, 7, 16)).booked_on == date(2012, 7, 16)


def test_without_a_covenant_there_is_no_money(stage: Stage) -> None:
    officer = make_person(stage.programme, Role.ACCOUNT_MANAGER, region=stage.other)
    with pytest.raises(Invalid, match="nog geen ondertekend convenant"):
        book_expenditure(
            stage.other,
            booked_on=DAY,
            phase=Phase.DEVELOPMENT,
            description="Zaalhuur",
            amount_cents=1,
            actor=officer,
        )


def test_errors_come_together(stage: Stage) -> None:
    with pytest.raises(SeveralErrors) as caught:
        book(stage, amount_cents=0, description="", booked_on=date(2011, 1, 1))
    assert [error.field for error in caught.value.errors] == ["booked_on", "description", "amount"]


def test_who_may_not_book(stage: Stage) -> None:
    stranger = make_person(stage.programme, Role.PROJECT_LEADER, region=stage.other)
    for actor in (stranger, stage.reader):
        with pytest.raises(NotAllowed):
            book(stage, actor=actor)


def test_a_merged_region_books_nothing(stage: Stage) -> None:
    stage.region.status = RegionStatus.MERGED
    with pytest.raises(WrongState, match="samengevoegd"):
        book(stage)


def test_the_last_cent_fits_and_the_next_does_not(stage: Stage) -> None:
    book(stage, 999_99)
    book(stage, 1)
    with pytest.raises(OverBudget) as caught:
        book(stage, 1)
    assert caught.value.field == "amount"
    text = str(caught.value).replace("\u00a0", " ")
    assert "€ 0,01 meer" in text
    assert "€ 1.000,00 beschikbaar" in text


def test_the_account_manager_allows_more_with_a_reason(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        book(stage, 1_000_01, override_reason="Mag dit?")
    with pytest.raises(SeveralErrors) as caught:
        book(stage, 1_000_01, actor=stage.manager)
    assert [error.field for error in caught.value.errors] == ["amount", "override_reason"]
    allowed = book(stage, 1_000_01, actor=stage.manager, override_reason="Afgesproken")
    assert allowed.override_reason == "Afgesproken"


def test_a_reason_that_was_not_needed_marks_nothing(stage: Stage) -> None:
    assert (
        book(stage, actor=stage.manager, override_reason="Voor de zekerheid").override_reason == ""
    )


def test_a_region_spends_its_share_only(stage: Stage) -> None:
    stage.covenant.shares.append(CovenantRegion(region=stage.other))
    db.session.flush()
    book(stage, 500_00)
    with pytest.raises(OverBudget):
        book(stage, 1)


def test_an_unknown_advance_sets_no_limit(stage: Stage) -> None:
    stage.covenant.advance_cents = None
    db.session.flush()
    assert book(stage, 5_000_000_00).amount_cents == 5_000_000_00


def test_the_budget_of_the_activity_counts_too(stage: Stage) -> None:
    version = make_plan_version(stage.covenant, stage.leader, 200_00, None)
    first, free = [row.activity for row in version.activities]
    book(stage, 150_00, activity=first)
    with pytest.raises(OverBudget, match="activiteit") as caught:
        book(stage, 50_01, activity=first)
    assert caught.value.params["excess"].endswith("0,01")
    book(stage, 50_00, activity=first)
    # an activity without a budget line sets no limit of its own
    book(stage, 300_00, activity=free)


def test_the_version_that_holds_decides(stage: Stage) -> None:
    approved = make_plan_version(stage.covenant, stage.leader, 200_00)
    draft = make_plan_version(
        stage.covenant,
        stage.leader,
        900_00,
        10_00,
        status=ActionPlanStatus.DRAFT,
        plan=approved.plan,
    )
    [planned] = queries.list_planned_activities(stage.region)
    assert planned.budget_cents == 200_00
    only_in_draft = draft.activities[1].activity
    with pytest.raises(Invalid, match="staat niet in het plan") as caught:
        book(stage, activity=only_in_draft)
    assert caught.value.field == "activity"


def test_without_a_version_that_holds_the_latest_counts(stage: Stage) -> None:
    returned = make_plan_version(
        stage.covenant, stage.leader, 1_00, status=ActionPlanStatus.RETURNED
    )
    make_plan_version(
        stage.covenant, stage.leader, 2_00, status=ActionPlanStatus.DRAFT, plan=returned.plan
    )
    [planned] = queries.list_planned_activities(stage.region)
    assert planned.budget_cents == 2_00


@pytest.mark.parametrize("status", LOCKED)
def test_what_is_late_for_a_locked_half_year_counts_after_it(
    stage: Stage, status: PeriodStatus
) -> None:
    booking = book(stage)
    make_half_year(stage.programme, HalfYear(2012, 1), status)
    late = book(stage, 40_00)
    # although the covenant ended: the cost itself lies within its term
    assert (late.booked_on, late.dated_on) == (date(2012, 7, 1), DAY)
    assert late.covenant is stage.covenant
    for corrected in (booking, late):
        made = correct(stage, corrected, -1, booked_on=DAY)
        assert (made.booked_on, made.dated_on) == (date(2012, 7, 1), DAY)
    made = correct(stage, booking, -1, booked_on=date(2012, 7, 2))
    assert (made.booked_on, made.dated_on) == (date(2012, 7, 2), None)


def test_corrections_never_take_back_more_than_was_booked(stage: Stage) -> None:
    booking = book(stage, 100_00)
    correct(stage, booking, -60_00)
    with pytest.raises(Invalid, match="40,00") as caught:
        correct(stage, booking, -40_01)
    assert caught.value.field == "amount"
    correct(stage, booking, -40_00)
    assert queries.spent_cents(stage.region, stage.covenant) == 0
    with pytest.raises(Invalid, match="0,00"):
        correct(stage, booking, -1)


@pytest.mark.parametrize(
    ("cents", "changes", "field", "message"),
    [
        (0, {}, "amount", "negatief"),
        (5, {}, "amount", "negatief"),
        (-1, {"reason": ""}, "reason", "reden"),
        (-1, {"booked_on": date(2012, 5, 9)}, "booked_on", "vóór de boeking"),
        (-1, {"booked_on": date(2012, 7, 17)}, "booked_on", "toekomst"),
    ],
)
def test_bad_corrections_are_refused_at_their_field(
    stage: Stage, cents: int, changes: dict[str, Any], field: str, message: str
) -> None:
    booking = book(stage)
    with pytest.raises(Invalid, match=message) as caught:
        correct(stage, booking, cents, **changes)
    assert caught.value.field == field


def test_a_correction_is_not_corrected(stage: Stage) -> None:
    made = correct(stage, book(stage), -10)
    with pytest.raises(WrongState, match="zelf een correctie"):
        correct(stage, made, -5)


def test_a_correction_is_on_record_and_the_booking_stays(stage: Stage) -> None:
    booking = book(stage, 100_00)
    correct(stage, booking, -25_00, actor=stage.manager)
    db.session.expire_all()
    assert booking.amount_cents == 100_00
    assert queries.taken_back([booking]) == {booking.id: -25_00}
    last = db.session.query(AuditEntry).order_by(AuditEntry.seq.desc()).first()
    assert last is not None
    assert last.action == "expenditure.corrected"


def test_totals_per_phase_activity_and_half_year(stage: Stage) -> None:
    version = make_plan_version(stage.covenant, stage.leader, 500_00)
    activity = version.activities[0].activity
    book(stage, 100_00)
    booking = book(stage, 50_00, phase=Phase.IMPLEMENTATION, activity=activity)
    correct(stage, booking, -20_00, booked_on=date(2012, 7, 10))
    first = find_span(stage.programme.id, "2012-1")
    assert queries.spent_by_phase(stage.region, None) == {
        Phase.DEVELOPMENT: 100_00,
        Phase.IMPLEMENTATION: 30_00,
    }
    assert queries.spent_by_activity(stage.region, first) == {None: 100_00, activity.id: 50_00}
    assert queries.spent_by_covenant(stage.region) == {stage.covenant.id: 130_00}
    page = queries.list_bookings(stage.region, first, page=1)
    assert [found.amount_cents for found in page.items] == [50_00, 100_00]
    assert queries.list_bookings(stage.other, None, page=1).items == []
