"""Two regions with one of everything, and one person for each role: for the matrix of access."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from werkzeug.routing import Rule

from tests.factories.action_plans import Stage, make_plan, make_stage
from tests.factories.contracts import (
    make_agreement,
    make_contract,
    make_indicator,
    make_measurement,
)
from tests.factories.covenants import make_appointment
from tests.factories.people import make_person
from tests.factories.regions import make_organisation, make_programme, make_region
from tests.factories.world_half_year import make_national_half_year, make_regional_half_year
from tests.factories.world_results import make_national_results, make_regional_results
from tests.factories.world_subsidies import make_national_subsidies, make_regional_subsidies
from vpt_regio.documents.default_template import default_template
from vpt_regio.domain.enums import AmendmentKind, PaymentKind, Phase, PlanSection
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    Activity,
    ActivityVersion,
    BudgetLine,
    MeasureExemption,
)
from vpt_regio.models.covenant_money import FinalAccount, Payment
from vpt_regio.models.covenants import CovenantAmendment, Expenditure, HoursEntry
from vpt_regio.models.decisions import Decision, DecisionKind, DocumentTemplate, Objection
from vpt_regio.models.holds import Hold
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.maturity import Inventory, InventoryFinding
from vpt_regio.models.people import Mandate
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.programmes import Measure, Programme
from vpt_regio.models.regions import RegionMerger, RegionPartner
from vpt_regio.models.remarks import Remark

PERIOD = "2012-1"


@dataclass(frozen=True)
class Values:
    """The parts of addresses that lead to the records of one region."""

    region: str
    parts: dict[str, Any]

    def of(self, rule: Rule) -> dict[str, Any]:
        """Return the parts that a route asks for; raises KeyError for one that is not known."""
        parts = {
            **self.parts,
            "code": PERIOD if rule.rule.startswith("/halfjaren") else self.region,
        }
        return {name: parts[name] for name in rule.arguments}


@dataclass(frozen=True)
class World:
    """The parts of addresses for each region, by its code."""

    values: dict[str, Values]


def make_world() -> World:
    """Make the programme; e-mail addresses are <role>.<region>@vpt.example."""
    programme = make_programme()
    period = _make_period(programme)
    everywhere = _make_national(programme, period)
    return World(
        {
            code: Values(code, {**everywhere, **_make_region(programme, period, code)})
            for code in ("limburg", "groningen")
        }
    )


def _make_period(programme: Programme) -> ReportingPeriod:
    period = ReportingPeriod(
        programme_id=programme.id,
        code=PERIOD,
        name="januari–juni 2012",
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 6, 30),
        letter_on=date(2012, 9, 15),
        status=PeriodStatus.COLLECTING,
    )
    return _added(period)


def _make_national(programme: Programme, period: ReportingPeriod) -> dict[str, Any]:
    for name, role in (
        ("officer", Role.POLICY_OFFICER),
        ("admin", Role.ADMINISTRATOR),
        ("reader", Role.READER),
        ("roleless", None),
    ):
        make_person(programme, role, email=f"{name}@vpt.example")
    holder = make_person(programme, Role.MANDATE_HOLDER, email="holder@vpt.example")
    mandate = Mandate(
        programme_id=programme.id,
        person_id=holder.id,
        permission=Permission.ACTION_PLAN_REFUSE,
        on_behalf_of="de minister",
        reference="M-1",
        starts_on=date(2012, 1, 1),
    )
    template = DocumentTemplate(
        programme_id=programme.id,
        kind=DecisionKind.PLAN_REFUSED,
        name="brief.docx",
        content=default_template(),
        sha256="0" * 64,
        uploaded_by_id=holder.id,
    )
    message = OutboxMessage(recipient="x@vpt.example", subject="Onderwerp", body="Tekst")
    somebody = make_person(programme, Role.READER, email="somebody@vpt.example")
    return {
        "mandate_id": _added(mandate).id,
        "template_id": _added(template).id,
        "message_id": _added(message).id,
        "merger_id": _make_merger(programme).id,
        "list_name": "maatregelen",
        "item_id": db.session.scalars(select(Measure.id).order_by(Measure.id)).first(),
        "person_id": somebody.id,
        "role_id": somebody.roles[0].id,
        "version_no": 1,
        "organisation_id": make_organisation(programme).id,
        **make_national_results(programme, somebody),
        **make_national_subsidies(programme),
        **make_national_half_year(period, holder),
    }


def _make_merger(programme: Programme) -> RegionMerger:
    successor, *others = (make_region(programme, f"gebied-{name}") for name in ("a", "b", "c"))
    for region in others:
        region.status = RegionStatus.MERGED
        # known before the flush, which would otherwise read it in between
        assert region.merger is None
    merger = RegionMerger(
        programme_id=programme.id,
        successor=successor,
        predecessors=others,
        merged_on=date(2012, 7, 2),
        reason="Eén aanpak.",
    )
    db.session.add(merger)
    db.session.flush()
    return merger


def _make_region(programme: Programme, period: ReportingPeriod, code: str) -> dict[str, Any]:
    stage = make_stage(code, programme=programme)
    stage.leader.email = f"leader.{code}@vpt.example"
    stage.manager.email = f"manager.{code}@vpt.example"
    make_person(programme, Role.READER, region=stage.region, email=f"reader.{code}@vpt.example")
    plan = make_plan(stage)
    activity = _added(Activity(action_plan_id=plan.id, number=1))
    _added(
        ActivityVersion(plan_version_id=plan.latest.id, activity_id=activity.id, title="Activiteit")
    )
    line = BudgetLine(
        plan_version_id=plan.latest.id, phase=Phase.IMPLEMENTATION, amount_cents=100_00
    )
    remark = Remark(
        plan_version_id=plan.latest.id,
        section=PlanSection.APPROACH,
        body="Werk dit uit.",
        author_id=stage.manager.id,
        made_on=date(2012, 7, 1),
    )
    exemption = MeasureExemption(
        plan_version_id=plan.latest.id,
        measure_id=db.session.scalars(select(Measure.id).order_by(Measure.id)).first(),
        reason="Hier niet aan de orde.",
    )
    partner = RegionPartner(
        region_id=stage.region.id, organisation_id=make_organisation(programme).id
    )
    _added(
        ProgressReport(region_id=stage.region.id, period_id=period.id, author_id=stage.leader.id)
    )
    # a hold of later: one of today would stop everything else
    hold = Hold(
        programme_id=programme.id,
        region_id=stage.region.id,
        reason="Er loopt een onderzoek.",
        starts_on=date(2013, 1, 1),
        placed_by_id=stage.manager.id,
    )
    return {
        "region_code": code,
        "hold_id": _added(hold).id,
        "covenant_id": stage.covenant.id,
        "amendment_id": _make_amendment(stage).id,
        "plan_id": plan.id,
        "section": "aanpak",
        "line_id": _added(line).id,
        "remark_id": _added(remark).id,
        "measure_id": _added(exemption).measure_id,
        "number": 1,
        "activity_number": 1,
        "activity_id": activity.id,
        "partner_id": _added(partner).id,
        **_make_bookings(stage),
        **_make_contract(stage),
        **_make_decision(stage, plan),
        **make_regional_results(stage),
        **make_regional_subsidies(stage),
        **make_regional_half_year(period, stage),
        **_make_inventory(stage),
    }


def _make_inventory(stage: Stage) -> dict[str, Any]:
    finding = InventoryFinding(position=1, body="Er is weinig uitwisseling.")
    inventory = Inventory(region_id=stage.region.id, name="Inventarisatie", findings=[finding])
    return {"inventory_id": _added(inventory).id, "finding_id": finding.id}


def _make_decision(stage: Stage, plan: ActionPlan) -> dict[str, Any]:
    decision = Decision(
        programme_id=stage.programme.id,
        kind=DecisionKind.PLAN_ADOPTED,
        plan_version_id=plan.latest.id,
        reference=f"VPT-2011-{stage.region.code}",
        decided_on=date(2011, 12, 1),
        decided_by_id=stage.manager.id,
        role=Role.ACCOUNT_MANAGER,
    )
    objection = Objection(
        decision_id=_added(decision).id,
        received_on=date(2011, 12, 20),
        objector="Gemeente",
        due_on=date(2012, 2, 23),
        recorded_by_id=stage.manager.id,
    )
    return {"decision_id": decision.id, "objection_id": _added(objection).id}


def _make_contract(stage: Stage) -> dict[str, Any]:
    contract = make_contract(stage.region, author=stage.leader)
    indicator = make_indicator(stage.programme, region=stage.region)
    agreement = make_agreement(contract, indicator)
    return {
        "contract_id": contract.id,
        "signature_id": contract.signatures[0].id,
        "indicator_id": indicator.id,
        "agreement_id": agreement.id,
        "measurement_id": make_measurement(agreement, 50).id,
        "kind": "streefwaarde",
    }


def _make_bookings(stage: Stage) -> dict[str, Any]:
    appointment = make_appointment(stage.region, stage.leader)
    hours = HoursEntry(
        appointment_id=appointment.id,
        iso_year=2012,
        iso_week=20,
        thursday_on=date(2012, 5, 17),
        quarters=80,
    )
    spent = Expenditure(
        region_id=stage.region.id,
        covenant_id=stage.covenant.id,
        phase=Phase.DEVELOPMENT,
        booked_on=date(2012, 5, 1),
        description="Zaalhuur",
        amount_cents=100_00,
        booked_by_id=stage.leader.id,
    )
    payment = Payment(
        covenant_id=stage.covenant.id,
        kind=PaymentKind.ADVANCE,
        amount_cents=50_000_00,
        paid_on=date(2012, 2, 1),
        reference="B-1",
        recorded_by_id=stage.manager.id,
    )
    _added(
        FinalAccount(
            covenant_id=stage.covenant.id, region_id=stage.region.id, author_id=stage.leader.id
        )
    )
    return {
        "payment_id": _added(payment).id,
        "appointment_id": appointment.id,
        "entry_id": _added(hours).id,
        "expenditure_id": _added(spent).id,
    }


def _make_amendment(stage: Stage) -> CovenantAmendment:
    amendment = CovenantAmendment(
        covenant=stage.covenant,
        kind=AmendmentKind.AMOUNT,
        amount_cents=10_000_00,
        reason="De kosten zijn hoger.",
        drafted_by_id=stage.manager.id,
    )
    db.session.add(amendment)
    db.session.flush()
    return amendment


def _added(record: Any) -> Any:
    db.session.add(record)
    db.session.flush()
    return record
