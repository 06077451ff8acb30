"""Extra time for the half-year report of one region: granted with a reason, and withdrawn."""

from datetime import date

from vpt_regio import clock, policies
from vpt_regio.domain.enums import ReportStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.board import DeadlineExtension
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.reports import get_report
from vpt_regio.services import audit, transitions
from vpt_regio.services.covenant_checks import day_in_words
from vpt_regio.services.notices import tell
from vpt_regio.services.plan_parts import cleaned

REASON_LIMIT = 500
GRANTABLE = (PeriodStatus.OPEN, PeriodStatus.COLLECTING)


def grant_extension(
    period: ReportingPeriod, region: Region, *, extended_to: date, reason: str, actor: Person
) -> DeadlineExtension:
    """Give a region until a day for its report, with the reason; the newest one holds.

    Raises NotAllowed, WrongState when the report is in or the half-year is frozen, or all that is
    wrong with the day and the reason.
    """
    role = policies.require(actor, Permission.PERIOD_MANAGE, period)
    _require_report_awaited(period, region)
    extension = DeadlineExtension(
        period=period,
        region=region,
        extended_to=extended_to,
        reason=cleaned(reason, field="reason", maximum=REASON_LIMIT),
        granted_by=actor,
        granted_on=clock.today(),
    )
    raise_all(_day_errors(period, extended_to) + _reason_errors(extension.reason))
    db.session.add(extension)
    db.session.flush()
    details = {
        "region": region.name,
        "day": day_in_words(extended_to),
        "note": extension.reason,
    }
    audit.record("period.extended", period, actor=actor, role=role, details=details)
    _tell_leader(
        extension,
        actor,
        subject=f"Uitstel voor de rapportage {region.name}",
        message=(
            f"U kunt de rapportage over {period.name} indienen tot en met"
            f" {day_in_words(extended_to)}. De reden van het uitstel: {extension.reason}"
        ),
    )
    return extension


def withdraw_extension(
    extension: DeadlineExtension,
    *,
    reason: str,
    actor: Person,
    expected_version: int | None = None,
) -> None:
    """Take extra time back: from then on the ordinary last day holds again."""
    role = policies.require(actor, Permission.PERIOD_MANAGE, extension.period)
    transitions.check_version(extension, expected_version)
    if extension.withdrawn_on is not None:
        raise WrongState(N_("Dit uitstel is al ingetrokken."))
    _require_period_open(extension.period)
    why = cleaned(reason, field="reason", maximum=REASON_LIMIT)
    raise_all(_reason_errors(why))
    extension.withdrawn_on, extension.withdrawal_reason = clock.today(), why
    db.session.flush()
    details = {"region": extension.region.name, "note": why}
    audit.record(
        "period.extension_withdrawn", extension.period, actor=actor, role=role, details=details
    )
    _tell_leader(
        extension,
        actor,
        subject=f"Uitstel voor de rapportage {extension.region.name} is ingetrokken",
        message=f"Het uitstel voor {extension.period.name} is ingetrokken: {why}",
    )


def _require_report_awaited(period: ReportingPeriod, region: Region) -> None:
    _require_period_open(period)
    report = get_report(region.id, period.id)
    if report is not None and report.status in (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED):
        raise WrongState(N_("De rapportage van deze regio is al ingediend. Uitstel is niet nodig."))


def _require_period_open(period: ReportingPeriod) -> None:
    if period.status not in GRANTABLE:
        raise WrongState(
            N_("Uitstel kan alleen terwijl het halfjaar open is of de uitvraag loopt.")
        )


def _day_errors(period: ReportingPeriod, extended_to: date) -> list[DomainError]:
    due_on = period.due_on(DeadlineKind.REPORTS_SUBMITTED)
    if extended_to < clock.today():
        return [Invalid(N_("Kies een dag die nog niet voorbij is."), field="extended_to")]
    if due_on is not None and extended_to <= due_on:
        return [
            Invalid(
                N_("Alle regio's hebben al tot en met %(day)s. Kies een latere dag."),
                field="extended_to",
                params={"day": day_in_words(due_on)},
            )
        ]
    if period.letter_on is not None and extended_to >= period.letter_on:
        return [
            Invalid(
                N_("De brief gaat op %(day)s naar de Tweede Kamer. Kies een dag daarvoor."),
                field="extended_to",
                params={"day": day_in_words(period.letter_on)},
            )
        ]
    return []


def _reason_errors(reason: str) -> list[DomainError]:
    return [] if reason else [Invalid(N_("Vul de reden in."), field="reason")]


def _tell_leader(
    extension: DeadlineExtension, actor: Person, *, subject: str, message: str
) -> None:
    path = f"/halfjaren/{extension.period.code}/rapportages/{extension.region.code}"
    tell(
        Role.PROJECT_LEADER,
        extension.region,
        subject=subject,
        message=message,
        path=path,
        actor=actor,
    )
