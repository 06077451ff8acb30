"""What people do with a subsidy, and the way that most of them go: from a draft to the closing."""

from datetime import timedelta
from random import Random
from typing import Any, ClassVar

from tests.integration.stateful.history import History, pick
from tests.integration.stateful.subsidy_scene import (
    DECIDERS,
    FIRST_DAY,
    LARGE,
    SubsidyScene,
)
from tests.integration.stateful.subsidy_shadow import SubsidyShadow
from vpt_regio.domain.subsidy_codes import (
    PilotOutcome,
    ProposalKind,
    ProposalStatus,
    RejectionGround,
    ReportLineKind,
    RevocationGround,
    SettlementGround,
)
from vpt_regio.models.applications import SubsidyApplication, SubsidyProposal
from vpt_regio.models.pilot_reports import PilotFinalReport
from vpt_regio.models.pilots import Pilot, PilotPayment, Recovery
from vpt_regio.queries.settlements import unclaimed_cents
from vpt_regio.services import (
    applications,
    final_reports,
    pilot_money,
    pilots,
    recoveries,
    settlements,
    subsidy_decisions,
    subsidy_proposals,
)

ON_PILOTS = (ProposalKind.SETTLEMENT, ProposalKind.REVOCATION)
ACTIVITY = final_reports.ReportLineData(
    kind=ReportLineKind.ACTIVITY,
    subject="Training",
    planned="Tien keer",
    realised="Acht keer",
    explanation="Twee keer te weinig deelnemers.",
)
REPORT = final_reports.FinalReportData(
    results="De maatregel helpt.", obligations="Nagekomen.", lines=(ACTIVITY,)
)


