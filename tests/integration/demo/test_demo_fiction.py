"""What no source tells is made up in the demonstration, and says so itself."""

from typing import Any

import pytest
from sqlalchemy import select

from vpt_regio.domain.enums import FundingInstrument
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    ActivityVersion,
    MeasureExemption,
    PlanVersion,
)
from vpt_regio.models.contracts import (
    Agreement,
    ContractSignature,
    Indicator,
    IndicatorRevision,
    Measurement,
    PerformanceContract,
)
from vpt_regio.models.covenant_money import AccountabilityStatement, FinalAccount, Payment
from vpt_regio.models.covenants import Covenant, Expenditure
from vpt_regio.models.decisions import Decision, DecisionRequest, Objection
from vpt_regio.models.holds import Hold
from vpt_regio.models.maturity import Inventory, InventoryFinding, MeasureMaturity
from vpt_regio.models.people import Mandate, Person
from vpt_regio.models.periods import ProgressReport
from vpt_regio.models.regions import Organisation
from vpt_regio.models.remarks import Remark, RemarkEntry


def _all(model: Any) -> list[Any]:
    return list(db.session.scalars(select(model).order_by(model.id)))


@pytest.mark.usefixtures("demo")
class TestFiction:
    @pytest.mark.parametrize(
        ("model", "field"),
        [
            (ActivityVersion, "title"),
            (Organisation, "name"),
            (Remark, "body"),
            (RemarkEntry, "body"),
            (MeasureExemption, "verdict_note"),
            (Mandate, "reference"),
            (Decision, "note"),
            (Decision, "replacement_reason"),
            (DecisionRequest, "note"),
            (Objection, "objector"),
            (Objection, "grounds"),
            (Payment, "reference"),
            (FinalAccount, "results"),
            (FinalAccount, "explanation"),
            (AccountabilityStatement, "reference"),
            (Hold, "reason"),
            (Hold, "lift_reason"),
            (MeasureExemption, "reason"),
            (PlanVersion, "problem_analysis"),
            (PlanVersion, "approach"),
            (PlanVersion, "embedding"),
            (Expenditure, "description"),
            (ProgressReport, "results"),
            (ProgressReport, "obstacles"),
            (ProgressReport, "outlook"),
            (ProgressReport, "rag_explanation"),
            (ProgressReport, "return_note"),
            (PerformanceContract, "title"),
            (PerformanceContract, "purpose"),
            (PerformanceContract, "evaluation"),
            (ContractSignature, "signatory"),
            (ContractSignature, "document_reference"),
            (Indicator, "definition"),
            (Agreement, "statement"),
            (Agreement, "free_type"),
            (Agreement, "no_end_value_reason"),
            (IndicatorRevision, "source"),
            (IndicatorRevision, "reason"),
            (IndicatorRevision, "document_reference"),
            (Measurement, "source"),
            (Measurement, "note"),
            (Measurement, "reason"),
            (Inventory, "name"),
            (Inventory, "source"),
            (InventoryFinding, "body"),
            (InventoryFinding, "follow_up"),
            (MeasureMaturity, "evidence"),
        ],
    )
    def test_every_made_up_text_says_so(self, model: Any, field: str) -> None:
        texts = [text for text in (getattr(row, field) for row in _all(model)) if text]
        assert texts
        assert [text for text in texts if "voorbeeld" not in text.lower()] == []

    def test_a_made_up_covenant_says_so_in_its_number_and_title(self) -> None:
        sourced = {c.number for c in _all(Covenant) if c.source}
        made_up = [c for c in _all(Covenant) if c.number not in sourced]
        assert len(sourced) == 7
        assert {covenant.status for covenant in made_up} == {
            CovenantStatus.DRAFT,
            CovenantStatus.IN_FORCE,
        }
        for covenant in made_up:
            assert "-VB" in covenant.number
            assert covenant.title.endswith("(voorbeeld)")

    def test_how_money_is_given_is_marked_as_an_example(self) -> None:
        known = [c for c in _all(Covenant) if c.funding is not FundingInstrument.UNKNOWN]
        assert {c.funding for c in known} == {
            FundingInstrument.OWN_RULES,
            FundingInstrument.SPECIFIC_GRANT,
        }
        for covenant in known:
            assert "voorbeeld" in (covenant.source or covenant.title)

    def test_people_are_named_by_role_at_addresses_that_do_not_exist(self) -> None:
        roles = ("projectleider", "accountmanager", "medewerker", "houder", "beheerder", "lezer")
        for person in _all(Person):
            assert person.email.endswith(".example")
            assert any(role in person.name.lower() for role in roles), person.name

    def test_no_decision_is_made_up_about_the_money_of_2010(self) -> None:
        plans = [p for p in _all(ActionPlan) if p.covenant.advance_cents is None]
        assert len(plans) == 5
        for plan in plans:
            assert plan.latest.status is ActionPlanStatus.APPROVED
            assert plan.latest.sufficiency is None
