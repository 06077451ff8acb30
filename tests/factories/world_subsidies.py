"""The records of the world of access about subsidies: a round, and in each region a pilot."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from tests.factories.action_plans import Stage
from tests.factories.people import make_person
from tests.factories.subsidies import (
    make_application,
    make_decider,
    make_granted,
    make_instalment,
    make_limits,
    make_payment,
    make_proposal,
    make_recovery,
    make_round,
    make_scheme,
)
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import NoticeKind, ProposalKind
from vpt_regio.extensions import db
from vpt_regio.models.applications import ApplicantLink, Attachment
from vpt_regio.models.decisions import Decision
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.pilot_reports import ChangeNotice, PilotFinalReport
from vpt_regio.models.programmes import Programme
from vpt_regio.models.subsidies import SubsidyRound


def make_national_subsidies(programme: Programme) -> dict[str, Any]:
    """Return the parts of addresses of what belongs to the whole programme."""
    make_limits(programme)
    scheme = make_scheme(programme)
    return {"scheme_id": scheme.id, "round_id": make_round(scheme).id}


def make_regional_subsidies(stage: Stage) -> dict[str, Any]:
    """Return the parts of addresses of an application and a pilot in one region."""
    in_round = db.session.scalars(select(SubsidyRound).order_by(SubsidyRound.id)).first()
    assert in_round is not None
    author = make_person(stage.programme, Role.POLICY_OFFICER)
    decider = make_decider(stage.programme)
    application = make_application(in_round, region=stage.region)
    proposal = make_proposal(application, ProposalKind.GRANT, author=author, amount_cents=15_000_00)
    pilot = make_granted(in_round, author=author, decider=decider, region=stage.region)
    decision = db.session.scalars(
        select(Decision).where(Decision.application_id == pilot.application_id)
    ).one()
    payment = make_payment(pilot, 1_000_00, recorder=author)
    recovery = make_recovery(
        pilot, decision, 1_000_00, recorder=author, demanded_on=date(2012, 7, 10)
    )
    attachment = Attachment(
        application_id=application.id,
        file_name="begroting.pdf",
        content_type="application/pdf",
        size=8,
        sha256="0" * 64,
        content=b"%PDF-1.4",
    )
    link = ApplicantLink(
        token_hash=f"{application.id:064d}",
        application_id=application.id,
        email="aanvrager@vpt.example",
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
        made_by_id=author.id,
        expires_at=datetime(2126, 1, 1, tzinfo=UTC),
    )
    notice = ChangeNotice(
        pilot_id=pilot.id,
        kind=NoticeKind.DELAY,
        explanation="Het wordt later.",
        noticed_on=date(2012, 7, 11),
    )
    report = PilotFinalReport(pilot_id=pilot.id)
    db.session.add_all([attachment, link, notice, report])
    db.session.flush()
    opinion = Attachment(
        final_report_id=report.id,
        file_name="verklaring.pdf",
        content_type="application/pdf",
        size=8,
        sha256="1" * 64,
        content=b"%PDF-1.4",
    )
    db.session.add(opinion)
    db.session.flush()
    return {
        "application_id": application.id,
        "proposal_id": proposal.id,
        "attachment_id": attachment.id,
        "link_id": link.id,
        "pilot_id": pilot.id,
        "instalment_id": make_instalment(pilot, 5_000_00).id,
        "pilot_payment_id": payment.id,
        "recovery_id": recovery.id,
        "notice_id": notice.id,
        "report_attachment_id": opinion.id,
        "period_id": db.session.scalars(select(ReportingPeriod.id)).first(),
    }
