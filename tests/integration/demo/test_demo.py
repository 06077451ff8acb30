"""The demonstration: its facts are those of the sources, its fiction says that it is fiction."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.integration.demo.conftest import DAY
from vpt_regio.demo.accounts import ACCOUNTS, PASSWORD, DemoAccount
from vpt_regio.demo.loader import load
from vpt_regio.domain.enums import PartyRole, WatchDuty
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.errors import DomainError, Invalid, NotAllowed, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    PlanVersion,
)
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.covenants import Covenant, Expenditure, HoursEntry
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.programmes import Programme, Sector
from vpt_regio.models.regions import Region
from vpt_regio.queries.my_work import my_work
from vpt_regio.queries.periods import board
from vpt_regio.queries.programmes import get_programme, list_measures, list_policy_lines
from vpt_regio.services.audit import verify
from vpt_regio.services.passwords import matches
from vpt_regio.services.plan_history import record_historic_approval
from vpt_regio.uow import write

FIRST_REGIONS = {
    "Groningen",
    "Amsterdam-Amstelland",
    "Noord en Oost Gelderland",
    "Midden-West Brabant",
    "Zeeland",
}


def _all(model: Any) -> list[Any]:
    return list(db.session.scalars(select(model).order_by(model.id)))


def _region(code: str) -> Region:
    return db.session.scalars(select(Region).where(Region.code == code)).one()


def _covenants_of(code: str) -> list[Covenant]:
    return [
        c for c in _all(Covenant) if code in {r.code for r in c.regions} and c.status != "draft"
    ]


@pytest.mark.usefixtures("demo")
class TestFacts:
    def test_the_programme_keeps_both_years_in_which_it_is_said_to_begin(self) -> None:
        programme = db.session.scalars(select(Programme)).one()
        assert programme.name == "Veilige Publieke Taak"
        assert "2007" in programme.started_words
        assert "2006" in programme.started_words
        assert programme.minister_title.startswith("de minister van Binnenlandse Zaken")

    def test_there_are_eight_measures_four_lines_and_six_sectors(self) -> None:
        vpt = get_programme()
        codes = [measure.code for measure in list_measures(vpt, on=DAY)]
        assert codes == [f"M{n}" for n in range(1, 9)]
        assert len(list_policy_lines(vpt, on=DAY)) == 4
        assert {sector.name for sector in _all(Sector)} == {
            "Openbaar vervoer",
            "Ziekenhuizen",
            "Ambulancezorg",
            "Brandweer",
            "Jeugdzorg",
            "Welzijnswerk",
        }

    def test_five_regions_were_designated_in_the_spring_of_2010(self) -> None:
        first = [region for region in _all(Region) if region.designated_words == "voorjaar 2010"]
        assert {region.name for region in first} == FIRST_REGIONS

    def test_two_of_them_were_merged_on_a_day_that_no_source_tells(self) -> None:
        merged = [region for region in _all(Region) if region.status is RegionStatus.MERGED]
        assert [region.name for region in merged] == ["Midden-West Brabant", "Zeeland"]
        mergers = {region.merger for region in merged}
        (merger,) = mergers
        assert merger is not None
        assert merger.merged is not None
        assert not merger.merged.is_exact
        assert merger.merged.display() == "vóór 15 maart 2012 (dag niet in bron)"
        assert merger.successor.name == "Midden-West Brabant en Zeeland"
        assert merger.successor.status is RegionStatus.ACTIVE

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("2011-2", FIRST_REGIONS),
            (
                "2012-1",
                {"Midden-West Brabant en Zeeland", "Midden Nederland", "IJsselland", "Limburg"}
                | FIRST_REGIONS - {"Midden-West Brabant", "Zeeland"},
            ),
        ],
    )
    def test_regions_report_on_the_half_years_in_which_they_are(
        self, code: str, expected: set[str]
    ) -> None:
        period = db.session.scalars(select(ReportingPeriod).filter_by(code=code)).one()
        rows = board(period, _person("beleid@vpt.example")).rows
        assert {row.region.name for row in rows} == expected

    def test_no_region_is_made_up(self) -> None:
        assert {region.code for region in _all(Region)} == {
            "groningen",
            "amsterdam-amstelland",
            "noord-en-oost-gelderland",
            "midden-west-brabant",
            "zeeland",
            "midden-west-brabant-en-zeeland",
            "midden-nederland",
            "ijsselland",
            "limburg",
        }

    def test_the_covenants_of_2010_ran_out_halfway_2012_and_their_money_is_unknown(self) -> None:
        covenants = [c for c in _all(Covenant) if c.number.startswith("VPT-2010-")]
        assert len(covenants) == 5
        for covenant in covenants:
            assert covenant.advance_cents is None
            assert covenant.min_hours_per_week is None
            assert covenant.signed_on is None
            assert covenant.original_end_on is None
            assert covenant.latest_end is not None
            assert covenant.latest_end.words == "halverwege 2012"
            assert covenant.latest_end_on == date(2012, 6, 30)
            assert len(covenant.extensions) == 1
            assert "niet in de bron" in covenant.source
            assert any("korpsbeheerder" in party.name for party in covenant.parties)

    def test_midden_nederland_and_ijsselland_share_one_covenant(self) -> None:
        (covenant,) = _covenants_of("midden-nederland")
        assert [covenant] == _covenants_of("ijsselland")
        assert {region.code for region in covenant.regions} == {"midden-nederland", "ijsselland"}
        assert "voorbeeldbedrag" in covenant.source
        assert covenant.original_end_on is None
        shares = [covenant.share_of(region.id, 100_000_00) for region in covenant.regions]
        assert shares == [50_000_00, 50_000_00]

    def test_limburg_has_exactly_the_terms_of_its_covenant(self) -> None:
        (covenant,) = _covenants_of("limburg")
        assert covenant.advance_cents == 100_000_00
        assert covenant.available_cents == 100_000_00
        assert covenant.min_hours_per_week == 20
        assert covenant.latest_end_on == date(2013, 12, 31)
        assert covenant.plan_due_on == date(2012, 12, 31)
        assert covenant.signed is not None
        assert not covenant.signed.is_exact
        assert covenant.signed.display() == "in 2012 (dag niet in bron)"
        assert [(party.role, party.name) for party in covenant.parties] == [
            (PartyRole.MINISTER, "de minister van Binnenlandse Zaken en Koninkrijksrelaties"),
            (PartyRole.COUNTERPARTY, "provincie Limburg"),
        ]

    def test_the_eighth_report_spans_seven_months_and_its_letter_is_of_15_march_2012(self) -> None:
        closed, collecting = _all(ReportingPeriod)
        assert (closed.code, closed.sequence_no, closed.status) == (
            "2011-2",
            8,
            PeriodStatus.CLOSED,
        )
        assert (closed.starts_on, closed.ends_on) == (date(2011, 6, 1), date(2011, 12, 31))
        assert closed.letter_on == date(2012, 3, 15)
        assert (collecting.code, collecting.status) == ("2012-1", PeriodStatus.COLLECTING)


@pytest.mark.usefixtures("demo")
class TestLife:
    def test_the_audit_record_is_whole_and_in_the_order_of_time(self) -> None:
        assert verify(db.session()) is None
        moments = list(db.session.scalars(select(AuditEntry.at).order_by(AuditEntry.seq)))
        assert moments == sorted(moments)
        assert moments[0].date() == date(2011, 6, 1)
        assert moments[-1].date() <= DAY

    def test_loading_again_changes_nothing(self) -> None:
        before = db.session.scalar(select(func.count()).select_from(AuditEntry))
        assert write(load) == 0
        assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == before

    def test_plans_and_reports_stand_at_every_stage(self) -> None:
        assert {version.status for version in _all(PlanVersion)} == {
            ActionPlanStatus.DRAFT,
            ActionPlanStatus.SUBMITTED,
            ActionPlanStatus.IN_REVIEW,
            ActionPlanStatus.RETURNED,
            ActionPlanStatus.PROVISIONALLY_ADOPTED,
            ActionPlanStatus.APPROVED,
        }
        assert {report.status for report in _all(ProgressReport)} == {
            ReportStatus.DRAFT,
            ReportStatus.SUBMITTED,
            ReportStatus.RETURNED,
            ReportStatus.ACCEPTED,
        }

    def test_every_report_of_the_closed_half_year_was_accepted(self) -> None:
        reports = [r for r in _all(ProgressReport) if r.period.code == "2011-2"]
        assert len(reports) == 5
        assert {report.status for report in reports} == {ReportStatus.ACCEPTED}
        assert all(report.activities for report in reports)
        assert all(len(report.duty_scores) == len(WatchDuty) for report in reports)

    def test_both_half_years_have_hours_and_spending(self) -> None:
        for period in _all(ReportingPeriod):
            weeks = select(func.count()).where(
                HoursEntry.thursday_on.between(period.starts_on, period.ends_on)
            )
            bookings = select(func.count()).where(
                Expenditure.booked_on.between(period.starts_on, period.ends_on)
            )
            assert db.session.scalar(weeks)
            assert db.session.scalar(bookings)

    def test_a_booking_was_corrected_and_another_allowed_above_the_budget(self) -> None:
        bookings = _all(Expenditure)
        assert [b.amount_cents for b in bookings if b.corrects_id] == [-250_00]
        assert [b.region.code for b in bookings if b.override_reason] == ["groningen"]


def _plan(code: str) -> ActionPlan:
    return db.session.scalars(
        select(ActionPlan).join(ActionPlan.region).where(Region.code == code)
    ).one()


def _person(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


@pytest.mark.usefixtures("demo")
class TestTakingOverPlans:
    """Refusals only: they store nothing."""

    def test_is_not_for_those_who_may_not_take_over_covenants(self) -> None:
        def take_over() -> None:
            leader = _person("projectleider.limburg@vpt.example")
            record_historic_approval(_plan("limburg").latest, note="Oud plan", actor=leader)

        with pytest.raises(NotAllowed):
            write(take_over)

    @pytest.mark.parametrize(
        ("code", "note", "error"),
        [("groningen", "Oud plan", WrongState), ("limburg", "", Invalid)],
        ids=["no draft any more", "without its origin"],
    )
    def test_asks_for_a_draft_and_for_its_origin(
        self, code: str, note: str, error: type[DomainError]
    ) -> None:
        def take_over() -> None:
            officer = _person("beleid@vpt.example")
            record_historic_approval(_plan(code).latest, note=note, actor=officer)

        with pytest.raises(error):
            write(take_over)
        assert _plan("limburg").latest.status is ActionPlanStatus.DRAFT


@pytest.mark.usefixtures("demo")
class TestAccounts:
    @pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.email)
    def test_each_account_has_its_role_and_the_password(self, account: DemoAccount) -> None:
        person = db.session.scalars(select(Person).where(Person.email == account.email)).one()
        assert person.name == account.name
        assert matches(person.password_hash, PASSWORD)
        held = [role for role in person.roles_on(DAY) if role.role is account.role]
        codes = {role.region.code if role.region else None for role in held}
        assert account.region in codes

    @pytest.mark.parametrize(
        "role",
        [Role.PROJECT_LEADER, Role.ACCOUNT_MANAGER, Role.POLICY_OFFICER, Role.MANDATE_HOLDER],
    )
    def test_work_waits_for_whoever_can_do_something(self, role: Role) -> None:
        email = next(account.email for account in ACCOUNTS if account.role is role)
        person = db.session.scalars(select(Person).where(Person.email == email)).one()
        assert my_work(person).to_do


def test_each_account_can_sign_in_and_open_its_work(demo_app: Flask) -> None:
    for account in ACCOUNTS:
        client = demo_app.test_client()
        response = client.post("/inloggen", data={"email": account.email, "password": PASSWORD})
        assert response.status_code == 303, account.email
        assert client.get("/mijn-werk").status_code == 200


def test_the_command_loads_once(app: Flask) -> None:
    """On both databases."""
    runner = app.test_cli_runner()
    first = runner.invoke(args=["vpt", "demo"])
    assert first.exit_code == 0, first.output
    assert "was loaded" in first.output
    second = runner.invoke(args=["vpt", "demo"])
    assert second.exit_code == 0
    assert "nothing was changed" in second.output
    with app.app_context():
        assert verify(db.session()) is None


def test_production_refuses_the_demonstration(app: Flask) -> None:
    app.config["VPT_ENV"] = "production"
    try:
        refused = app.test_cli_runner().invoke(args=["vpt", "demo"])
    finally:
        app.config["VPT_ENV"] = "test"
    assert refused.exit_code == 2
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Programme)) == 0
