"""Results over regions in words: cells of tables, and the input of charts."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from vpt_regio.domain.indicator_codes import ATTAINMENT_LABELS, Attainment, Unit
from vpt_regio.domain.rules.indicators import Change, Value
from vpt_regio.domain.rules.results import LEFT_OUT_REASONS, REFUSALS, Joint, LeftOut
from vpt_regio.queries.agreement_values import AgreementStanding, IndicatorFacts
from vpt_regio.queries.results import HalfYearResult, IndicatorResult, RegionResult
from vpt_regio.web.filters import day, number
from vpt_regio.web.i18n import label
from vpt_regio.web.values import ATTAINMENT_TONES, change_text, in_unit

Point = tuple[Fraction, str] | None
Line = tuple[str, list[Point]]


def value_words(value: Value | None, facts: IndicatorFacts) -> str | None:
    return in_unit(value, facts.unit, facts.decimals)


def change_words(change: Change | None) -> str | None:
    """Return "+2,5 procentpunt" or "-25%"; None when there is nothing to compare."""
    if change is None:
        return None
    return change_text(change) or _("niet te bepalen: de oude waarde is 0")


def regions_words(joint: Joint) -> str:
    """Return behind how many regions of all a value stands."""
    return ngettext(
        "%(counted)s van %(num)s regio",
        "%(counted)s van %(num)s regio's",
        joint.regions_total,
        counted=joint.regions,
    )


def joint_cell(joint: Joint, facts: IndicatorFacts) -> dict[str, Any]:
    """Return the value of regions together, with how many regions stand behind it."""
    if joint.refusal is not None:
        return {"text": _("niet samengevoegd")}
    words = value_words(joint.value, facts)
    if words is None and joint.left_out:
        words = _("niet te wegen")
    return {"text": words, "note": regions_words(joint)}


def refusal_words(result: IndicatorResult) -> list[str]:
    """Return in words why values are not told as one: each reason once."""
    joints = (result.now, result.baseline, result.target)
    refusals = dict.fromkeys(one.refusal for one in joints if one.refusal)
    return [label(REFUSALS[refusal]) for refusal in refusals]


def attainment_cell(attainment: Attainment) -> dict[str, str]:
    return {
        "text": label(ATTAINMENT_LABELS[attainment]),
        "badge": str(ATTAINMENT_TONES[attainment]),
    }


def value_rows(results: Iterable[IndicatorResult], query: Mapping[str, Any]) -> list[list[Any]]:
    """Return each indicator with its values from baseline to target over all regions."""
    return [
        [
            {
                "text": result.indicator.name,
                "url": url_for(
                    "results.indicator", indicator_id=result.indicator.id, **_kept(query)
                ),
            },
            joint_cell(result.baseline, result.indicator),
            joint_cell(result.now, result.indicator),
            joint_cell(result.target, result.indicator),
            _change_cell(result),
        ]
        for result in results
    ]


def count_headers() -> list[str]:
    return [
        _("Afspraken"),
        *(label(text) for text in ATTAINMENT_LABELS.values()),
        _("hier niet te zien"),
    ]


def count_cells(counts: Mapping[Attainment, int], hidden: int) -> list[int]:
    """Return how many agreements there are and how many stand in each way."""
    by_kind = [counts.get(kind, 0) for kind in ATTAINMENT_LABELS]
    return [sum(by_kind) + hidden, *by_kind, hidden]


def count_rows(results: Iterable[IndicatorResult]) -> list[list[Any]]:
    return [
        [result.indicator.name, *count_cells(result.counts, result.hidden)] for result in results
    ]


def region_rows(result: IndicatorResult) -> list[list[Any]]:
    """Return the regions side by side: values, counts of agreements, and what is left out."""
    return [
        [
            {"text": region.name, "url": url_for("regions.show", code=region.code)},
            _region_cell(region.baseline, result.indicator),
            {
                **_region_cell(region.now, result.indicator),
                "note": day(region.now.measured_on),
            },
            _region_cell(region.target, result.indicator),
            len(region.agreements) + region.hidden,
            region.counts.get(Attainment.MET, 0),
        ]
        for region in result.regions
    ]


def agreement_rows(result: IndicatorResult) -> list[list[Any]]:
    """Return the agreements that may be seen; a link only to what may be read."""
    return [
        [
            _agreement_cell(one, region),
            one.region_name,
            value_words(one.baseline.value if one.baseline else None, result.indicator),
            {
                "text": value_words(one.latest.value if one.latest else None, result.indicator)
                or _("niet gemeten"),
                "note": day(one.latest.cutoff_on) if one.latest else None,
            },
            value_words(one.target.value if one.target else None, result.indicator),
            attainment_cell(one.attainment),
        ]
        for region in result.regions
        for one in region.agreements
    ]


def left_out_rows(result: IndicatorResult) -> list[list[Any]]:
    """Return what does not count, per region and reason."""
    return [
        [
            region.name,
            label(LEFT_OUT_REASONS[reason]),
            _of_agreements(count, len(region.agreements) + region.hidden),
        ]
        for region in result.incomplete
        for reason in LeftOut
        if (count := region.left_out.get(reason, 0))
    ]


def working_rows(result: IndicatorResult) -> list[list[Any]]:
    """Return from what the value now was computed, per region and together."""
    facts = result.indicator
    named = [(region.name, region.now) for region in result.regions]
    if result.now.refusal is None:
        named.append((_("Alle regio's samen"), result.now))
    return [
        [
            name,
            _count(told.value.numerator if told.value else None),
            _count(told.value.denominator if told.value else None),
            value_words(told.value, facts),
        ]
        for name, told in named
    ]


def region_bars(result: IndicatorResult) -> tuple[list[str], list[Line]]:
    """Return the names of regions and the values of the bars: baseline and now."""
    regions = [region for region in result.regions if region.now.refusal is None]
    facts = result.indicator
    return [region.name for region in regions], [
        (_("Nulmeting"), [_point(region.baseline, facts) for region in regions]),
        (_("Nu"), [_point(region.now, facts) for region in regions]),
    ]


def region_targets(result: IndicatorResult) -> list[Point]:
    regions = [region for region in result.regions if region.now.refusal is None]
    return [_point(region.target, result.indicator) for region in regions]


def trend_lines(trend: Sequence[HalfYearResult], result: IndicatorResult) -> list[Line]:
    """Return one line of all regions, or one per region when they may not be told as one."""
    facts = result.indicator
    if result.now.refusal is None:
        return [(_("Alle regio's"), [_point(one.result.now, facts) for one in trend])]
    return [
        (region.name, [_region_point(one.result, region, facts) for one in trend])
        for region in result.regions
    ]


def trend_targets(trend: Sequence[HalfYearResult], result: IndicatorResult) -> list[Line]:
    facts = result.indicator
    points = [_point(one.result.target, facts) for one in trend]
    if result.now.refusal is not None or not any(points):
        return []
    return [(_("Streefwaarde"), points)]


def trend_rows(trend: Sequence[HalfYearResult]) -> list[list[Any]]:
    """Return each half-year with its value, what stands behind it, and how agreements stood."""
    return [
        [
            one.period.name,
            joint_cell(one.result.now, one.result.indicator),
            joint_cell(one.result.target, one.result.indicator),
            *count_cells(one.result.counts, one.result.hidden),
        ]
        for one in trend
    ]


def unit_words(facts: IndicatorFacts) -> str:
    """Return what stands beside the axis of a chart."""
    words = {Unit.PERCENT: "%", Unit.EURO: "€", Unit.DAYS: _("dagen"), Unit.NUMBER: _("aantal")}
    return words.get(facts.unit, "")


def _kept(query: Mapping[str, Any]) -> dict[str, Any]:
    return {name: text for name, text in query.items() if name in ("halfjaar", "op") and text}


def _change_cell(result: IndicatorResult) -> dict[str, Any]:
    if result.change is None:
        return {"text": _("niet te bepalen")}
    note = ngettext("over %(num)s regio", "over %(num)s regio's", result.compared)
    return {"text": change_words(result.change), "note": note}


def _region_cell(joint: Joint, facts: IndicatorFacts) -> dict[str, Any]:
    if joint.refusal is not None:
        return {"text": _("niet samengevoegd")}
    return {"text": value_words(joint.value, facts)}


def _agreement_cell(one: AgreementStanding, region: RegionResult) -> dict[str, Any]:
    name = _("Contract %(contract)s, afspraak %(number)s")
    url = url_for("agreements.show", agreement_id=one.id) if region.is_readable else None
    text = name % {"contract": one.contract_number, "number": one.number}
    return {"text": text, "url": url, "note": one.statement}


def _of_agreements(count: int, total: int) -> str:
    return ngettext(
        "%(count)s van %(num)s afspraak", "%(count)s van %(num)s afspraken", total, count=count
    )


def _count(amount: Fraction | None) -> str | None:
    return number(amount)


def _point(joint: Joint, facts: IndicatorFacts) -> Point:
    if joint.value is None:
        return None
    return joint.value.number, value_words(joint.value, facts) or ""


def _region_point(result: IndicatorResult, region: RegionResult, facts: IndicatorFacts) -> Point:
    found = next((one for one in result.regions if one.region_id == region.region_id), None)
    return _point(found.now, facts) if found else None
