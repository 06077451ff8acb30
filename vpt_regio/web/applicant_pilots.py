"""What the recipient of a subsidy reads about the own pilot: its money, tasks and reports.

Names of who at the ministry wrote or paid something do not stand here.
"""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.subsidy_codes import (
    NOTICE_KIND_LABELS,
    PROGRESS_STATE_LABELS,
    FinalReportStatus,
    PilotStatus,
    ReportLineKind,
)
from vpt_regio.models.pilot_reports import ChangeNotice, PilotFinalReport
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries.pilot_progress import ProgressOfPeriod, list_progress
from vpt_regio.queries.settlements import asks_report, recovery_states
from vpt_regio.services.final_reports import WRITABLE
from vpt_regio.services.pilot_progress import REPORTABLE
from vpt_regio.web.filters import day, euro, long_day, state_label, state_tone
from vpt_regio.web.i18n import label
from vpt_regio.web.pilot_money_pages import due_words
from vpt_regio.web.pilot_pages import PROGRESS_TONES, notice_cell, period_words


def pilot_facts(pilot: Pilot) -> list[tuple[str, Any]]:
    """Return how a pilot stands, and its money."""
    status = pilot.status_on(clock.today())
    facts: list[tuple[str, Any]] = [
        (
            _("Stand"),
            {"text": state_label("pilot", status), "badge": state_tone("pilot", status)},
        ),
        (_("Looptijd"), period_words(pilot)),
    ]
    money = pilot.money
    if money is None:
        return facts
    facts += [
        (due_words(money), euro(money.due_cents)),
        (_("Betaald"), euro(money.paid_cents)),
    ]
    if money.recovered_cents:
        facts.append((_("Terugbetaald"), euro(money.recovered_cents)))
    if pilot.barred_cents_on(clock.today()):
        facts.append((_("Niet meer terug te vorderen"), euro(money.to_recover_cents)))
    elif money.to_recover_cents:
        facts.append((_("Terug te betalen"), euro(money.to_recover_cents)))
    else:
        facts.append((_("Nog te betalen"), euro(money.payable_cents)))
    if pilot.settlement_request_due and asks_report(pilot) and may_write_report(pilot):
        facts.append((_("Eindverslag uiterlijk op"), long_day(pilot.settlement_request_due)))
    return facts


def instalment_rows(pilot: Pilot) -> list[list[Any]]:
    """Return when which part of the grant is planned to be paid; nothing once all is paid."""
    if pilot.money is None or not pilot.money.payable_cents:
        return []
    return [
        [day(one.planned_on), one.condition or _("geen"), euro(one.amount_cents)]
        for one in pilot.instalments
    ]


def recovery_rows(pilot: Pilot) -> list[list[Any]]:
    """Return what is to be paid back, by when, and what of it came in."""
    return [
        [
            day(one.recovery.due_on),
            euro(one.recovery.amount_cents),
            euro(one.received_cents),
            euro(one.left_cents),
        ]
        for one in recovery_states(pilot)
        if one.recovery.cancelled_on is None
    ]


def progress_rows(pilot: Pilot, token: str) -> list[list[Any]]:
    """Return each half-year of the pilot: what was told, and where to tell it."""
    return [_progress_row(pilot, one, token) for one in list_progress(pilot)]


def may_progress(pilot: Pilot, one: ProgressOfPeriod) -> bool:
    """Tell whether the recipient can still write about a half-year."""
    return one.is_open and pilot.status in REPORTABLE


def notice_rows(pilot: Pilot) -> list[list[Any]]:
    """Return what was told about changes, the newest first, with the answers."""
    return [_notice_row(one) for one in reversed(pilot.notices)]


def may_notify(pilot: Pilot) -> bool:
    return pilot.status is PilotStatus.AWARDED


def may_write_report(pilot: Pilot) -> bool:
    """Tell whether the final report can be written now."""
    report = pilot.final_report
    is_open = report is None or report.status in WRITABLE
    return pilot.status is PilotStatus.AWARDED and is_open


def report_words(pilot: Pilot) -> str:
    """Return how the final report stands, and what is asked of the recipient."""
    report = pilot.final_report
    if report is None:
        return _("U hebt nog geen eindverslag geschreven.")
    if report.status is FinalReportStatus.DRAFT:
        return _("U hebt een concept bewaard. Het is nog niet ingediend.")
    if report.status is FinalReportStatus.RETURNED:
        return _("Het ministerie vraagt u het eindverslag te verbeteren.")
    if report.status is FinalReportStatus.SUBMITTED:
        return _("U hebt het eindverslag ingediend op %(day)s.", day=long_day(report.submitted_on))
    return _("Het ministerie heeft het eindverslag aangenomen.")


def activity_rows(report: PilotFinalReport) -> list[list[Any]]:
    """Return what was planned and done of each activity."""
    return [
        [one.subject, one.planned, one.realised, one.explanation]
        for one in report.lines
        if one.kind is ReportLineKind.ACTIVITY
    ]


def cost_rows(report: PilotFinalReport) -> list[list[Any]]:
    """Return what each cost was to be and was, with the difference."""
    return [
        [
            one.subject,
            euro(one.planned_cents),
            euro(one.realised_cents),
            euro((one.realised_cents or 0) - (one.planned_cents or 0)),
            one.explanation,
        ]
        for one in report.lines
        if one.kind is ReportLineKind.COST
    ]


def _progress_row(pilot: Pilot, one: ProgressOfPeriod, token: str) -> list[Any]:
    latest = one.latest
    stand: Any = _("nog niets verteld")
    if latest is not None:
        words = label(PROGRESS_STATE_LABELS[latest.state])
        stand = {"text": words, "badge": PROGRESS_TONES[str(latest.state)]}
    told = latest.result if latest else _("niets")
    if not may_progress(pilot, one):
        return [one.period.name, stand, told, _("verandert niet meer")]
    url = url_for("applicant_pilots.progress", token=token, code=one.period.code)
    action = _("herzien") if latest else _("invullen")
    return [one.period.name, stand, told, {"text": action, "url": url}]


def _notice_row(notice: ChangeNotice) -> list[Any]:
    answer = notice_cell(notice)
    return [
        day(notice.noticed_on),
        {"text": label(NOTICE_KIND_LABELS[notice.kind]), "note": notice.explanation},
        long_day(notice.proposed_end_on) if notice.proposed_end_on else _("niet gevraagd"),
        {**answer, "note": notice.answer},
    ]
