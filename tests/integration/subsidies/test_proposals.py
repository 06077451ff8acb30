"""Proposals on applications, and the decisions that others make from them."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import func, select

from tests.factories.people import make_person
from tests.factories.regions import make_programme
from tests.factories.subsidies import (
    RECEIVED,
    make_application,
    make_decider,
    make_declared,
    make_limits,
    make_payment,
    make_pilot,
    make_round,
    make_scheme,
)
from vpt_regio import clock
from vpt_regio.documents.fields import Field
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import (
    ApplicationStatus,
    PilotStatus,
    ProposalKind,
    ProposalStatus,
    RejectionGround,
)
from vpt_regio.errors import DomainError, Invalid, NotAllowed, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication, SubsidyProposal
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.people import Person
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.programmes import Programme
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.pilots import pilot_of
from vpt_regio.queries.subsidy_outcomes import counts_on, meter_on
from vpt_regio.queries.subsidy_proposals import granted_on
from vpt_regio.services.application_contents import TEXTS, ApplicationData, LineData
from vpt_regio.services.applications import submit_application, take_up, write_application
from vpt_regio.services.decision_letters import letter_fields
from vpt_regio.services.subsidy_decisions import decide_application, decide_together
from vpt_regio.services.subsidy_proposals import (
    LineProposal,
    propose,
    send_back,
    withdraw_proposal,
)
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

GRANT, PART, REJECTION = ProposalKind.GRANT, ProposalKind.PARTIAL_GRANT, ProposalKind.REJECTION
CEILING = 40_000_00


@dataclass
class Stage:
    programme: Programme
    round: SubsidyRound
    officer: Person
    decider: Person


@pytest.fixture
def stage() -> Stage:
    with unit_of_work():
        programme = make_programme()
        make_limits(programme)
        in_round = make_round(make_scheme(programme), ceiling_cents=CEILING)
        officer = make_person(programme, Role.POLICY_OFFICER)
        return Stage(programme, in_round, officer, make_decider(programme))


def _application(stage: Stage, *amounts: int) -> SubsidyApplication:
    with unit_of_work():
        return make_application(stage.round, amounts=amounts or (10_000_00, 5_000_00))


def _propose(
    stage: Stage, application: SubsidyApplication, kind: ProposalKind = GRANT, *cents: int
) -> SubsidyProposal:
    """Propose; `cents` is what is granted of each line."""
    lines = [
        LineProposal(line.id, granted, "" if granted == line.requested_cents else "Te duur.")
        for line, granted in zip(application.lines, cents, strict=False)
    ]
    with unit_of_work():
        return propose(
            application,
            kind,
            lines=lines,
            ground=RejectionGround.QUALITY if kind is REJECTION else None,
            reasoning="Past bij het doel.",
            actor=stage.officer,
        )


def _decide(stage: Stage, proposal: SubsidyProposal) -> Decision:
    with unit_of_work():
        return decide_application(proposal, note="", actor=stage.decider)


def _refused(proposal: SubsidyProposal, actor: Person) -> DomainError:
    with pytest.raises(DomainError) as refusal, unit_of_work():
        decide_application(proposal, note="", actor=actor)
    assert proposal.status is ProposalStatus.OPEN
    return refusal.value


def _messages(error: DomainError) -> list[str]:
    return [str(one) for one in getattr(error, "errors", [error])]


def test_a_grant_that_a_source_told_is_decided_on_as_one_amount(stage: Stage) -> None:
    with unit_of_work():
        application = make_declared(stage.round, 9_300_00)
        pilot = make_pilot(application, granted_cents=9_300_00)

    def proposed(cents: int | None) -> SubsidyProposal:
        with unit_of_work():
            return propose(
                application,
                PART,
                amount_cents=cents,
                reasoning="Een deel hoort hier niet bij.",
                actor=stage.officer,
            )

    for nothing in (None, 0, -1):
        with pytest.raises(Invalid, match="meer dan 0 euro"):
            proposed(nothing)
    decision = _decide(stage, proposed(8_000_00))
    assert (decision.amount_cents, decision.replaces_id) == (8_000_00, None)
    assert application.status is ApplicationStatus.PARTIALLY_GRANTED
    assert pilot.granted_cents == 8_000_00
    assert "8.000" in letter_fields(decision)[Field.AMOUNT]
    counts = counts_on(clock.today(), [stage.round])[stage.round.id]
    assert (counts.partially_granted, counts.granted_cents) == (1, 8_000_00)


def test_a_grant_is_a_numbered_decision_and_a_pilot(stage: Stage) -> None:
    application = _application(stage)
    proposal = _propose(stage, application)
    with unit_of_work():
        decision = decide_application(proposal, note="Goed plan.", actor=stage.decider)
    assert decision.kind is DecisionKind.SUBSIDY_GRANTED
    assert decision.reference.endswith("-2012-0001")
    assert decision.note == "Past bij het doel.\nGoed plan."
    assert decision.mandate is not None
    assert decision.amount_cents == 15_000_00
    assert (proposal.status, proposal.decision_id) == (ProposalStatus.DECIDED, decision.id)
    assert application.status is ApplicationStatus.GRANTED
    pilot = pilot_of(application)
    assert pilot is not None
    assert (pilot.granted_cents, pilot.arrangement) == (15_000_00, 1)
    with pytest.raises(WrongState), unit_of_work():
        decide_application(proposal, note="", actor=stage.decider)


def test_a_grant_in_part_says_of_each_line_how_much_and_why(stage: Stage) -> None:
    application = _application(stage)
    first, second = application.lines
    with pytest.raises(SeveralErrors) as refusal, unit_of_work():
        propose(
            application,
            PART,
            lines=[LineProposal(first.id, 10_000_01), LineProposal(second.id, 4_000_00)],
            reasoning=" ",
            actor=stage.officer,
        )
    fields = [error.field for error in refusal.value.errors]
    assert fields == [f"granted_{first.id}", f"reason_{second.id}", "reasoning"]
    for cents, message in (((10_000_00, 5_000_00), "toekennen"), ((0, 0), "afwijzen")):
        with pytest.raises(Invalid, match=message):
            _propose(stage, application, PART, *cents)
    with pytest.raises(Invalid, match="elk onderdeel"):
        _propose(stage, application, PART, 10_000_00)
    proposal = _propose(stage, application, PART, 10_000_00, 0)
    assert [line.reason for line in proposal.lines] == ["", "Te duur."]
    decision = _decide(stage, proposal)
    assert decision.kind is DecisionKind.SUBSIDY_PARTIALLY_GRANTED
    assert decision.amount_cents == granted_on(application) == 10_000_00


def test_nobody_decides_alone(stage: Stage) -> None:
    with unit_of_work():
        both = make_decider(stage.programme, Role.POLICY_OFFICER)
        entered = make_application(stage.round, author_id=both.id)
        other = make_application(stage.round)
        own = propose(other, GRANT, reasoning="Goed.", actor=both)
    assert _refused(_propose(stage, entered), both).code == "not_author"
    assert _refused(own, both).code == "not_author"
    with pytest.raises(NotAllowed, match="zelf voorgesteld"), unit_of_work():
        send_back(own, note="Nee.", actor=both)
    assert other.status is ApplicationStatus.UNDER_ASSESSMENT


def test_who_may_not_grant_so_much_may_not_take_it_away(stage: Stage) -> None:
    with unit_of_work():
        low = make_decider(stage.programme, Role.POLICY_OFFICER, maximum=14_999_99)
    application = _application(stage)
    refused = _propose(stage, _application(stage), REJECTION)
    with unit_of_work():
        decide_application(refused, note="", actor=low)
    granted = _propose(stage, application)
    assert _refused(granted, low).code == "mandate_too_low"
    _decide(stage, granted)
    for proposal in (REJECTION, 10_000_00, 0), (PART, 10_000_00, 0):
        again = _propose(stage, application, *proposal)
        assert _refused(again, low).code == "mandate_too_low"
        with unit_of_work():
            withdraw_proposal(again, actor=stage.officer)


def test_whoever_changed_an_application_does_not_decide_on_it(stage: Stage) -> None:
    with unit_of_work():
        writer = make_decider(stage.programme, Role.POLICY_OFFICER)
        application = make_application(
            stage.round, status=ApplicationStatus.DRAFT, author_id=stage.officer.id
        )
        lines = (LineData("Materiaal", 14_000_00),)
        data = ApplicationData(
            **{name: getattr(application, name) for name in TEXTS},
            starts_on=application.starts_on,
            ends_on=application.ends_on,
            measure_ids=(),
            lines=lines,
        )
        write_application(application, data, actor=writer)
        submit_application(application, actor=stage.officer, received_at=RECEIVED)
        take_up(application, actor=stage.officer)
    proposal = _propose(stage, application)
    assert _refused(proposal, writer).code == "not_author"
    _decide(stage, proposal)


def test_a_decision_takes_a_mandate_for_the_amount(stage: Stage) -> None:
    with unit_of_work():
        without = make_person(stage.programme, Role.MANDATE_HOLDER)
        little = make_decider(stage.programme, maximum=14_999_99)
        enough = make_decider(stage.programme, maximum=15_000_00)
    proposal = _propose(stage, _application(stage))
    assert "geen mandaat" in str(_refused(proposal, without))
    assert "14.999,99" in str(_refused(proposal, little))
    with unit_of_work():
        decide_application(proposal, note="", actor=enough)
    rejection = _propose(stage, _application(stage), REJECTION)
    with unit_of_work():
        # to reject grants nothing, whatever was asked
        assert decide_application(rejection, note="", actor=little).amount_cents is None


@pytest.mark.parametrize(("last", "fits"), [(25_000_00, True), (25_000_01, False)])
def test_the_ceiling_holds_to_the_cent(stage: Stage, last: int, fits: bool) -> None:
    _decide(stage, _propose(stage, _application(stage)))
    proposal = _propose(stage, _application(stage, last))
    if fits:
        _decide(stage, proposal)
        assert meter_on(clock.today(), stage.round).left_cents == 0
    else:
        error = _refused(proposal, stage.decider)
        assert (error.code, error.params["left"]) == ("ceiling", "€\u00a025.000")
        # to refuse always fits
        with unit_of_work():
            withdraw_proposal(proposal, actor=stage.officer)
        assert proposal.application is not None
        _decide(stage, _propose(stage, proposal.application, REJECTION))


def test_what_a_source_says_counts_against_the_ceiling(stage: Stage) -> None:
    with unit_of_work():
        make_application(
            stage.round,
            status=ApplicationStatus.GRANTED_SOME,
            declared_outcome=ApplicationStatus.GRANTED_SOME,
            declared_cents=20_000_00,
            declared_source="Brief",
        )
        stage.round.unlisted_granted_cents = 5_000_01
    assert meter_on(clock.today(), stage.round).left_cents == 14_999_99
    assert _refused(_propose(stage, _application(stage)), stage.decider).code == "ceiling"


def test_a_new_decision_takes_the_place_of_the_standing_one(stage: Stage) -> None:
    application = _application(stage)
    first = _decide(stage, _propose(stage, application))
    second = _decide(stage, _propose(stage, application, PART, 4_000_00, 5_000_00))
    pilot = pilot_of(application)
    assert pilot is not None
    assert (second.replaces_id, second.replacement_reason) == (first.id, "Past bij het doel.")
    assert (pilot.granted_cents, meter_on(clock.today(), stage.round).granted_cents) == (
        9_000_00,
        9_000_00,
    )
    third = _decide(stage, _propose(stage, application, REJECTION))
    assert (third.replaces_id, pilot.status) == (second.id, PilotStatus.LAPSED)
    assert meter_on(clock.today(), stage.round).granted_cents == 0
    again = _decide(stage, _propose(stage, application))
    assert (pilot.status, pilot.granted_cents) == (PilotStatus.AWARDED, 15_000_00)
    assert db.session.scalar(select(func.count()).select_from(Pilot)) == 1
    db.session.expire_all()
    assert [first.replaced_by, again.replaced_by] == [second, None]


def test_what_was_paid_stands_in_the_way_of_less(stage: Stage) -> None:
    application = _application(stage)
    _decide(stage, _propose(stage, application))
    pilot = pilot_of(application)
    assert pilot is not None
    with unit_of_work():
        make_payment(pilot, 9_000_00, recorder=stage.officer)
    less = _propose(stage, application, PART, 8_999_99, 0)
    assert "9.000,00" in str(_refused(less, stage.decider))
    with unit_of_work():
        withdraw_proposal(less, actor=stage.officer)
    assert _refused(_propose(stage, application, REJECTION), stage.decider).code == "paid"
    assert application.status is ApplicationStatus.GRANTED
    with unit_of_work():
        pilot.status, pilot.settled_cents = PilotStatus.SETTLED, 15_000_00
        pilot.settled_on = date(2012, 7, 16)
        proposal = db.session.scalars(
            select(SubsidyProposal).where(SubsidyProposal.status == ProposalStatus.OPEN)
        ).one()
        withdraw_proposal(proposal, actor=stage.officer)
    with pytest.raises(WrongState, match="vastgesteld"):
        _propose(stage, application)


def test_a_proposal_goes_back_with_a_note_and_a_new_one_may_follow(stage: Stage) -> None:
    application = _application(stage)
    proposal = _propose(stage, application)
    with pytest.raises(WrongState, match="ligt al een voorstel"):
        _propose(stage, application)
    with pytest.raises(Invalid), unit_of_work():
        send_back(proposal, note=" ", actor=stage.decider)
    with unit_of_work():
        send_back(proposal, note="Licht toe.", actor=stage.decider)
    assert (proposal.status, proposal.answer) == (ProposalStatus.SENT_BACK, "Licht toe.")
    with pytest.raises(WrongState), unit_of_work():
        decide_application(proposal, note="", actor=stage.decider)
    assert _decide(stage, _propose(stage, application)).amount_cents == 15_000_00


def test_a_proposal_does_not_outlive_what_it_was_about(stage: Stage) -> None:
    application = _application(stage)
    proposal = _propose(stage, application)
    with unit_of_work():
        application.lines[0].requested_cents = 9_000_00
        application.requested_cents = 14_000_00
    assert "veranderd" in str(_refused(proposal, stage.decider))
    with unit_of_work():
        draft = make_application(stage.round, status=ApplicationStatus.RECEIVED)
    with pytest.raises(WrongState, match="eerst in behandeling"):
        _propose(stage, draft)


def test_a_sitting_decides_on_all_or_on_nothing(stage: Stage) -> None:
    granted = _application(stage)
    _decide(stage, _propose(stage, granted))
    # together they fit to the cent, because one of them gives money back
    chosen = [
        _propose(stage, _application(stage, 25_000_00, 5_000_00)),
        _propose(stage, _application(stage), REJECTION),
        _propose(stage, granted, PART, 10_000_00, 0),
    ]
    over = _propose(stage, _application(stage, 1))
    with pytest.raises(Invalid, match="plafond"), unit_of_work():
        decide_together([*chosen, over], note="", actor=stage.decider)
    assert {one.status for one in chosen} == {ProposalStatus.OPEN}
    with pytest.raises(NotAllowed), unit_of_work():
        decide_together(chosen, note="", actor=make_person(stage.programme, Role.ADMINISTRATOR))
    with unit_of_work():
        decisions = decide_together(chosen, note="In één zitting.", actor=stage.decider)
    assert [one.decided_by_id for one in decisions] == [stage.decider.id] * 3
    assert {one.status for one in chosen} == {ProposalStatus.DECIDED}
    assert meter_on(clock.today(), stage.round).left_cents == 0


def test_a_sitting_tells_every_reason_at_once(stage: Stage) -> None:
    with unit_of_work():
        both = make_decider(stage.programme, Role.POLICY_OFFICER, maximum=10_000_00)
        mine = propose(make_application(stage.round), GRANT, reasoning="Goed.", actor=both)
        elsewhere = make_application(make_round(stage.round.scheme))
    other = _propose(stage, _application(stage, 30_000_00))
    with pytest.raises(SeveralErrors) as refusal, unit_of_work():
        decide_together([mine, other], note="", actor=both)
    told = " ".join(_messages(refusal.value))
    for part in ("zelf het voorstel", "€\u00a030.000", "plafond"):
        assert part in told
    for wrong in ([], [other, _propose(stage, elsewhere)]):
        with pytest.raises(Invalid, match="Kies"), unit_of_work():
            decide_together(wrong, note="", actor=stage.decider)
