"""Random histories of subsidies: none pays more than is due, decides alone or recovers twice."""

from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.stateful.subsidy_machine import SubsidyHistories
from tests.integration.stateful.subsidy_scene import SubsidyScene, set_subsidy_scene
from tests.integration.stateful.subsidy_steps import REPORT, SubsidySteps
from vpt_regio.domain.subsidy_codes import PilotOutcome, ProposalKind, RevocationGround
from vpt_regio.models.pilot_reports import PilotFinalReport
from vpt_regio.models.pilots import PilotPayment, Recovery
from vpt_regio.services import (
    applications,
    final_reports,
    pilot_money,
    pilots,
    recoveries,
    settlements,
    subsidy_proposals,
)

HISTORIES = settings(
    max_examples=25,  # on each database: fifty in all
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=False,
    # a history that fails is short enough to read
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# what has to happen in some history, or else the histories prove nothing
HAPPENS = (
    "subsidy_application submit",
    "subsidy_application grant",
    "subsidy_application grant_in_part",
    "subsidy_application reject",
    "record_payment",
    "pilot report",
    "pilot_final_report accept",
    "pilot settle",
    "pilot settle_anew",
    "pilot revoke",
    "demand_recovery",
    "receive_recovery",
    "pilot close",
    "refused",
)


@pytest.mark.usefixtures("context")
def test_what_must_be_true_stays_true_in_every_history() -> None:
    class Histories(SubsidyHistories):
        scene: ClassVar[SubsidyScene] = set_subsidy_scene()
        counts: ClassVar[Counter[str]] = Counter()

    run_state_machine_as_test(Histories, settings=HISTORIES)
    assert [what for what in HAPPENS if not Histories.counts[what]] == []


@pytest.mark.usefixtures("context")
def test_a_subsidy_goes_all_the_way() -> None:
    """The steps that the histories are made of lead to the end, by way of every kind of claim."""

    class Scripted(SubsidyHistories):
        scene: ClassVar[SubsidyScene] = set_subsidy_scene()
        counts: ClassVar[Counter[str]] = Counter()

    history = Scripted()
    try:
        _award_twice(history)
        done = [*_account_for(history), *_claim_back(history), *_decide_anew(history)]
        done += [*_revoke(history), *_end(history)]
        states = [str(history.pilot(number).status) for number in (0, 1)]
        money = history.pilot(1).money
    finally:
        history.teardown()
    assert all(done), done
    assert states == ["awarded", "closed"]
    assert money is not None
    assert (money.paid_cents, money.recovered_cents, money.due_cents) == (27_000_00, 27_000_00, 0)
    assert Scripted.counts["pilot lapse"] == Scripted.counts["pilot award_again"] == 1
    assert Scripted.counts["cancel_recovery"] == 1
    assert Scripted.counts["pilot settle_anew"] == 1
    assert Scripted.counts["pilot close"] == 2


def _award_twice(history: SubsidySteps) -> None:
    """Grant the small application, reject it at second thoughts, and grant it after all."""
    small, large = (history.scene.application(number) for number in (1, 0))
    for application, who in ((small, "officer"), (large, "applicant")):
        assert history.attempt(who, applications.submit_application, application)
        assert history.attempt("officer", applications.take_up, application)
    for kind in (ProposalKind.GRANT, ProposalKind.REJECTION, ProposalKind.GRANT):
        assert history.propose_on("officer", small, kind, 0)
        assert history.decide_on("holder", history.open_proposals()[0])
    # all that is asked does not fit the ceiling any more: five thousand less does
    assert history.propose_on("officer", large, ProposalKind.GRANT, 0)
    (whole,) = history.open_proposals()
    assert not history.decide_on("holder", whole)
    assert history.attempt("holder", subsidy_proposals.send_back, whole, note="Te veel.")
    assert history.propose_on("officer", large, ProposalKind.PARTIAL_GRANT, 5_000_00)
    assert history.decide_on("deciding_officer", history.open_proposals()[0])


def _account_for(history: SubsidySteps) -> list[bool]:
    """Pay, take a payment back and pay again, report, and settle for less than was paid."""
    pilot = history.pilot(1)
    row = pilot_money.InstalmentRow(history.day, 25_000_00)
    plan = pilot_money.plan_instalments
    paid = [
        not history.attempt("officer", plan, pilot, [row, row]),
        history.attempt("officer", plan, pilot, [row]),
    ]
    paid += [history.pay_to("officer", pilot, 25_000_00), not history.pay_to("officer", pilot, 1)]
    (payment,) = history.all_of(PilotPayment)
    values = {"paid_on": history.day, "reference": "B2", "reason": "Verkeerde rekening."}
    paid += [
        history.attempt("officer", pilot_money.correct_payment, payment, amount_cents=-1, **values),
        history.pay_to("officer", pilot, 1),
        not history.settle_at("officer", pilot, 1, with_ground=True, is_ex_officio=False),
        history.attempt("leader", final_reports.write_final_report, pilot, REPORT),
    ]
    (report,) = history.all_of(PilotFinalReport)
    return [
        *paid,
        history.attempt("leader", final_reports.submit_final_report, report),
        history.attempt("officer", final_reports.accept_final_report, report),
        history.settle_at("officer", pilot, 10_000_00, with_ground=True, is_ex_officio=False),
        not history.decide_on("low_holder", history.open_proposals()[0]),
        history.decide_on("holder", history.open_proposals()[0]),
    ]


def _claim_back(history: SubsidySteps) -> list[bool]:
    """Claim, receive a part, let it lapse, and claim again."""
    pilot = history.pilot(1)
    demand = recoveries.demand_recovery
    done = [
        history.attempt("officer", demand, pilot),
        not history.attempt("officer", demand, pilot),
    ]
    (claim,) = history.all_of(Recovery)
    return [
        *done,
        not history.attempt("officer", demand, pilot),
        history.receive_on("officer", claim, 5_000_00),
        history.attempt("officer", recoveries.cancel_recovery, claim, reason="Verkeerd adres."),
        history.attempt("officer", demand, pilot),
        not history.receive_on("officer", claim, 10_000_01),
        history.receive_on("officer", claim, 10_000_00),
    ]


def _decide_anew(history: SubsidySteps) -> list[bool]:
    """Settle higher than what was received back leaves: money is payable again; then close."""
    pilot = history.pilot(1)
    return [
        history.settle_at("officer", pilot, 12_000_00, with_ground=True, is_ex_officio=False),
        history.decide_on("holder", history.open_proposals()[0]),
        not history.pay_to("officer", pilot, 2_000_01),
        history.pay_to("officer", pilot, 2_000_00),
        *_end(history),
    ]


def _revoke(history: SubsidySteps) -> list[bool]:
    """Revoke what was closed, and claim all that is left."""
    pilot = history.pilot(1)
    values = {"ground": RevocationGround.FALSE_DATA, "reasoning": "Onjuiste gegevens."}
    (claim,) = history.all_of(Recovery)
    done = [
        history.attempt("officer", settlements.propose_revocation, pilot, **values),
        history.decide_on("holder", history.open_proposals()[0]),
        not history.receive_on("officer", claim, 1),
        history.attempt("officer", recoveries.demand_recovery, pilot),
        not history.attempt("officer", pilots.close_pilot, pilot),
    ]
    return [*done, history.receive_on("officer", history.all_of(Recovery)[-1], 12_000_00)]


def _end(history: SubsidySteps) -> list[bool]:
    pilot = history.pilot(1)
    values = {"reason": "Het werkt niet.", "source": ""}
    done = []
    if pilot.outcome is None:
        done = [
            not history.attempt("officer", pilots.close_pilot, pilot),
            history.attempt("officer", pilots.record_outcome, pilot, PilotOutcome.STOP, **values),
        ]
    return [*done, history.attempt("officer", pilots.close_pilot, pilot)]
