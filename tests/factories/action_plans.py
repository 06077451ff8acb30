"""Action plans in every state, made by the services themselves, and mandates."""

from dataclasses import dataclass
from datetime import date

from tests.factories.covenants import make_covenant
from tests.factories.people import make_person
from tests.factories.regions import make_organisation, make_programme, make_region
from vpt_regio import clock
from vpt_regio.domain.enums import AgreementLevel, DutyScore, PlanSection, WatchDuty
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.people import Mandate, Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Organisation, Region, RegionPartner
from vpt_regio.queries.programmes import list_measures, list_policy_lines
from vpt_regio.services.action_plans import edit_texts, set_agreement, start_plan, submit_plan
from vpt_regio.services.activities import add_activity
from vpt_regio.services.decisions import adopt_plan, approve_plan
from vpt_regio.services.plan_reviews import (
    check_sufficiency,
    make_remark,
    return_plan,
    score_duties,
    take_up_plan,
)


@dataclass
class Stage:
    """A region with a covenant in force and everyone who has a part in its plan."""

    programme: Programme
    region: Region
    covenant: Covenant
    leader: Person
    manager: Person
    holder: Person
    partner: Organisation


def make_stage(code: str = "limburg", *, programme: Programme | None = None) -> Stage:
    programme = programme or make_programme()
    region = make_region(programme, code)
    partner = make_organisation(programme, f"Gemeente {code}")
    db.session.add(RegionPartner(region=region, organisation=partner))
    stage = Stage(
        programme=programme,
        region=region,
        covenant=make_covenant(region),
        leader=make_person(
            programme, Role.PROJECT_LEADER, region=region, email=f"leider.{code}@vpt.example"
        ),
        manager=make_person(
            programme, Role.ACCOUNT_MANAGER, region=region, email=f"manager.{code}@vpt.example"
        ),
        holder=make_person(programme, Role.MANDATE_HOLDER, email=f"mandaat.{code}@vpt.example"),
        partner=partner,
    )
    make_mandate(stage.manager, Permission.ACTION_PLAN_APPROVE, programme=programme)
    make_mandate(
        stage.holder, Permission.ACTION_PLAN_APPROVE, programme=programme, max_amount_cents=None
    )
    make_mandate(
        stage.holder, Permission.ACTION_PLAN_REFUSE, programme=programme, max_amount_cents=None
    )
    return stage


def make_mandate(
    person: Person,
    permission: Permission,
    *,
    programme: Programme,
    max_amount_cents: int | None = 100_000_00,
    starts_on: date = date(2012, 1, 1),
    ends_on: date | None = None,
) -> Mandate:
    mandate = Mandate(
        programme_id=programme.id,
        person=person,
        permission=permission,
        on_behalf_of="de minister",
        reference="Mandaatbesluit 2012",
        max_amount_cents=max_amount_cents,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    db.session.add(mandate)
    db.session.flush()
    return mandate


def make_plan(stage: Stage) -> ActionPlan:
    """An empty plan with a draft."""
    return start_plan(stage.covenant, region=stage.region, actor=stage.leader)


def fill(version: PlanVersion, stage: Stage, *, cents: int = 80_000_00) -> PlanVersion:
    """Give a draft all that it needs; it plans to spend `cents`."""
    leader = stage.leader
    edit_texts(
        version, problem_analysis="Analyse", approach="Aanpak", embedding="Borging", actor=leader
    )
    set_agreement(
        version,
        consensus_analysis=AgreementLevel.FULL,
        consensus_approach=AgreementLevel.PARTIAL,
        actor=leader,
    )
    add_activity(
        version,
        title="Campagne",
        measures=list_measures(stage.programme, on=clock.today()),
        policy_line=list_policy_lines(stage.programme, on=clock.today())[0],
        is_awareness=True,
        owner=stage.partner,
        starts_on=date(2012, 9, 1),
        ends_on=date(2013, 6, 30),
        implementation_cents=cents,
        actor=leader,
    )
    return version


def make_submitted(stage: Stage, *, cents: int = 80_000_00) -> PlanVersion:
    version = fill(make_plan(stage).latest, stage, cents=cents)
    return submit_plan(version, actor=stage.leader)


def make_in_review(stage: Stage, *, cents: int = 80_000_00) -> PlanVersion:
    return take_up_plan(make_submitted(stage, cents=cents), actor=stage.manager)


def make_returned(stage: Stage) -> PlanVersion:
    version = make_in_review(stage)
    make_remark(version, section=PlanSection.APPROACH, body="Te kort", actor=stage.manager)
    return return_plan(version, actor=stage.manager)


def assess(version: PlanVersion, stage: Stage) -> PlanVersion:
    """Score every duty and test whether the money is sufficient."""
    scores = dict.fromkeys(WatchDuty, (DutyScore.SUFFICIENT, "In orde"))
    score_duties(version, scores=scores, actor=stage.manager)
    check_sufficiency(version, reasoning="Er blijft geld over.", actor=stage.manager)
    return version


def make_adopted(stage: Stage, *, cents: int = 80_000_00) -> PlanVersion:
    version = assess(make_in_review(stage, cents=cents), stage)
    adopt_plan(version, note="", actor=stage.manager)
    return version


def make_approved(stage: Stage) -> PlanVersion:
    version = make_adopted(stage)
    approve_plan(version, note="Akkoord", actor=stage.manager)
    return version
