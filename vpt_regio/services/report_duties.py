"""Scoring the watch duties at a half-year, while the report lies with the account manager."""

from collections.abc import Mapping

from sqlalchemy.orm.attributes import flag_modified

from vpt_regio import clock, policies
from vpt_regio.domain.enums import DutyScore, WatchDuty
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.reports import REPORT, ReportStatus
from vpt_regio.errors import Invalid, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport, ReportDutyScore
from vpt_regio.services import audit, transitions
from vpt_regio.services.plan_parts import cleaned


def score_report_duties(
    report: ProgressReport,
    *,
    scores: Mapping[WatchDuty, tuple[DutyScore, str]],
    actor: Person,
    expected_version: int | None = None,
) -> list[ReportDutyScore]:
    """Score aspects of the watch duties, each with a note; a later score takes the place.

    Raises NotAllowed, Conflict, WrongState once the report is no longer submitted, or Invalid
    when nothing is scored. Source: the covenant names what the account manager watches over.
    """
    role = policies.require(actor, Permission.REPORT_ACCEPT, report)
    transitions.check_version(report, expected_version)
    if report.status is not ReportStatus.SUBMITTED:
        raise WrongState(
            N_("Dit kan alleen zolang de rapportage bij u ligt. De status is nu ‘%(state)s’."),
            params={"state": REPORT.state(report.status).label},
        )
    if not scores:
        raise Invalid(N_("Geef bij minstens één aandachtspunt een oordeel."))
    known = {score.duty: score for score in report.duty_scores}
    for duty, (judgement, note) in scores.items():
        score = known.get(duty)
        if score is None:
            score = ReportDutyScore(duty=duty)
            report.duty_scores.append(score)
        score.score = judgement
        score.note = cleaned(note, field=f"note_{duty}")
        score.scored_by, score.scored_on = actor, clock.today()
    # the scores are part of what the version of a report protects
    report.updated_at = clock.now()
    flag_modified(report, "updated_at")
    db.session.flush()
    details = {str(duty): str(judgement) for duty, (judgement, _note) in scores.items()}
    audit.record(
        "report.duties_scored", report, actor=actor, role=role, details={"scores": details}
    )
    return report.duty_scores
