"""The histories of a subsidy: every step that somebody may try, by whoever, at any moment."""

from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.integration.stateful.history import pick
from tests.integration.stateful.subsidy_scene import EVERYBODY, MINISTRY
from tests.integration.stateful.subsidy_steps import REPORT, SubsidySteps
from vpt_regio import clock
from vpt_regio.domain.subsidy_codes import PilotOutcome, ProposalKind, RevocationGround
from vpt_regio.models.applications import SubsidyApplication, SubsidyProposal
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

NUMBERS = st.integers(0, 3)
NOTES = st.sampled_from(["", "Zo is het.", "Bij nader inzien."])
# how far from what would just fit, in cents
OFF_BY = st.sampled_from([-5_000_00, -1, 0, 0, 1])
SEEDS = st.integers(0, 2**32 - 1)
everybody, ministry = st.sampled_from(EVERYBODY), st.sampled_from(MINISTRY)


class SubsidyHistories(SubsidySteps):
    """The rules; each history starts from the same stored scene."""

    # the application -------------------------------------------------------------------------

    @rule(
        who=everybody,
        number=NUMBERS,
        note=NOTES,
        step=st.sampled_from(["submit", "ask", "complete", "take_up", "withdraw", "late"]),
    )
    def move_application(self, who: str, number: int, note: str, step: str) -> None:
        application = self.scene.application(number)
        verbs: dict[str, tuple[Any, dict[str, Any]]] = {
            "submit": (applications.submit_application, {}),
            "ask": (applications.ask_completion, {"what": note}),
            "complete": (applications.complete_application, {}),
            "take_up": (applications.take_up, {}),
            "withdraw": (applications.withdraw_application, {"note": note}),
            "late": (applications.record_late, {"received_at": None, "note": note}),
        }
        verb, values = verbs[step]
        self.attempt(who, verb, application, **values)

    @rule(
        who=ministry,
        number=NUMBERS,
        kind=st.sampled_from(
            [ProposalKind.GRANT, ProposalKind.PARTIAL_GRANT, ProposalKind.REJECTION]
        ),
        share=st.sampled_from([-1, 0, 1, 5_000_00]),
    )
    def propose_anything(self, who: str, number: int, kind: ProposalKind, share: int) -> None:
        application: SubsidyApplication = self.scene.application(number)
        self.propose_on(who, application, kind, share)

    @precondition(lambda self: self.has_proposals)
    @rule(who=everybody, number=NUMBERS)
    def decide_anything(self, who: str, number: int) -> None:
        self.decide_on(who, pick(self.open_proposals(), number))

    @rule(who=ministry, number=NUMBERS, sends_back=st.booleans(), note=NOTES)
    def drop_proposal(self, who: str, number: int, sends_back: bool, note: str) -> None:
        proposal = pick(self.all_of(SubsidyProposal)[::-1], number)
        if proposal is None:
            return
        if sends_back:
            self.attempt(who, subsidy_proposals.send_back, proposal, note=note)
        else:
            self.attempt(who, subsidy_proposals.withdraw_proposal, proposal)

    # the money -------------------------------------------------------------------------------

    @precondition(lambda self: self.has_pilots)
    @rule(who=everybody, number=NUMBERS, off=OFF_BY)
    def pay_anything(self, who: str, number: int, off: int) -> None:
        pilot = self.pilot(number)
        left = pilot.money.payable_cents if pilot.money else 0
        self.pay_to(who, pilot, left + off)

    @precondition(lambda self: self.has_pilots)
    @rule(who=ministry, number=NUMBERS, off=OFF_BY)
    def plan(self, who: str, number: int, off: int) -> None:
        pilot = self.pilot(number)
        half = (pilot.granted_cents or 0) // 2
        amounts = (half, (pilot.granted_cents or 0) - half + off)
        rows = [pilot_money.InstalmentRow(self.day, cents) for cents in amounts]
        self.attempt(who, pilot_money.plan_instalments, pilot, rows)

    @precondition(lambda self: self.has_payments)
    @rule(who=ministry, number=NUMBERS, off=OFF_BY, note=NOTES)
    def correct(self, who: str, number: int, off: int, note: str) -> None:
        payment = pick(self.all_of(PilotPayment)[::-1], number)
        self.attempt(
            who,
            pilot_money.correct_payment,
            payment,
            amount_cents=-payment.amount_cents - off,
            paid_on=self.day,
            reference="B2",
            reason=note,
        )

    # the report ------------------------------------------------------------------------------

    @precondition(lambda self: self.has_pilots)
    @rule(who=everybody, number=NUMBERS)
    def write(self, who: str, number: int) -> None:
        self.attempt(who, final_reports.write_final_report, self.pilot(number), REPORT)

    @precondition(lambda self: self.has_reports)
    @rule(
        who=everybody,
        number=NUMBERS,
        step=st.sampled_from(["submit", "accept", "return"]),
        note=NOTES,
    )
    def move_report(self, who: str, number: int, step: str, note: str) -> None:
        report = pick(self.all_of(PilotFinalReport), number)
        if step == "return":
            self.attempt(who, final_reports.return_final_report, report, note=note)
            return
        is_submission = step == "submit"
        verb = (
            final_reports.submit_final_report
            if is_submission
            else final_reports.accept_final_report
        )
        self.attempt(who, verb, report)

    # settlement and recovery -----------------------------------------------------------------

    @precondition(lambda self: self.has_pilots)
    @rule(
        who=everybody,
        number=NUMBERS,
        off=OFF_BY,
        with_ground=st.booleans(),
        is_ex_officio=st.booleans(),
    )
    def settle_anything(
        self, who: str, number: int, off: int, with_ground: bool, is_ex_officio: bool
    ) -> None:
        pilot = self.pilot(number)
        cents = (pilot.granted_cents or 0) + off
        self.settle_at(who, pilot, cents, with_ground=with_ground, is_ex_officio=is_ex_officio)

    @precondition(lambda self: self.has_pilots)
    @rule(who=everybody, number=NUMBERS, ground=st.sampled_from(RevocationGround), note=NOTES)
    def revoke_anything(self, who: str, number: int, ground: RevocationGround, note: str) -> None:
        values: dict[str, Any] = {"ground": ground, "reasoning": note}
        self.attempt(who, settlements.propose_revocation, self.pilot(number), **values)

    @precondition(lambda self: self.has_pilots)
    @rule(who=everybody, number=NUMBERS)
    def demand(self, who: str, number: int) -> None:
        self.attempt(who, recoveries.demand_recovery, self.pilot(number))

    @precondition(lambda self: self.has_recoveries)
    @rule(who=everybody, number=NUMBERS, off=OFF_BY)
    def receive(self, who: str, number: int, off: int) -> None:
        recovery = pick(self.all_of(Recovery)[::-1], number)
        money = recovery.pilot.money
        self.receive_on(who, recovery, (money.to_recover_cents if money else 0) + off)

    @precondition(lambda self: self.has_recoveries)
    @rule(who=everybody, number=NUMBERS, note=NOTES)
    def cancel(self, who: str, number: int, note: str) -> None:
        recovery = pick(self.all_of(Recovery)[::-1], number)
        self.attempt(who, recoveries.cancel_recovery, recovery, reason=note)

    @precondition(lambda self: self.has_pilots)
    @rule(who=everybody, number=NUMBERS, note=NOTES, closes=st.booleans())
    def finish(self, who: str, number: int, note: str, closes: bool) -> None:
        pilot = self.pilot(number)
        if closes:
            self.attempt(who, pilots.close_pilot, pilot)
        else:
            values: dict[str, Any] = {"reason": note, "source": ""}
            self.attempt(who, pilots.record_outcome, pilot, PilotOutcome.STOP, **values)

    # time, and the way that most subsidies go ------------------------------------------------

    @rule(days=st.sampled_from([1, 2, 30, 400, 1500]))
    def wait(self, days: int) -> None:
        self.pass_days(days)
        with clock.at(self.day):
            self.shadow.check(self.day)

    @initialize(seed=SEEDS, steps=st.integers(0, 16), number=NUMBERS)
    def begin(self, seed: int, steps: int, number: int) -> None:
        self.walk(Random(seed), steps, number)  # noqa: S311 - no secret

    @rule(seed=SEEDS, steps=st.integers(2, 10), number=NUMBERS)
    def go_on(self, seed: int, steps: int, number: int) -> None:
        self.walk(Random(seed), steps, number)  # noqa: S311 - no secret
