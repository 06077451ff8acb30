"""The annex of a half-year: read from what its workbook is made from, chapter by chapter."""

from dataclasses import replace

from vpt_regio.documents.annex_content import AnnexContent, Chapter
from vpt_regio.documents.annex_table import AnnexTable
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.services.subsidy_annex import half_year_annex
from vpt_regio.workbooks.half_year_source import HalfYearSource


def read_annex(source: HalfYearSource) -> AnnexContent:
    """Read the whole annex as the half-year stands; call it within `one_instant`."""
    period = source.period
    chapters: tuple[Chapter, ...] = ()
    return AnnexContent(
        title=f"Voortgangsrapportage {period.programme.name}",
        subtitle=period.name,
        chapters=chapters,
        pilots=_pilots(period),
    )


def _pilots(period: ReportingPeriod) -> AnnexTable:
    table = half_year_annex(period)
    rows = tuple(replace(one, points=tuple(one.points)) for one in table.rows)
    return replace(table, sentences=tuple(table.sentences), rows=rows)
