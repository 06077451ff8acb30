"""The final report of a subsidised pilot: written, submitted, returned and accepted.

What it has to tell follows from the arrangement. A submitted report does not change any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.pilot_report import LineFacts, ReportFacts, parts_of, report_gaps
from vpt_regio.domain.subsidy_codes import FinalReportStatus, PilotStatus, ReportLineKind
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.pilots import PILOT, PILOT_FINAL_REPORT
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.people import Person
from vpt_regio.models.pilot_reports import FinalReportLine, PilotFinalReport
from vpt_regio.models.pilots import Pilot
from vpt_regio.policies import Actor, person_of
from vpt_regio.queries.attachments import list_attachments
from vpt_regio.queries.final_pilot_reports import wrote_report
from vpt_regio.services import audit, recipient_notices, transitions
from vpt_regio.services.pilots import lock
from vpt_regio.services.plan_parts import cleaned

WRITABLE = (FinalReportStatus.DRAFT, FinalReportStatus.RETURNED)


@dataclass(frozen=True)
class ReportLineData:
    """Planned and realised of one activity (in words) or one cost (in cents)."""

    kind: ReportLineKind
    subject: str
    planned: str = ""
    realised: str = ""
    planned_cents: int | None = None
    realised_cents: int | None = None
    explanation: str = ""


@dataclass(frozen=True)
class FinalReportData:
    """What a final report says."""

    results: str = ""
    lessons: str = ""
    obligations: str = ""
    lines: tuple[ReportLineData, ...] = ()


def write_final_report(
    pilot: Pilot,
    data: FinalReportData,
    *,
    actor: Actor,
    expected_version: int | None = None,
) -> PilotFinalReport:
    """Begin or change the final report of a pilot; it may be incomplete until it is submitted.

    The field of a problem in a line is `activity_<number>_<name>` or `cost_<number>_<name>`,
    counted from 1 within its kind.
    """
    role = policies.require(actor, Permission.PILOT_REPORT, pilot)
    lock(pilot)
    _require_awarded(pilot)
    report = pilot.final_report or PilotFinalReport(pilot=pilot)
    if report.id is not None:
        db.session.refresh(report)
        transitions.check_version(report, expected_version)
        _require_writable(report)
    raise_all(_line_errors(data.lines))
    before = _details(report)
    report.results = cleaned(data.results, field="results")
    report.lessons = cleaned(data.lessons, field="lessons")
    report.obligations = cleaned(data.obligations, field="obligations")
    if _given(data.lines) != _kept(report):
        _replace_lines(report, data.lines)
    report.author = person_of(actor) or report.author
    db.session.add(report)
    db.session.flush()
    after = _details(report)
    if after != before:
        details = {"before": before, "after": after}
        audit.record("pilot_final_report.written", report, actor=actor, role=role, details=details)
    return report


def submit_final_report(
    report: PilotFinalReport, *, actor: Actor, expected_version: int | None = None
) -> TransitionRecord:
    """Submit a complete report; the pilot then waits for the settlement."""
    _begin(report, Permission.PILOT_REPORT, actor, expected_version)
    _require_awarded(report.pilot)
    # the day must stand there when the new status is stored, and not before
    with db.session.no_autoflush:
        report.submitted_on, report.return_note = clock.today(), ""
        record = transitions.apply(report, "submit", workflow=PILOT_FINAL_REPORT, actor=actor)
    transitions.apply(report.pilot, "report", workflow=PILOT, actor=actor)
    report.pilot.settlement_requested_on = clock.today()
    db.session.flush()
    recipient_notices.tell_submitted(report, actor=actor)
    return record


def return_final_report(
    report: PilotFinalReport, *, note: str, actor: Person, expected_version: int | None = None
) -> TransitionRecord:
    """Send a submitted report back with what has to be better."""
    _begin(report, Permission.PILOT_MANAGE, actor, expected_version)
    inputs = {"note": cleaned(note, field="note")}
    record = transitions.apply(
        report, "return", workflow=PILOT_FINAL_REPORT, actor=actor, inputs=inputs
    )
    report.return_note = inputs["note"]
    transitions.apply(report.pilot, "return_report", workflow=PILOT, actor=actor, inputs=inputs)
    report.pilot.settlement_requested_on = None
    db.session.flush()
    recipient_notices.tell_returned(report)
    return record


def accept_final_report(
    report: PilotFinalReport, *, actor: Person, expected_version: int | None = None
) -> TransitionRecord:
    """Accept a submitted report; the subsidy itself is settled by a decision."""
    _begin(report, Permission.PILOT_MANAGE, actor, expected_version)
    record = transitions.apply(report, "accept", workflow=PILOT_FINAL_REPORT, actor=actor)
    report.accepted_on = clock.today()
    db.session.flush()
    recipient_notices.tell_accepted(report)
    return record


def facts_of(report: PilotFinalReport) -> ReportFacts:
    """Return a report as the rules see it."""
    numbers = dict.fromkeys(ReportLineKind, 0)
    lines = []
    for line in report.lines:
        numbers[line.kind] += 1
        lines.append(
            LineFacts(
                kind=line.kind,
                number=numbers[line.kind],
                subject=line.subject,
                planned=line.planned,
                realised=line.realised,
                planned_cents=line.planned_cents,
                realised_cents=line.realised_cents,
                explanation=line.explanation,
            )
        )
    documents = len(list_attachments(report)) if report.id is not None else 0
    return ReportFacts(report.results, report.obligations, lines, documents)


@transitions.guard(PILOT_FINAL_REPORT, Guard.COMPLETE)
def _is_complete(report: PilotFinalReport, _actor: Actor) -> list[DomainError]:
    errors: list[DomainError] = []
    for gap in report_gaps(facts_of(report), parts_of(report.pilot.arrangement)):
        at = f"{gap.line.kind}_{gap.line.number}_" if gap.line else ""
        params = {"subject": gap.line.subject} if gap.line else {}
        errors.append(Invalid(gap.message, field=f"{at}{gap.field}", params=params))
    return errors


@transitions.guard(PILOT_FINAL_REPORT, Guard.NOT_AUTHOR)
def _is_not_author(report: PilotFinalReport, actor: Person) -> list[DomainError]:
    if report.author_id != actor.id and not wrote_report(report, actor):
        return []
    message = N_("U hebt aan dit eindverslag geschreven. Laat een ander het beoordelen.")
    return [Invalid(message, code="author")]


def _begin(
    report: PilotFinalReport, right: Permission, actor: Actor, expected_version: int | None
) -> None:
    policies.require(actor, right, report)
    lock(report.pilot)
    db.session.refresh(report)
    transitions.check_version(report, expected_version)


def _require_awarded(pilot: Pilot) -> None:
    if pilot.granted_cents is None:
        raise WrongState(
            N_("Een pilot zonder subsidie heeft geen eindverslag. Leg de uitkomst vast.")
        )
    if pilot.status is not PilotStatus.AWARDED:
        raise WrongState(
            N_("De status van de pilot is nu ‘%(state)s’. Het eindverslag verandert niet meer."),
            params={"state": PILOT.state(pilot.status).label},
        )


def _require_writable(report: PilotFinalReport) -> None:
    if report.status not in WRITABLE:
        raise WrongState(
            N_("Het eindverslag is %(state)s en verandert niet meer."),
            params={"state": PILOT_FINAL_REPORT.state(report.status).label},
        )


def _line_errors(lines: Sequence[ReportLineData]) -> list[DomainError]:
    errors: list[DomainError] = []
    numbers = dict.fromkeys(ReportLineKind, 0)
    for line in lines:
        numbers[line.kind] += 1
        field = f"{line.kind}_{numbers[line.kind]}_"
        if not line.subject.strip():
            message = N_("Vul in waar deze regel over gaat.")
            errors.append(Invalid(message, field=f"{field}subject"))
        if line.kind is not ReportLineKind.COST:
            continue
        for name, cents in (("planned", line.planned_cents), ("realised", line.realised_cents)):
            if cents is None or cents < 0:
                message = N_("Vul een bedrag in van € 0 of meer.")
                errors.append(Invalid(message, field=f"{field}{name}"))
    return errors


def _replace_lines(report: PilotFinalReport, lines: Sequence[ReportLineData]) -> None:
    report.lines = []
    # places are unique: the lines of before go first
    db.session.add(report)
    db.session.flush()
    for position, values in enumerate(_given(lines), 1):
        kind, subject, planned, realised, planned_cents, realised_cents, explanation = values
        report.lines.append(
            FinalReportLine(
                position=position,
                kind=kind,
                subject=subject,
                planned=planned,
                realised=realised,
                planned_cents=planned_cents,
                realised_cents=realised_cents,
                explanation=explanation,
            )
        )
    # what a report says is in its lines too, so it gets a next version with them
    report.updated_at = clock.now()
    flag_modified(report, "updated_at")


LineValues = tuple[ReportLineKind, str, str, str, int | None, int | None, str]


def _given(lines: Sequence[ReportLineData]) -> list[LineValues]:
    """Return lines as they are kept: words of an activity, amounts of a cost."""
    found: list[LineValues] = []
    for line in lines:
        is_cost = line.kind is ReportLineKind.COST
        found.append(
            (
                line.kind,
                cleaned(line.subject, field="subject", maximum=300),
                "" if is_cost else cleaned(line.planned, field="planned"),
                "" if is_cost else cleaned(line.realised, field="realised"),
                line.planned_cents if is_cost else None,
                line.realised_cents if is_cost else None,
                cleaned(line.explanation, field="explanation"),
            )
        )
    return found


def _kept(report: PilotFinalReport) -> list[LineValues]:
    return [
        (
            line.kind,
            line.subject,
            line.planned,
            line.realised,
            line.planned_cents,
            line.realised_cents,
            line.explanation,
        )
        for line in report.lines
    ]


def _details(report: PilotFinalReport) -> dict[str, object]:
    return {
        "results": report.results,
        "lessons": report.lessons,
        "obligations": report.obligations,
        "lines": [[str(part) for part in line if part not in ("", None)] for line in _kept(report)],
    }
