"""The half-year workbook ("Voortgangsoverzicht"): its sheets in the order of the contract."""

from __future__ import annotations

from vpt_regio.workbooks.half_year_activities import ACTIVITIES, BOOKINGS, coverage_sheet
from vpt_regio.workbooks.half_year_explanation import EXPLANATION
from vpt_regio.workbooks.half_year_figures import CHECKS, FIGURES
from vpt_regio.workbooks.half_year_letter import COMMITMENTS, COMPARISON, ERRATA
from vpt_regio.workbooks.half_year_plans import PLANS
from vpt_regio.workbooks.half_year_regions import COVENANTS, REGIONS
from vpt_regio.workbooks.half_year_results import AGREEMENTS, MEASUREMENTS
from vpt_regio.workbooks.half_year_source import PROVISIONAL, HalfYearSource
from vpt_regio.workbooks.half_year_subsidies import ANNEX, PILOTS, ROUNDS
from vpt_regio.workbooks.spec import Properties, Workbook


def half_year_workbook(source: HalfYearSource) -> Workbook:
    """The declaration for this half-year: the measures of the programme are columns of it."""
    return Workbook(
        key="half_year",
        title=_title,
        sheets=(
            EXPLANATION,
            REGIONS,
            COVENANTS,
            PLANS,
            coverage_sheet(source.measures),
            ACTIVITIES,
            AGREEMENTS,
            MEASUREMENTS,
            BOOKINGS,
            ROUNDS,
            PILOTS,
            ANNEX,
            FIGURES,
            COMMITMENTS,
            COMPARISON,
            CHECKS,
            ERRATA,
        ),
        properties=_properties,
        cutoff=lambda half_year: half_year.extent.as_of,
        page_header=lambda half_year: f"{_title(half_year)} – {half_year.edition}",
    )


def half_year_file_name(period_code: str, ending: str = "xlsx") -> str:
    """The name under which the file of an open half-year is offered."""
    return f"vpt-voortgang-{period_code}-{PROVISIONAL}.{ending}"


def _title(source: HalfYearSource) -> str:
    return f"Voortgangsoverzicht {source.period.name}"


def _properties(source: HalfYearSource) -> Properties:
    period, edition = source.period, source.edition
    is_open = source.version is None
    state = "niet vastgezet, zonder volgnummer" if is_open else "vastgezet, verandert niet meer"
    return Properties(
        subject=f"{period.programme.name}, {period.name} ({period.code})",
        description=f"{edition}: {state}",
        keywords=f"{period.programme.code}, {period.code}, {edition}",
        category=edition,
    )
