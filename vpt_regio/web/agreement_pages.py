"""The page of one agreement: its standing, its chart and its tables, ready to be shown."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.indicator_codes import ReferenceKind, Unit
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.indicators import ATTAINMENT_RULES, CHANGE_RULES
from vpt_regio.domain.workflows.contracts import ContractStatus
from vpt_regio.models.contracts import Agreement
from vpt_regio.queries.agreement_standing import AgreementStanding, Measured, Reference
from vpt_regio.queries.agreement_values import standing_of
from vpt_regio.queries.agreements import list_plan_activities
from vpt_regio.queries.history import list_history
from vpt_regio.web.authorize import may
from vpt_regio.web.filters import day, plain_day
from vpt_regio.web.history import in_words
from vpt_regio.web.measured import measured, plain_number, unit_words

Row = list[Any]


def values_page(agreement: Agreement) -> dict[str, Any]:
    """Return everything that the page of an agreement shows, as it is known today."""
    standing = standing_of(agreement.id, as_of=clock.today())
    change = standing.change
    return {
        "agreement": agreement,
        "contract": agreement.contract,
        "indicator": standing.indicator,
        "standing": standing,
        "attainment_rule": ATTAINMENT_RULES[standing.attainment],
        "change_rule": CHANGE_RULES[change.kind] if change else None,
        "chart": chart_of(standing),
        "reference_rows": [*_reference_rows(standing)],
        "measurement_rows": measurement_rows(standing, may_correct=_may_measure(agreement)),
        "activities": _activities(agreement),
        "may_measure": _may_measure(agreement),
        "may_change": agreement.contract.status is ContractStatus.AGREED
        and may(Permission.TARGET_CHANGE, agreement),
        "may_edit": agreement.contract.status is ContractStatus.DRAFT
        and may(Permission.CONTRACT_EDIT, agreement),
        "entries": in_words(list_history(agreement)),
    }


def chart_of(standing: AgreementStanding) -> dict[str, Any] | None:
    """Return what the chart draws over time; None without two values, or of yes and no."""
    points = _points(standing)
    if standing.indicator.unit is Unit.YES_NO or len(points) < 2:
        return None
    days = sorted(points.keys() | ({standing.due_on} if standing.due_on else set()))
    target = [standing.series.holding(ReferenceKind.TARGET, one) for one in days]
    return {
        "periods": [plain_day(one) for one in days],
        "measured": [_plotted(points.get(one), standing) for one in days],
        "target": [_plotted(one, standing) for one in target],
        "marks": [_mark(one, points.get(one), standing) for one in days],
        "positions": _positions(days),
        "unit": unit_words(standing.indicator.unit),
    }


def measurement_rows(standing: AgreementStanding, *, may_correct: bool) -> list[Row]:
    """Return every revision of every measurement, the newest day first."""
    latest = {one.id for one in standing.series.latest_revisions}
    return [
        _measurement_row(one, standing, may_correct=may_correct and one.id in latest)
        for one in reversed(standing.series.measurements)
    ]


def remarks_on(one: Measured) -> str:
    """Return what is special about a measurement, such as that it came late; else nothing."""
    parts = []
    if one.value is None:
        parts.append(_("niet gemeten"))
    if one.is_corrected:
        parts.append(_("verbeterd"))
    if one.is_late:
        parts.append(_("te laat ontvangen"))
    return ", ".join(parts)


def _points(standing: AgreementStanding) -> dict[date, Reference | Measured]:
    """Return what was measured by day, the baseline as the first of them."""
    points: dict[date, Reference | Measured] = {}
    baseline = standing.baseline
    if baseline is not None and baseline.measured_on is not None:
        points[baseline.measured_on] = baseline
    return points | {one.cutoff_on: one for one in standing.series.latest_revisions}


def _plotted(point: Reference | Measured | None, standing: AgreementStanding) -> Any:
    if point is None or point.value is None:
        return None
    indicator = standing.indicator
    return point.value.number, measured(point, indicator.unit, indicator.decimals)


def _mark(on: date, point: Reference | Measured | None, standing: AgreementStanding) -> str | None:
    parts = []
    if isinstance(point, Reference):
        parts.append(_("nulmeting"))
    if isinstance(point, Measured):
        parts.append(remarks_on(point))
    if on == standing.due_on:
        parts.append(_("deadline"))
    return ", ".join(part for part in parts if part) or None


def _positions(days: list[date]) -> list[float]:
    first, span = days[0], (days[-1] - days[0]).days
    return [(one - first).days / span for one in days]


def _reference_rows(standing: AgreementStanding) -> list[Row]:
    return [
        row
        for kind, name in (
            (ReferenceKind.TARGET, _("Streefwaarde")),
            (ReferenceKind.BASELINE, _("Nulmeting")),
        )
        for row in reversed(
            [_reference_row(one, name, standing) for one in standing.series.of_kind(kind)]
        )
    ]


def _reference_row(one: Reference, name: str, standing: AgreementStanding) -> Row:
    indicator = standing.indicator
    holds = one in (standing.target, standing.baseline)
    on = _("deadline") if one.is_target else _("gemeten op")
    return [
        {"text": name, "note": _("geldt nu") if holds else _("gold eerder")},
        {
            "text": measured(one, indicator.unit, indicator.decimals),
            "note": counts_of(one),
        },
        f"{on} {plain_day(one.due_on or one.measured_on)}"
        if one.due_on or one.measured_on
        else None,
        day(one.holds_from),
        one.reason or _("eerste afspraak"),
        one.document_reference or one.source or None,
        {"text": one.recorded_by, "note": plain_day(one.recorded_on)},
    ]


def _measurement_row(one: Measured, standing: AgreementStanding, *, may_correct: bool) -> Row:
    indicator = standing.indicator
    remark = ", ".join(
        part
        for part in (one.note, one.reason and _("Reden: %(reason)s", reason=one.reason))
        if part
    )
    value = {
        "text": measured(one, indicator.unit, indicator.decimals),
        "note": counts_of(one),
    }
    if may_correct:
        value["url"] = url_for("measurements.correct", measurement_id=one.id)
    return [
        day(one.cutoff_on),
        value,
        {"text": str(one.revision_no), "note": remarks_on(one) or None},
        one.period_code,
        one.source or None,
        remark or None,
        {"text": one.recorded_by, "note": plain_day(one.recorded_on)},
    ]


def counts_of(one: Reference | Measured) -> str | None:
    """Return the counts of a share, such as "66 van 100"; None without them."""
    value = one.value
    if value is None or value.denominator is None:
        return None
    return _(
        "%(numerator)s van %(denominator)s",
        numerator=plain_number(value.numerator),
        denominator=plain_number(value.denominator),
    )


def _activities(agreement: Agreement) -> list[tuple[str, str]]:
    """Return the linked activities with the address of their plan."""
    linked = {link.activity_id for link in agreement.activity_links}
    plan_id = agreement.contract.action_plan_id
    if not linked or plan_id is None:
        return []
    address = url_for("action_plans.show", plan_id=plan_id)
    return [
        (f"{one.number}. {title}", address)
        for one, title in list_plan_activities(agreement.contract)
        if one.id in linked
    ]


def _may_measure(agreement: Agreement) -> bool:
    is_held = agreement.contract.status is ContractStatus.AGREED
    return is_held and may(Permission.MEASUREMENT_RECORD, agreement)
