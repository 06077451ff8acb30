"""A pilot that was paid, and the people who settle it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.factories.subsidies import (
    make_decider,
    make_granted,
    make_payment,
    make_round,
    make_scheme,
)
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import FinalReportStatus, SettlementGround
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyProposal
from vpt_regio.models.decisions import Decision
from vpt_regio.models.people import Person
from vpt_regio.models.pilot_reports import PilotFinalReport
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.services.settlements import decide_settlement, propose_settlement

OFFICER, HOLDER = "vaststeller@vpt.example", "beslisser@vpt.example"
GRANTED = 15_000_00
OPTIONS: dict[str, Any] = {"ground": SettlementGround.NOT_DONE, "reasoning": "Een deel ging niet."}


@dataclass
class Settling:
    programme: Programme
    region: Region
    officer: Person
    holder: Person
    pilot: Pilot

    def propose(self, cents: int, **values: Any) -> SubsidyProposal:
        """Propose an amount: with a ground when it is lower than what was granted."""
        options = {**OPTIONS, "actor": self.officer, **values}
        if cents == self.pilot.granted_cents:
            options["ground"] = values.get("ground")
        return propose_settlement(self.pilot, amount_cents=cents, **options)

    def settle(self, cents: int, **values: Any) -> Decision:
        return decide_settlement(self.propose(cents, **values), note="", actor=self.holder)

    def report(self, status: FinalReportStatus) -> PilotFinalReport:
        """Make the final report, as it was handed in on paper."""
        is_in = status in (FinalReportStatus.SUBMITTED, FinalReportStatus.ACCEPTED)
        report = PilotFinalReport(
            pilot_id=self.pilot.id, status=status, submitted_on=date(2012, 7, 9) if is_in else None
        )
        db.session.add(report)
        db.session.flush()
        return report


def make_settling(*, paid: int = 0, amounts: tuple[int, ...] = (GRANTED,)) -> Settling:
    """Make a pilot of the first arrangement in Limburg, with what was paid to it (cents)."""
    programme = make_programme()
    region = make_region(programme)
    officer = make_person(programme, Role.POLICY_OFFICER, email=OFFICER)
    holder = make_decider(programme)
    holder.email = HOLDER
    pilot = make_granted(
        make_round(make_scheme(programme)),
        author=officer,
        decider=holder,
        amounts=amounts,
        region=region,
    )
    if paid:
        make_payment(pilot, paid, recorder=officer)
    db.session.flush()
    return Settling(programme, region, officer, holder, pilot)