class SubsidySteps(History):
    """Two applications in one round, and the pilots that come from them."""

    scene: ClassVar[SubsidyScene]
    shadow_of = SubsidyShadow
    first_day = FIRST_DAY

    def look(self) -> None:
        self.has_pilots = bool(self.all_of(Pilot))
        self.has_payments = bool(self.all_of(PilotPayment))
        self.has_reports = bool(self.all_of(PilotFinalReport))
        self.has_recoveries = bool(self.all_of(Recovery))
        self.has_proposals = bool(self.open_proposals())

    def open_proposals(self) -> list[SubsidyProposal]:
        return self.all_of(SubsidyProposal, SubsidyProposal.status == ProposalStatus.OPEN)

    def pilot(self, number: int) -> Pilot:
        return pick(self.all_of(Pilot), number)

    # single steps, by whoever ----------------------------------------------------------------

    def propose_on(
        self, who: str, application: SubsidyApplication, kind: ProposalKind, share: int
    ) -> bool:
        """Propose; of a grant in part the first line gets so many cents less."""
        lines = [
            subsidy_proposals.LineProposal(
                line.id, line.requested_cents - (0 if place else share), "Minder nodig."
            )
            for place, line in enumerate(application.lines)
        ]
        is_rejection = kind is ProposalKind.REJECTION
        return self.attempt(
            who,
            subsidy_proposals.propose,
            application,
            kind,
            lines=lines if kind is ProposalKind.PARTIAL_GRANT else (),
            ground=RejectionGround.QUALITY if is_rejection else None,
            reasoning="Past bij het doel.",
        )

    def decide_on(self, who: str, proposal: SubsidyProposal) -> bool:
        verb = {
            ProposalKind.SETTLEMENT: settlements.decide_settlement,
            ProposalKind.REVOCATION: settlements.decide_revocation,
        }.get(proposal.kind, subsidy_decisions.decide_application)
        return self.attempt(who, verb, proposal, note="")

    def pay_to(self, who: str, pilot: Pilot, cents: int) -> bool:
        values: dict[str, Any] = {"paid_on": self.day, "reference": "B1", "instalment": None}
        return self.attempt(who, pilot_money.record_payment, pilot, amount_cents=cents, **values)

    def settle_at(
        self, who: str, pilot: Pilot, cents: int, *, with_ground: bool, is_ex_officio: bool
    ) -> bool:
        return self.attempt(
            who,
            settlements.propose_settlement,
            pilot,
            amount_cents=cents,
            ground=SettlementGround.NOT_DONE if with_ground else None,
            reasoning="Volgens het eindverslag.",
            is_ex_officio=is_ex_officio,
        )

    def receive_on(self, who: str, recovery: Recovery, cents: int) -> bool:
        values: dict[str, Any] = {"paid_on": self.day, "reference": "T1"}
        return self.attempt(
            who, recoveries.receive_recovery, recovery, amount_cents=cents, **values
        )

    # the way that most subsidies go ----------------------------------------------------------

    def walk(self, random: Random, steps: int, number: int) -> None:
        """Let people do what is expected of them in the present state, some steps long."""
        for _ in range(steps):
            application = self.scene.application(number)
            pilots_of = self.all_of(Pilot, Pilot.application_id == application.id)
            if self.open_proposals():
                self.decide(random)
            elif pilots_of:
                self.go_on_with(random, pilots_of[0])
            else:
                self.apply_for(random, application)

    def apply_for(self, random: Random, application: SubsidyApplication) -> None:
        by_applicant = application.requested_cents == sum(LARGE)
        who = "applicant" if by_applicant else "officer"
        moves = {
            "draft": lambda: self.attempt(who, applications.submit_application, application),
            "received": lambda: self.attempt("officer", applications.take_up, application),
            "incomplete": lambda: self.attempt(who, applications.complete_application, application),
            "under_assessment": lambda: self.propose(random, application),
            "rejected": lambda: self.propose(random, application),
        }
        move = moves.get(str(application.status))
        if move:
            move()

    def propose(self, random: Random, application: SubsidyApplication) -> None:
        kinds = [ProposalKind.GRANT, ProposalKind.PARTIAL_GRANT, ProposalKind.PARTIAL_GRANT]
        kind = random.choice([*kinds, *kinds, ProposalKind.REJECTION])
        share = random.choice([1, 5_000_00])
        self.propose_on(random.choice(["officer", "holder"]), application, kind, share)

    def decide(self, random: Random) -> None:
        proposal = self.open_proposals()[0]
        if not self.decide_on(random.choice(DECIDERS), proposal):
            self.decide_on("holder", proposal)

    def go_on_with(self, random: Random, pilot: Pilot) -> None:
        is_submitted = pilot.final_report is not None and pilot.final_report.status == "submitted"
        moves = {
            "awarded": [*[self.pay, self.report] * 3, self.settle, self.propose_more],
            "reported": [self.assess if is_submitted else self.settle],
            "settled": [*[self.even_out] * 4, self.settle, self.revoke],
            "revoked": [self.even_out],
            "closed": [self.settle, self.revoke],
            "lapsed": [self.propose_more],
        }
        moves_now = moves.get(str(pilot.status))
        if moves_now:
            random.choice(moves_now)(random, pilot)

    def pay(self, random: Random, pilot: Pilot) -> None:
        left = pilot.money.payable_cents if pilot.money else 0
        self.pay_to("officer", pilot, random.choice([left, left // 2, left // 3 + 1]))

    def report(self, _random: Random, pilot: Pilot) -> None:
        self.attempt("leader", final_reports.write_final_report, pilot, REPORT)
        for report in self.all_of(PilotFinalReport, PilotFinalReport.pilot_id == pilot.id):
            self.attempt("leader", final_reports.submit_final_report, report)

    def assess(self, random: Random, pilot: Pilot) -> None:
        report = pilot.final_report
        if random.random() < 0.1:
            self.attempt("officer", final_reports.return_final_report, report, note="Vul aan.")
        else:
            self.attempt("officer", final_reports.accept_final_report, report)

    def settle(self, random: Random, pilot: Pilot) -> None:
        granted = pilot.granted_cents or 0
        cents = random.choice([granted, granted - 1, granted // 2, granted // 2, 0])
        self.settle_at(
            "officer",
            pilot,
            cents,
            with_ground=cents < granted,
            is_ex_officio=random.random() < 0.3,
        )

    def revoke(self, _random: Random, pilot: Pilot) -> None:
        self.attempt(
            "officer",
            settlements.propose_revocation,
            pilot,
            ground=RevocationGround.FALSE_DATA,
            reasoning="De gegevens klopten niet.",
        )

    def even_out(self, random: Random, pilot: Pilot) -> None:
        """Pay what is still to be paid, or claim what is too much and book what comes in."""
        money = pilot.money
        if money is None or money.is_even:
            self.close(random, pilot)
        elif money.payable_cents:
            self.pay_to("officer", pilot, money.payable_cents)
        else:
            claims = self.all_of(
                Recovery, Recovery.pilot_id == pilot.id, Recovery.cancelled_on.is_(None)
            )
            if not claims or unclaimed_cents(pilot):
                self.attempt("officer", recoveries.demand_recovery, pilot)
            else:
                self.receive_or_cancel(random, claims[0], money.to_recover_cents)
            # once it is too late to claim, the rest does not stand in the way
            if pilot.barred_cents_on(self.day):
                self.close(random, pilot)

    def receive_or_cancel(self, random: Random, claim: Recovery, left: int) -> None:
        if random.random() < 0.2:
            self.attempt("officer", recoveries.cancel_recovery, claim, reason="Opnieuw.")
        else:
            self.receive_on("officer", claim, random.choice([left, left, left // 2 + 1]))

    def close(self, _random: Random, pilot: Pilot) -> None:
        if pilot.outcome is None:
            values = {"reason": "Het werkt.", "source": "Eindverslag"}
            self.attempt("officer", pilots.record_outcome, pilot, PilotOutcome.SCALE_UP, **values)
        self.attempt("officer", pilots.close_pilot, pilot)

    def propose_more(self, random: Random, pilot: Pilot) -> None:
        """Decide anew on the application, mostly otherwise: the grant of the pilot follows."""
        if pilot.application is not None and random.random() < 0.3:
            self.propose_on("officer", pilot.application, ProposalKind.REJECTION, 0)
        elif pilot.application is not None:
            self.propose(random, pilot.application)

    def pass_days(self, days: int) -> None:
        self.day += timedelta(days)
