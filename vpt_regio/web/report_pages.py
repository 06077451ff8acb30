"""The agreements in a half-year report in words: rows of its table, and cards of its form."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.indicators import Value
from vpt_regio.domain.rules.reports import measurement_field
from vpt_regio.models.periods import ProgressReport
from vpt_regio.queries.report_measurements import (
    DatedValue,
    ReportedAgreement,
    ReportedMeasurement,
    ReportLine,
)
from vpt_regio.web.authorize import may
from vpt_regio.web.filters import day, number
from vpt_regio.web.result_pages import attainment_cell, change_words
from vpt_regio.web.values import in_unit


def measurement_rows(
    lines: Iterable[ReportLine], report: ProgressReport, *, is_writing: bool
) -> list[list[Any]]:
    """Return one row per agreement; the last cell leads to recording while that can be done."""
    return [
        [
            {
                "text": agreement_name(line.told),
                "url": url_for("agreements.show", agreement_id=line.told.agreement_id),
                "note": line.told.indicator,
            },
            _dated_cell(line.told.previous, line.told),
            {"text": _measured_words(line.told), "note": _facts_words(line.told)},
            change_words(line.told.change),
            _dated_cell(line.told.target, line.told),
            attainment_cell(line.told.attainment),
            _last_cell(line, report, is_writing=is_writing),
        ]
        for line in lines
    ]


def measurement_cards(
    lines: Iterable[ReportLine], report: ProgressReport
) -> list[tuple[str, str, list[tuple[str, Any]], str | None]]:
    """Return per agreement the name of its place, a title, what is known, and where to record."""
    return [
        (
            measurement_field(line.told.agreement_id),
            f"{agreement_name(line.told)}: {line.told.statement}",
            [
                (_("Indicator"), line.told.indicator),
                (_("Vorige waarde"), _dated_cell(line.told.previous, line.told)),
                (
                    _("Meting over dit halfjaar"),
                    {"text": _measured_words(line.told), "note": _facts_words(line.told)},
                ),
                (_("Verandering"), change_words(line.told.change)),
                (_("Streefwaarde"), _dated_cell(line.told.target, line.told)),
                (_("Stand"), attainment_cell(line.told.attainment)),
            ],
            record_url(line, report),
        )
        for line in lines
    ]


def agreement_name(told: ReportedAgreement) -> str:
    return _(
        "%(region)s, contract %(contract)s, afspraak %(number)s",
        region=told.region,
        contract=told.contract,
        number=told.number,
    )


def record_url(line: ReportLine, report: ProgressReport) -> str | None:
    """Return where to record the measurement, with the way back; None when that cannot be done."""
    if not line.can_record or not may(Permission.MEASUREMENT_RECORD, report):
        return None
    return url_for(
        "measurements.new",
        agreement_id=line.told.agreement_id,
        halfjaar=report.period.code,
        regio=report.region.code,
    )


def _last_cell(line: ReportLine, report: ProgressReport, *, is_writing: bool) -> Any:
    """Return the revision and its source; while writing, a link to record; later, a correction."""
    told = line.told.measurement
    if is_writing and (url := record_url(line, report)):
        text = _("Nieuwe meting vastleggen") if told else _("Meting vastleggen")
        return {"text": text, "url": url, "note": _revision_words(told)}
    if line.newer is None:
        return _revision_words(told)
    newer = _("na indienen gecorrigeerd: %(value)s", value=_measured_words(line.newer))
    return {"text": _revision_words(told) or _("niet gemeten"), "note": newer}


def _revision_words(told: ReportedMeasurement | None) -> str | None:
    if told is None:
        return None
    words = _("revisie %(number)s", number=told.revision_no)
    return f"{words}, {_('te laat ontvangen')}" if told.is_late else words


def _measured_words(told: ReportedAgreement) -> str:
    if told.measurement is None:
        return _("nog niet vastgelegd")
    return _value_words(told.measurement.value, told) or _("niet gemeten")


def _facts_words(told: ReportedAgreement) -> str | None:
    """Return day, counts and source of a measurement, or why there is none."""
    measured = told.measurement
    if measured is None:
        return None
    parts = [_("peildatum %(day)s", day=measured.cutoff_on.strftime("%d-%m-%Y"))]
    value = measured.value
    if value and value.numerator is not None and value.denominator is not None:
        counts = (number(value.numerator), number(value.denominator))
        parts.append(_("%(part)s van %(whole)s", part=counts[0], whole=counts[1]))
    if measured.source:
        parts.append(_("bron: %(source)s", source=measured.source))
    return "; ".join([*parts, *([measured.note] if measured.note else [])])


def _dated_cell(dated: DatedValue | None, told: ReportedAgreement) -> dict[str, Any] | None:
    if dated is None:
        return None
    return {"text": _value_words(dated.value, told), "note": day(dated.day)}


def _value_words(value: Value | None, told: ReportedAgreement) -> str | None:
    return in_unit(value, told.unit, told.decimals)
