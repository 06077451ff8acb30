"""What the demonstration has to show of work under way: every step is met somewhere."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.integration.demo.conftest import DAY
from vpt_regio.demo.people import DEPUTY_HOLDER, FIRST_MANAGER, HOLDER, OFFICER, THIRD_MANAGER
from vpt_regio.domain.enums import (
    AmendmentKind,
    AmendmentStatus,
    ExemptionVerdict,
    FinalAccountStatus,
    PaymentKind,
    PlanSection,
    RemarkStatus,
    RemarkWeight,
)
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.models.covenant_money import AccountabilityStatement, FinalAccount, Payment
from vpt_regio.models.covenants import Covenant, CovenantAmendment
from vpt_regio.models.decisions import Decision, DecisionRequest, Objection
from vpt_regio.models.holds import Hold
from vpt_regio.models.people import Mandate
from vpt_regio.models.regions import Region
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.decisions import standing_decision
from vpt_regio.queries.remarks import unsettled_musts
from vpt_regio.services.plan_parts import locked_sections

pytestmark = pytest.mark.usefixtures("demo")


def _plan(code: str) -> ActionPlan:
    """Return the newest plan of a region."""
    query = select(ActionPlan).join(ActionPlan.region).where(Region.code == code)
    return list(db.session.scalars(query.order_by(ActionPlan.id)))[-1]


def _remarks(plan: ActionPlan) -> list[Remark]:
    return [remark for version in plan.versions for remark in version.remarks]


def _covenant(number: str) -> Covenant:
    return db.session.scalars(select(Covenant).where(Covenant.number == number)).one()


class TestLimburg:
    def test_a_draft_waits_for_its_leader(self) -> None:
        returned, draft = _plan("limburg").versions
        assert returned.status is ActionPlanStatus.RETURNED
        assert (draft.version_no, draft.status) == (2, ActionPlanStatus.DRAFT)

    def test_only_what_was_returned_can_change(self) -> None:
        plan = _plan("limburg")
        chosen = {row.section for row in plan.versions[0].returned_sections}
        assert {PlanSection.PROBLEM_ANALYSIS, PlanSection.ACTIVITIES, PlanSection.AGREEMENT} <= (
            chosen
        )
        assert locked_sections(plan.latest) == {PlanSection.BUDGET}

    def test_two_remarks_must_be_followed_up_and_one_could(self) -> None:
        found = {(r.section, r.weight, r.status) for r in _remarks(_plan("limburg"))}
        must, could = RemarkWeight.MUST, RemarkWeight.COULD
        assert found == {
            (PlanSection.PROBLEM_ANALYSIS, must, RemarkStatus.OPEN),
            (PlanSection.ACTIVITIES, must, RemarkStatus.ANSWERED),
            (PlanSection.AGREEMENT, could, RemarkStatus.OPEN),
        }
        assert len(unsettled_musts(_plan("limburg"))) == 2


class TestReviews:
    def test_remarks_stand_at_every_stage_in_a_review(self) -> None:
        plan = _plan("noord-en-oost-gelderland")
        assert plan.latest.status is ActionPlanStatus.IN_REVIEW
        assert plan.latest.version_no == 2
        assert {remark.status for remark in _remarks(plan)} == set(RemarkStatus)

    def test_reasons_to_leave_a_measure_out_were_judged_both_ways(self) -> None:
        exemptions = _plan("noord-en-oost-gelderland").latest.exemptions
        verdicts = {exemption.measure.code: exemption.verdict for exemption in exemptions}
        assert verdicts == {"M3": ExemptionVerdict.ACCEPTED, "M7": ExemptionVerdict.REJECTED}

    def test_too_little_money_waits_for_a_mandate_holder_and_a_supplement(self) -> None:
        version = _plan("midden-nederland").latest
        assert version.status is ActionPlanStatus.PROVISIONALLY_ADOPTED
        assert version.sufficiency is not None
        assert version.sufficiency.shortfall_cents == 17_000_00
        (draft,) = db.session.scalars(
            select(CovenantAmendment).where(CovenantAmendment.status == AmendmentStatus.DRAFT)
        )
        assert draft.kind is AmendmentKind.AMOUNT
        assert draft.sufficiency_check_id == version.sufficiency.id
        assert draft.covenant.share_of(version.plan.region_id, draft.amount_cents) == 17_000_00
        (request,) = db.session.scalars(select(DecisionRequest))
        assert request.plan_version is version
        assert request.requested_by.email == FIRST_MANAGER
        assert request.closed_on is None


class TestDecisions:
    def test_a_stand_in_decided_and_put_another_decision_in_its_place(self) -> None:
        approved = _plan("ijsselland").versions[0]
        decision = standing_decision(approved)
        assert decision is not None
        assert decision.decided_by.email == DEPUTY_HOLDER
        assert "bij afwezigheid van Mandaathouder" in decision.authority
        assert decision.replaces is not None
        assert decision.replaces.decided_on == date(2012, 5, 16)
        assert [d.id for d in db.session.scalars(select(Decision)) if d.replaces_id] == [
            decision.id
        ]

    def test_an_objection_runs(self) -> None:
        (objection,) = [
            one for one in db.session.scalars(select(Objection)) if one.decision.plan_version
        ]
        assert objection.decision.region_ids == {_plan("ijsselland").region_id}
        assert objection.outcome is None
        assert objection.decide_by > DAY

    def test_a_mandate_was_handed_on_in_part_and_stood_in_for(self) -> None:
        mandates = list(db.session.scalars(select(Mandate).order_by(Mandate.id)))
        of_another = [mandate for mandate in mandates if mandate.parent]
        assert {m.parent.person.email for m in of_another if m.parent} == {HOLDER}
        (sub,) = [mandate for mandate in of_another if mandate.stands_in_for is None]
        assert (sub.person.email, sub.max_amount_cents) == (THIRD_MANAGER, 50_000_00)
        past, coming = [mandate for mandate in of_another if mandate.stands_in_for]
        assert past.ends_on is not None
        assert past.ends_on < DAY < coming.starts_on
        assert {past.person.email, coming.person.email} == {DEPUTY_HOLDER}
        own = {mandate.permission for mandate in mandates if mandate.person.email == HOLDER}
        assert Permission.COVENANT_TERMINATE in own


class TestMoney:
    def test_an_extension_and_a_supplement_were_signed_here(self) -> None:
        covenant = _covenant("VPT-2012-VB2")
        assert covenant.original_end_on == date(2013, 12, 31)
        assert covenant.latest_end_on == date(2014, 6, 30)
        assert covenant.supplement_cents == 12_500_00
        for amendment in covenant.signed_amendments:
            assert "voorbeeld" in amendment.document_reference
            assert "Voorbeeld" in amendment.reason
            assert amendment.drafted_by is not None
            assert amendment.drafted_by.email != OFFICER

    def test_nothing_is_said_to_be_paid_under_the_covenants_of_2010(self) -> None:
        payments = list(db.session.scalars(select(Payment)))
        assert {payment.covenant.number for payment in payments} == {
            "VPT-2012-1",
            "VPT-2012-2",
            "VPT-2012-VB2",
        }
        assert sum(p.amount_cents for p in payments if p.kind is PaymentKind.ADVANCE) == 300_000_00
        supplements = [p.amount_cents for p in payments if p.kind is PaymentKind.SUPPLEMENT]
        assert supplements == [12_500_00]

    def test_final_accounts_are_written_submitted_and_still_due(self) -> None:
        accounts = {
            account.region.code: account.status
            for account in db.session.scalars(select(FinalAccount))
        }
        assert accounts == {
            "groningen": FinalAccountStatus.SUBMITTED,
            "noord-en-oost-gelderland": FinalAccountStatus.DRAFT,
        }
        ended = {_covenant("VPT-2010-4").last_day, _covenant("VPT-2010-5").last_day}
        assert ended == {date(2012, 6, 30)}

    def test_a_specific_grant_was_accounted_for(self) -> None:
        (statement,) = db.session.scalars(select(AccountabilityStatement))
        assert (statement.covenant.number, statement.year) == ("VPT-2010-2", 2011)


def test_one_hold_was_lifted_and_another_goes_on() -> None:
    lifted, active = db.session.scalars(select(Hold).order_by(Hold.id))
    assert lifted.region is not None
    assert not lifted.holds_on(DAY)
    assert active.covenant is not None
    assert active.covenant.number == "VPT-2010-2"
    assert active.holds_on(DAY)
