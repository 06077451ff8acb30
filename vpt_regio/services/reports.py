"""Half-year reports: writing, submitting, returning and accepting them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from vpt_regio import clock, policies
from vpt_regio.domain.enums import ActivityStatus, Rag
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.reports import (
    WHOLE,
    ActivityFacts,
    ReportFacts,
    UnmeasuredFacts,
    activity_field,
    report_gaps,
)
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import REPORT, ReportStatus
from vpt_regio.errors import (
    DomainError,
    Invalid,
    NotAllowed,
    PeriodFrozen,
    WrongState,
    raise_all,
)
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.periods import (
    ActivityProgress,
    ProgressReport,
    ReportingPeriod,
    ReportSubmission,
)
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import is_over_before
from vpt_regio.queries.history import has_done
from vpt_regio.queries.region_row import SETTLED_PERIODS
from vpt_regio.queries.report_measurements import unmeasured
from vpt_regio.queries.reports import (
    earlier_progress,
    get_report,
    holding_versions,
    list_activities,
    told_apart_titles,
)
from vpt_regio.queries.snapshots import open_reopening
from vpt_regio.services import audit, report_notices, transitions
from vpt_regio.services.report_content import content_hash, submitted_content
from vpt_regio.standing import standing

REPORTING = (PeriodStatus.OPEN, PeriodStatus.COLLECTING)
WRITING_ACTIONS = ("report.changed", "report.submit")
EDITABLE = (ReportStatus.DRAFT, ReportStatus.RETURNED)


@dataclass(frozen=True)
class ProgressInput:
    """What somebody fills in about one activity; `percent` is 0 to 100."""

    status: ActivityStatus | None = None
    percent: int | None = None
    result: str = ""
    obstacle: str = ""
    next_step: str = ""


def start_report(region: Region, period: ReportingPeriod, *, actor: Person) -> ProgressReport:
    """Start a report with the activities of the plan that holds, or return the one there is.

    Status and progress of each activity come from the last accepted report; without a plan that
    holds the report has no activities. Raises NotAllowed, PeriodFrozen or WrongState.
    """
    policies.require(actor, Permission.REPORT_EDIT, region)
    existing = get_report(region.id, period.id)
    if existing is not None:
        return existing
    _require_reporting(period, region.id)
    went_up_later = region.id in standing().merged_after(period.ends_on)
    is_merged = region.status is RegionStatus.MERGED and not went_up_later
    if region.status is RegionStatus.EXPLORING or is_merged:
        raise WrongState(N_("Deze regio is niet actief en schrijft daarom geen rapportage."))
    if is_over_before(region, period.starts_on):
        raise WrongState(
            N_(
                "Het convenant van deze regio was al voorbij voor dit halfjaar begon."
                " Over dit halfjaar wordt geen rapportage gevraagd."
            )
        )
    report = ProgressReport(region=region, period=period, author=actor, status=ReportStatus.DRAFT)
    db.session.add(report)
    _add_activities(report)
    db.session.flush()
    audit.record("report.started", report, actor=actor, details={"period": period.code})
    return report


def add_missing_activities(report: ProgressReport, *, actor: Person) -> int:
    """Add the activities that the plan got since the report was started; return how many.

    Raises NotAllowed, PeriodFrozen or WrongState.
    """
    policies.require(actor, Permission.REPORT_EDIT, report)
    _require_editable(report)
    added = _add_activities(report)
    if added:
        _mark_changed(report, added, actor)
    return len(added)


def edit_report(
    report: ProgressReport,
    *,
    results: str,
    obstacles: str,
    outlook: str,
    rag: Rag | None,
    rag_explanation: str,
    activities: Mapping[int, ProgressInput],
    actor: Person,
    expected_version: int | None = None,
) -> ProgressReport:
    """Save what was written so far; a draft may be incomplete.

    `activities` maps the id of an activity to its progress; who is left out stays as it is.
    Raises NotAllowed, Conflict, PeriodFrozen, WrongState, or Invalid/SeveralErrors.
    """
    policies.require(actor, Permission.REPORT_EDIT, report)
    _require_editable(report)
    transitions.check_version(report, expected_version)
    raise_all(_progress_problems(report, activities))
    values = {
        "results": results,
        "obstacles": obstacles,
        "outlook": outlook,
        "rag": rag,
        "rag_explanation": rag_explanation,
    }
    changed = _assign(report, values)
    for row in report.activities:
        if row.activity_id in activities:
            number = row.activity.number
            entry = vars(activities[row.activity_id])
            changed += [f"{number}.{name}" for name in _assign(row, entry)]
    if changed:
        _mark_changed(report, changed, actor)
    return report


def submit_report(
    report: ProgressReport, *, actor: Person, expected_version: int | None = None
) -> ReportSubmission:
    """Hand a complete report in; what it says then is kept word for word, with its figures.

    Raises NotAllowed, Conflict, PeriodFrozen, WrongState, or Invalid/SeveralErrors with every
    gap at its field.
    """
    step = REPORT.transition("submit")
    policies.require(actor, step.permission, report)
    transitions.check_version(report, expected_version)
    transitions.check_state(report, step, REPORT)
    _require_reporting(report.period, report.region_id)
    with db.session.no_autoflush:
        report.submitted_by, report.submitted_on = actor, clock.today()
        transitions.apply(report, "submit", workflow=REPORT, actor=actor)
    content = submitted_content(report)
    submission = ReportSubmission(
        report_id=report.id,
        revision_no=len(report.submissions) + 1,
        submitted_at=clock.now(),
        submitted_by_id=actor.id,
        content=content,
        sha256=content_hash(content),
    )
    report.submissions.append(submission)
    db.session.flush()
    report_notices.tell_submitted(report, actor=actor)
    return submission


def withdraw_report(
    report: ProgressReport, *, actor: Person, expected_version: int | None = None
) -> None:
    """Make a submitted report a draft again; what was submitted stays kept word for word.

    Raises NotAllowed, Conflict, PeriodFrozen or WrongState.
    """
    step = REPORT.transition("withdraw")
    policies.require(actor, step.permission, report)
    transitions.check_version(report, expected_version)
    transitions.check_state(report, step, REPORT)
    _require_reporting(report.period, report.region_id)
    transitions.apply(report, "withdraw", workflow=REPORT, actor=actor)
    report.submitted_by, report.submitted_on = None, None
    db.session.flush()
    report_notices.tell_withdrawn(report, actor=actor)


def return_report(
    report: ProgressReport, *, note: str, actor: Person, expected_version: int | None = None
) -> None:
    """Send a submitted report back to the region, with what has to be better.

    Raises NotAllowed, Conflict, PeriodFrozen, WrongState, or Invalid without a note.
    """
    step = REPORT.transition("return")
    policies.require(actor, step.permission, report)
    transitions.check_state(report, step, REPORT)
    _require_reporting(report.period, report.region_id)
    transitions.apply(
        report,
        "return",
        workflow=REPORT,
        actor=actor,
        inputs={"note": note.strip()},
        expected_version=expected_version,
    )
    report.return_note = note.strip()
    db.session.flush()
    report_notices.tell_returned(report, actor=actor)


def accept_report(
    report: ProgressReport, *, actor: Person, expected_version: int | None = None
) -> None:
    """Accept a submitted report; from then on nobody changes it.

    Raises NotAllowed (also for who wrote or submitted it), Conflict, PeriodFrozen or WrongState.
    """
    step = REPORT.transition("accept")
    policies.require(actor, step.permission, report)
    transitions.check_version(report, expected_version)
    transitions.check_state(report, step, REPORT)
    _require_unfrozen(report.period, report.region_id)
    with db.session.no_autoflush:
        report.accepted_by, report.accepted_on = actor, clock.today()
        transitions.apply(report, "accept", workflow=REPORT, actor=actor)
    report_notices.tell_accepted(report, actor=actor)


def gaps_of(report: ProgressReport) -> list[DomainError]:
    """Return everything that keeps a report from being submitted, each at its field."""
    return [
        Invalid(
            gap.message,
            field=gap.field,
            params={"number": gap.number, "title": gap.title, "contract": gap.contract},
        )
        for gap in report_gaps(_facts(report))
    ]


@transitions.guard(REPORT, Guard.COMPLETE)
def _is_complete(report: ProgressReport, _actor: Person) -> list[DomainError]:
    return gaps_of(report)


@transitions.guard(REPORT, Guard.NOT_AUTHOR)
def _is_not_author(report: ProgressReport, actor: Person) -> list[DomainError]:
    is_author = actor.id in (report.author_id, report.submitted_by_id)
    if not is_author and not has_done(actor, WRITING_ACTIONS, report):
        return []
    return [
        NotAllowed(
            N_(
                "U hebt deze rapportage zelf geschreven of ingediend."
                " Een andere accountmanager moet die aannemen."
            )
        )
    ]


def _facts(report: ProgressReport) -> ReportFacts:
    titles = told_apart_titles(report)
    rows = sorted(report.activities, key=lambda row: row.activity.number)
    return ReportFacts(
        has_results=bool(report.results),
        has_outlook=bool(report.outlook),
        rag=report.rag,
        has_rag_explanation=bool(report.rag_explanation),
        activities=tuple(
            ActivityFacts(
                row.activity_id,
                row.activity.number,
                titles.get(row.activity_id, ""),
                row.status,
                row.percent,
                bool(row.obstacle),
            )
            for row in rows
        ),
        missing_activities=tuple(number for number, _ in missing_activities(report)),
        unmeasured=tuple(
            UnmeasuredFacts(one.agreement_id, one.contract, one.number, one.indicator)
            for one in unmeasured(report)
        ),
    )


def missing_activities(report: ProgressReport) -> list[tuple[int, int]]:
    """Return (number, id) of the activities that the plan has and the report not."""
    present = {row.activity_id for row in report.activities}
    versions = holding_versions(report.region_id or report.region.id, report.period)
    return [
        (row.activity.number, row.activity_id)
        for row in list_activities(*versions)
        if row.activity_id not in present
    ]


def _add_activities(report: ProgressReport) -> list[str]:
    """Add the activities that are missing; return their numbers."""
    with db.session.no_autoflush:
        missing = missing_activities(report)
        earlier = earlier_progress(report.region.id, report.period)
    for _, activity_id in missing:
        known = earlier.get(activity_id)
        report.activities.append(
            ActivityProgress(
                activity_id=activity_id,
                status=known.status if known else None,
                percent=known.percent if known else None,
                result="",
                obstacle="",
                next_step="",
            )
        )
    return [str(number) for number, _ in missing]


def _progress_problems(
    report: ProgressReport, activities: Mapping[int, ProgressInput]
) -> list[DomainError]:
    known = {row.activity_id: row.activity.number for row in report.activities}
    errors: list[DomainError] = []
    for activity_id, progress in activities.items():
        if activity_id not in known:
            errors.append(Invalid(N_("Deze activiteit hoort niet bij deze rapportage.")))
        elif progress.percent is not None and not 0 <= progress.percent <= WHOLE:
            errors.append(
                Invalid(
                    N_("Activiteit %(number)s: vul een voortgang in van 0 tot en met 100."),
                    field=activity_field(activity_id, "percent"),
                    params={"number": known[activity_id]},
                )
            )
    return errors


def _assign(record: object, values: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, values[name])
    return changed


def _mark_changed(report: ProgressReport, changed: Iterable[str], actor: Person) -> None:
    # the rows of the activities are part of what the version of a report protects
    report.updated_at = clock.now()
    flag_modified(report, "updated_at")
    audit.record("report.changed", report, actor=actor, details={"fields": list(changed)})


def _require_editable(report: ProgressReport) -> None:
    if report.status not in EDITABLE:
        raise WrongState(
            N_("De rapportage is ‘%(state)s’ en u kunt haar niet meer wijzigen."),
            params={"state": REPORT.state(report.status).label},
        )
    _require_reporting(report.period, report.region_id)


def _require_reporting(period: ReportingPeriod, region_id: int) -> None:
    if _is_open_again(period, region_id):
        return
    if period.status not in (*REPORTING, PeriodStatus.FROZEN):
        raise WrongState(N_("U kunt over dit halfjaar nu niet rapporteren."))
    _require_unfrozen(period, region_id)


def _require_unfrozen(period: ReportingPeriod, region_id: int) -> None:
    if period.status in SETTLED_PERIODS and not _is_open_again(period, region_id):
        raise PeriodFrozen(N_("Dit halfjaar is vastgezet en verandert niet meer."))


def _is_open_again(period: ReportingPeriod, region_id: int) -> bool:
    """Whether the half-year was frozen, but is opened again for this region for now."""
    if period.status not in SETTLED_PERIODS:
        return False
    return open_reopening(period, region_id, on=clock.today()) is not None
