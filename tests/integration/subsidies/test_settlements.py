"""Settling and revoking subsidies: by two people, with a ground, within five years."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.factories.people import make_person
from tests.factories.settlements import GRANTED, Settling, make_settling
from tests.factories.subsidies import make_decider
from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import (
    FinalReportStatus,
    PilotStatus,
    ProposalStatus,
    RevocationGround,
    SettlementGround,
)
from vpt_regio.errors import Conflict, DomainError, NotAllowed, OnHold, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.holds import Hold
from vpt_regio.queries.settlements import settlement_due_on
from vpt_regio.services import audit
from vpt_regio.services.settlements import (
    decide_revocation,
    decide_settlement,
    propose_revocation,
    propose_settlement,
)
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

TODAY = date(2012, 7, 16)
FALSE_DATA = {"ground": RevocationGround.FALSE_DATA, "reasoning": "De cijfers klopten niet."}


@pytest.fixture
def scene(context: Any) -> Iterator[Settling]:
    with unit_of_work():
        yield make_settling(paid=GRANTED)


def problems_of(error: DomainError) -> set[str | None]:
    parts = error.errors if isinstance(error, SeveralErrors) else [error]
    return {part.field for part in parts}


def money_holds(scene: Settling) -> bool:
    money = scene.pilot.money
    assert money is not None
    settled = money.paid_cents - money.recovered_cents + money.still_to_pay_cents
    return settled == money.due_cents


def test_a_subsidy_is_settled_as_granted_by_two_people(scene: Settling) -> None:
    proposal = scene.propose(GRANTED)
    decision = decide_settlement(proposal, note="", actor=scene.holder)
    assert (scene.pilot.status, scene.pilot.settled_cents) == (PilotStatus.SETTLED, GRANTED)
    assert (scene.pilot.settled_on, scene.pilot.settlement_ground) == (TODAY, None)
    assert decision.kind is DecisionKind.SUBSIDY_SETTLED
    assert (decision.amount_cents, decision.decided_by) == (GRANTED, scene.holder)
    assert decision.mandate is not None
    assert decision.mandate.permission is Permission.SETTLEMENT_DECIDE
    assert decision.note == proposal.reasoning
    assert (proposal.status, proposal.decision) == (ProposalStatus.DECIDED, decision)
    assert money_holds(scene)
    assert audit.verify(db.session()) is None


@pytest.mark.parametrize("cents", [0, GRANTED - 1])
def test_a_lower_settlement_has_a_ground(scene: Settling, cents: int) -> None:
    with pytest.raises(DomainError) as caught:
        scene.propose(cents, ground=None)
    assert problems_of(caught.value) == {"ground"}
    scene.settle(cents, is_ex_officio=True)
    assert scene.pilot.settled_cents == cents
    assert scene.pilot.settlement_ground is SettlementGround.NOT_DONE
    assert scene.pilot.is_ex_officio
    assert scene.pilot.money is not None
    assert scene.pilot.money.to_recover_cents == GRANTED - cents
    assert money_holds(scene)


@pytest.mark.parametrize("cents", [-1, GRANTED + 1])
def test_an_amount_outside_the_grant_is_refused(scene: Settling, cents: int) -> None:
    with pytest.raises(DomainError) as caught:
        propose_settlement(
            scene.pilot, amount_cents=cents, ground=None, reasoning=" ", actor=scene.officer
        )
    assert problems_of(caught.value) == {"amount", "reasoning"}


def test_nobody_decides_alone_or_without_a_mandate(scene: Settling) -> None:
    both = make_decider(scene.programme, Role.POLICY_OFFICER)
    proposal = scene.propose(GRANTED, actor=both)
    with pytest.raises(NotAllowed, match="zelf gedaan"):
        decide_settlement(proposal, note="", actor=both)
    with pytest.raises(DomainError, match="mandaat"):
        decide_settlement(proposal, note="", actor=scene.officer)
    low = make_decider(scene.programme, maximum=GRANTED - 1)
    with pytest.raises(DomainError) as caught:
        decide_settlement(proposal, note="", actor=low)
    assert caught.value.code == "mandate_too_low"
    for role in (Role.PROJECT_LEADER, Role.ACCOUNT_MANAGER):
        actor = make_person(scene.programme, role, region=scene.region)
        with pytest.raises(NotAllowed):
            decide_settlement(proposal, note="", actor=actor)
        with pytest.raises(NotAllowed):
            scene.propose(GRANTED, actor=actor)
    assert scene.pilot.status is PilotStatus.AWARDED
    assert scene.pilot.settled_cents is None


def test_the_mandate_is_weighed_by_what_was_granted(scene: Settling) -> None:
    proposal = scene.propose(0)
    low = make_decider(scene.programme, maximum=GRANTED - 1)
    with pytest.raises(DomainError) as caught:
        decide_settlement(proposal, note="", actor=low)
    assert caught.value.code == "mandate_too_low"
    just = make_decider(scene.programme, maximum=GRANTED)
    decision = decide_settlement(proposal, note="Akkoord.", actor=just)
    assert decision.note == f"{proposal.reasoning}\nAkkoord."


def test_one_proposal_at_a_time_and_one_decision_on_it(scene: Settling) -> None:
    proposal = scene.propose(GRANTED)
    with pytest.raises(WrongState, match="al een voorstel"):
        scene.propose(GRANTED)
    with pytest.raises(WrongState, match="al een voorstel"):
        propose_revocation(scene.pilot, **FALSE_DATA, actor=scene.officer)
    seen = proposal.version
    with pytest.raises(Conflict):
        decide_settlement(proposal, note="", actor=scene.holder, expected_version=seen + 1)
    decide_settlement(proposal, note="", actor=scene.holder, expected_version=seen)
    with pytest.raises(WrongState):
        decide_settlement(proposal, note="", actor=scene.holder)


def test_a_report_is_assessed_before_the_settlement(scene: Settling) -> None:
    scene.pilot.arrangement = 2
    with pytest.raises(DomainError) as caught:
        scene.propose(GRANTED)
    assert caught.value.code == "no_report"
    report = scene.report(FinalReportStatus.SUBMITTED)
    for is_ex_officio in (False, True):
        with pytest.raises(WrongState, match="Beoordeel eerst"):
            scene.propose(GRANTED, is_ex_officio=is_ex_officio)
    report.status = FinalReportStatus.ACCEPTED
    proposal = scene.propose(GRANTED)
    # what was proposed is tested again by the decision
    report.status = FinalReportStatus.RETURNED
    with pytest.raises(DomainError) as caught:
        decide_settlement(proposal, note="", actor=scene.holder)
    assert caught.value.code == "no_report"
    report.status = FinalReportStatus.ACCEPTED
    assert decide_settlement(proposal, note="", actor=scene.holder).amount_cents == GRANTED


def test_a_grant_that_was_lowered_meanwhile_is_not_exceeded(scene: Settling) -> None:
    proposal = scene.propose(GRANTED)
    scene.pilot.granted_cents = GRANTED - 1
    with pytest.raises(DomainError, match="niet hoger"):
        decide_settlement(proposal, note="", actor=scene.holder)
    assert scene.pilot.settled_cents is None


def test_ex_officio_waits_for_the_term_of_the_report(scene: Settling) -> None:
    scene.pilot.arrangement = 2
    scene.pilot.settlement_request_due = TODAY
    with pytest.raises(DomainError) as caught:
        scene.propose(0, is_ex_officio=True)
    assert (caught.value.code, caught.value.field) == ("report_not_due", "is_ex_officio")
    scene.pilot.settlement_request_due = date(2012, 7, 15)
    assert scene.propose(0, is_ex_officio=True).is_ex_officio


def test_a_pilot_that_stands_still_is_not_settled(scene: Settling) -> None:
    proposal = scene.propose(GRANTED)
    db.session.add(
        Hold(
            programme_id=scene.programme.id,
            region=scene.region,
            reason="Onderzoek loopt.",
            starts_on=TODAY,
            placed_by=scene.officer,
        )
    )
    db.session.flush()
    with pytest.raises(OnHold):
        decide_settlement(proposal, note="", actor=scene.holder)
    with pytest.raises(OnHold):
        scene.propose(GRANTED)


def test_a_subsidy_is_revoked_before_its_settlement(scene: Settling) -> None:
    ground = {"ground": RevocationGround.NO_BUDGET, "reasoning": "Geen geld."}
    proposal = propose_revocation(scene.pilot, **ground, actor=scene.officer)
    # an officer with a mandate may settle, and not revoke
    with pytest.raises(NotAllowed):
        decide_revocation(
            proposal, note="", actor=make_decider(scene.programme, Role.POLICY_OFFICER)
        )
    with pytest.raises(DomainError, match="mandaat"):
        decide_revocation(
            proposal, note="", actor=make_person(scene.programme, Role.MANDATE_HOLDER)
        )
    decision = decide_revocation(proposal, note="", actor=scene.holder)
    assert decision.kind is DecisionKind.SUBSIDY_REVOKED
    assert decision.amount_cents == GRANTED
    assert (scene.pilot.status, scene.pilot.revoked_on) == (PilotStatus.REVOKED, TODAY)
    assert scene.pilot.money is not None
    assert scene.pilot.money.to_recover_cents == GRANTED
    assert money_holds(scene)
    assert audit.verify(db.session()) is None


def test_a_settled_subsidy_is_revoked_within_five_years(scene: Settling) -> None:
    scene.settle(GRANTED - 1)
    with pytest.raises(DomainError, match="geen reden meer"):
        propose_revocation(
            scene.pilot, ground=RevocationGround.NO_BUDGET, reasoning="x", actor=scene.officer
        )
    with clock.at(date(2017, 7, 16)):
        proposal = propose_revocation(scene.pilot, **FALSE_DATA, actor=scene.officer)
    with clock.at(date(2017, 7, 17)), pytest.raises(WrongState, match="16-07-2017"):
        decide_revocation(proposal, note="", actor=scene.holder)
    with clock.at(date(2017, 7, 16)):
        decision = decide_revocation(proposal, note="", actor=scene.holder)
    assert decision.amount_cents == GRANTED - 1
    assert scene.pilot.settled_cents == GRANTED - 1
    kinds = [one.kind for one in db.session.query(Decision).filter_by(pilot_id=scene.pilot.id)]
    assert kinds == [DecisionKind.SUBSIDY_SETTLED, DecisionKind.SUBSIDY_REVOKED]
    assert money_holds(scene)


def test_nobody_revokes_after_five_years(scene: Settling) -> None:
    scene.settle(GRANTED)
    with clock.at(date(2017, 7, 17)), pytest.raises(WrongState, match="vijf jaar"):
        propose_revocation(scene.pilot, **FALSE_DATA, actor=scene.officer)


def test_the_term_runs_from_the_request(scene: Settling) -> None:
    scene.pilot.arrangement = 2
    assert settlement_due_on(scene.pilot) is None
    scene.pilot.settlement_requested_on = date(2012, 2, 13)
    db.session.flush()
    # 22 weeks later
    assert settlement_due_on(scene.pilot) == TODAY
    scene.report(FinalReportStatus.ACCEPTED)
    scene.settle(GRANTED)
    assert settlement_due_on(scene.pilot) is None


def test_without_a_request_the_term_runs_from_the_last_day(scene: Settling) -> None:
    scene.pilot.ends_on = date(2012, 2, 13)
    assert settlement_due_on(scene.pilot) == TODAY
