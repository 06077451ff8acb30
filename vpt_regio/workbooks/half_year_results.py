"""The sheets of the half-year workbook about what partners agreed and what was measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from vpt_regio.domain.indicator_codes import (
    ATTAINMENT_LABELS,
    CHANGE_KIND_LABELS,
    DIRECTION_LABELS,
    QUALIFIER_LABELS,
    UNIT_LABELS,
    Attainment,
)
from vpt_regio.queries.agreement_standing import AgreementStanding, Measured, Reference
from vpt_regio.workbooks.half_year_source import HalfYearSource
from vpt_regio.workbooks.measured import change_cell, in_words, value_cell
from vpt_regio.workbooks.spec import Column, Kind, Rule, Sheet

# what is not measured, or cannot be told, is neither reached nor missed
REACHED = {
    Attainment.MET: True,
    Attainment.ON_COURSE: False,
    Attainment.BEHIND: False,
}


class AgreementLine(NamedTuple):
    """A row of the sheet of agreements; `region` is the one for which it counts."""

    standing: AgreementStanding
    region: str
    link: str


def _agreements(source: HalfYearSource) -> Iterator[AgreementLine]:
    for region, standing in source.agreements:
        yield AgreementLine(standing, region, source.link("afspraken", standing.id))


def _of(get: Callable[[AgreementStanding], object]) -> Callable[[AgreementLine], object]:
    return lambda line: get(line.standing)


def _reference(standing: AgreementStanding, reference: Reference | None) -> object:
    return value_cell(reference.value if reference else None, standing.indicator.unit)


def _earlier_targets(line: AgreementLine) -> str | None:
    """What the target was before, and why it changed: it stays visible where it was used."""
    standing = line.standing
    unit = standing.indicator.unit
    shown = (*standing.earlier_targets, standing.target) if standing.target else ()
    lines = [
        f"Versie {one.revision_no}, vanaf {one.holds_from:%d-%m-%Y}:"
        f" {in_words(one.value.number, unit)}" + (f" ({one.reason})" if one.reason else "")
        for one in shown
    ]
    return "\n".join(lines) if len(lines) > 1 else None


def _source_of(standing: AgreementStanding) -> str | None:
    latest = standing.latest.source if standing.latest else ""
    return latest or standing.indicator.source_system or None


AGREEMENTS = Sheet(
    "agreements",
    "Prestatieafspraken",
    (
        Column("region", "Regio", Kind.TEXT, 24, lambda line: line.region),
        Column("contract", "Contract", Kind.TEXT, 28, _of(lambda a: a.contract_title)),
        Column("statement", "Afspraak", Kind.LONG_TEXT, 44, _of(lambda a: a.statement)),
        Column("type", "Soort", Kind.TEXT, 24, _of(lambda a: a.type_name)),
        Column(
            "responsible", "Verantwoordelijke", Kind.TEXT, 24, _of(lambda a: a.responsible_name)
        ),
        Column("indicator", "Indicator", Kind.TEXT, 30, _of(lambda a: a.indicator.name)),
        Column("unit", "Eenheid", Kind.TEXT, 12, _of(lambda a: UNIT_LABELS[a.indicator.unit])),
        Column(
            "direction",
            "Richting",
            Kind.TEXT,
            16,
            _of(lambda a: DIRECTION_LABELS[a.indicator.direction]),
        ),
        Column("baseline", "Nulmeting", Kind.MIXED, 12, _of(lambda a: _reference(a, a.baseline))),
        Column(
            "target",
            "Streefwaarde",
            Kind.MIXED,
            13,
            _of(lambda a: _reference(a, a.target)),
            note=_earlier_targets,
        ),
        Column("due_on", "Streefdatum", Kind.DATE, 14, _of(lambda a: a.due_on)),
        Column(
            "latest",
            "Laatste meting",
            Kind.MIXED,
            13,
            _of(lambda a: value_cell(a.latest.value if a.latest else None, a.indicator.unit)),
            note=lambda line: line.standing.latest.note or None if line.standing.latest else None,
        ),
        Column(
            "cutoff_on",
            "Peildatum",
            Kind.DATE,
            14,
            _of(lambda a: a.latest.cutoff_on if a.latest else None),
        ),
        Column("change", "Verandering", Kind.MIXED, 13, _of(lambda a: change_cell(a.change))),
        Column(
            "change_kind",
            "Soort verandering",
            Kind.TEXT,
            14,
            _of(lambda a: CHANGE_KIND_LABELS[a.change.kind] if a.change else None),
        ),
        Column(
            "target_share",
            "Doelbereik %",
            Kind.PERCENT,
            12,
            _of(lambda a: a.target_share),
            rule=Rule.DATA_BAR,
        ),
        Column("met", "Gehaald", Kind.TEXT, 10, _of(lambda a: REACHED.get(a.attainment))),
        Column("source", "Bron", Kind.TEXT, 26, _of(_source_of)),
        Column(
            "attainment", "Stand", Kind.TEXT, 17, _of(lambda a: ATTAINMENT_LABELS[a.attainment])
        ),
        Column("link", "Link", Kind.LINK, 8, lambda line: line.link),
    ),
    _agreements,
)


class MeasurementLine(NamedTuple):
    """A row of the sheet of measurements: the last revision of a day, after `earlier` ones."""

    standing: AgreementStanding
    region: str
    measured: Measured
    earlier: tuple[Measured, ...]
    link: str


def _measurements(source: HalfYearSource) -> Iterator[MeasurementLine]:
    for region, standing in source.agreements:
        link = source.link("afspraken", standing.id)
        by_day = groupby(standing.series.measurements, key=lambda one: one.cutoff_on)
        for _, revisions in by_day:
            *earlier, last = revisions
            yield MeasurementLine(standing, region, last, tuple(earlier), link)


def _counted(get: Callable[[MeasurementLine], object]) -> Callable[[MeasurementLine], object]:
    """Numerator and denominator stand only beside a value that was computed from them."""
    return lambda line: get(line) if line.measured.value else None


def _earlier_values(line: MeasurementLine) -> str | None:
    """What was recorded of this day before, and why that changed."""
    unit = line.standing.indicator.unit
    lines = [
        f"Revisie {one.revision_no}, vastgelegd op {one.recorded_on:%d-%m-%Y}:"
        f" {in_words(one.number, unit)}" + (f" ({one.reason})" if one.reason else "")
        for one in line.earlier
    ]
    if line.measured.reason:
        lines.append(f"Reden van revisie {line.measured.revision_no}: {line.measured.reason}")
    if line.measured.is_late:
        lines.append("Te laat ontvangen.")
    return "\n".join(lines) or None


MEASUREMENTS = Sheet(
    "measurements",
    "Metingen",
    (
        Column("region", "Regio", Kind.TEXT, 24, lambda line: line.region),
        Column("agreement", "Afspraak", Kind.LONG_TEXT, 44, lambda line: line.standing.statement),
        Column("indicator", "Indicator", Kind.TEXT, 30, lambda line: line.standing.indicator.name),
        Column("cutoff_on", "Peildatum", Kind.DATE, 14, lambda line: line.measured.cutoff_on),
        Column(
            "value",
            "Waarde",
            Kind.MIXED,
            12,
            lambda line: value_cell(line.measured.value, line.standing.indicator.unit),
            note=lambda line: line.measured.note or None,
        ),
        Column(
            "numerator",
            "Teller",
            Kind.NUMBER,
            10,
            _counted(lambda line: line.measured.value and line.measured.value.numerator),
        ),
        Column(
            "denominator",
            "Noemer",
            Kind.NUMBER,
            10,
            _counted(lambda line: line.measured.value and line.measured.value.denominator),
        ),
        Column(
            "qualifier",
            "Kwalificatie",
            Kind.TEXT,
            13,
            _counted(
                lambda line: line.measured.value and QUALIFIER_LABELS[line.measured.value.qualifier]
            ),
        ),
        Column("source", "Bron", Kind.TEXT, 30, lambda line: line.measured.source or None),
        Column(
            "revision_no",
            "Revisie",
            Kind.INTEGER,
            9,
            lambda line: line.measured.revision_no,
            note=_earlier_values,
        ),
        Column("link", "Link", Kind.LINK, 8, lambda line: line.link),
    ),
    _measurements,
)
