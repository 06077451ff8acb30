"""The final report of a pilot as its pages show it."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio.domain.rules.pilot_report import REPORT_PART_LABELS, parts_of, report_gaps
from vpt_regio.domain.subsidy_codes import ReportLineKind
from vpt_regio.errors import Invalid
from vpt_regio.forms.base import NEVER_SEEN
from vpt_regio.forms.pilots import FinalReportForm, final_report_form, final_report_shown
from vpt_regio.models.applications import Attachment
from vpt_regio.models.pilot_reports import FinalReportLine, PilotFinalReport
from vpt_regio.models.pilots import Pilot
from vpt_regio.services.final_reports import facts_of
from vpt_regio.web.filters import euro, long_day, moment
from vpt_regio.web.handling import make_form
from vpt_regio.web.i18n import label, message_of

Row = tuple[str, Any]


def part_lines(pilot: Pilot) -> list[str]:
    """Return what the report of a pilot has to contain."""
    return [label(REPORT_PART_LABELS[part]) for part in parts_of(pilot.arrangement)]


def gap_lines(report: PilotFinalReport) -> list[str]:
    """Return what is still missing before a report can be submitted."""
    return [
        message_of(Invalid(gap.message, params={"subject": gap.line.subject} if gap.line else {}))
        for gap in report_gaps(facts_of(report), parts_of(report.pilot.arrangement))
    ]


def report_facts(report: PilotFinalReport) -> list[Row]:
    """Return the texts of a report and how far it is."""
    facts: list[Row] = [
        (_("Resultaten"), report.results or _("niet ingevuld")),
        (_("Wat anderen kunnen leren"), report.lessons or _("niet ingevuld")),
        (_("Hoe aan de verplichtingen is voldaan"), report.obligations or _("niet ingevuld")),
        (_("Geschreven door"), report.author.name if report.author else _("de ontvanger")),
    ]
    if report.submitted_on is not None:
        facts.append((_("Ingediend op"), long_day(report.submitted_on)))
    if report.accepted_on is not None:
        facts.append((_("Aangenomen op"), long_day(report.accepted_on)))
    return facts


def activity_rows(report: PilotFinalReport) -> list[list[Any]]:
    """Return the activities: planned, done, the difference and why."""
    return [
        [
            line.subject,
            line.planned or _("niet gepland"),
            line.realised or _("niet gedaan"),
            _activity_difference(line),
            line.explanation or _("geen"),
        ]
        for line in report.lines
        if line.kind is ReportLineKind.ACTIVITY
    ]


def cost_rows(report: PilotFinalReport) -> list[list[Any]]:
    """Return the costs with the difference, counted, and their total below."""
    costs = [line for line in report.lines if line.kind is ReportLineKind.COST]
    rows: list[list[Any]] = [
        [
            line.subject,
            *_amounts(line.planned_cents or 0, line.realised_cents or 0),
            line.explanation or _("geen"),
        ]
        for line in costs
    ]
    if costs:
        planned = sum(line.planned_cents or 0 for line in costs)
        realised = sum(line.realised_cents or 0 for line in costs)
        rows.append([_("Samen"), *_amounts(planned, realised), ""])
    return rows


def document_rows(pilot: Pilot, attachments: Iterable[Attachment]) -> list[list[Any]]:
    """Return the documents with a report, each to be downloaded."""
    return [
        [
            {
                "text": one.file_name,
                "url": url_for(
                    "pilot_reports.download", pilot_id=pilot.id, report_attachment_id=one.id
                ),
            },
            one.added_by.name if one.added_by else _("de ontvanger"),
            moment(one.added_at),
        ]
        for one in attachments
    ]


def grid_rows(form: FinalReportForm, kind: ReportLineKind) -> list[tuple[str, list[Any]]]:
    """Return the fields of the lines of a kind, for a grid."""
    return [
        (str(number), [(field, "") for field in fields])
        for number, fields in enumerate(form.row_fields(kind), 1)
    ]


def _amounts(planned: int, realised: int) -> list[Any]:
    return [euro(planned), euro(realised), euro(realised - planned)]


def _activity_difference(line: FinalReportLine) -> str:
    if not line.realised:
        return _("niet uitgevoerd")
    if not line.planned:
        return _("extra gedaan")
    return _("volgens plan") if line.realised == line.planned else _("anders uitgevoerd")


class StoredReport:
    """The report of a pilot under the names of the form's fields, those of its lines included."""

    def __init__(self, pilot: Pilot) -> None:
        self._pilot = pilot

    def __getattr__(self, name: str) -> Any:
        report = self._pilot.final_report
        shown = final_report_shown(report)
        return shown[name] if name in shown else getattr(report, name)


def report_form(pilot: Pilot) -> FinalReportForm:
    """Return the form of the report of a pilot, or of one that is still to be written."""
    return make_form(final_report_form(pilot.final_report), StoredReport(pilot))


def seen_version(form: FinalReportForm) -> int:
    """Return the version that the person saw; a report that others began meanwhile nobody saw."""
    return NEVER_SEEN if form.expected_version is None else form.expected_version
