"""The annex of a half-year: read from what its workbook is made from, chapter by chapter."""

from dataclasses import replace

from vpt_regio.documents.annex_content import AnnexContent, Chapter, Section
from vpt_regio.documents.annex_sentences import counted, paragraph, sentence, written
from vpt_regio.documents.annex_table import AnnexTable
from vpt_regio.domain.fuzzy_date import format_dutch_date
from vpt_regio.domain.half_year_codes import AnnexChapter
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.models.annex_texts import AnnexText
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.annex_texts import bodies_of
from vpt_regio.services.annex_commitments import commitments_chapter
from vpt_regio.services.annex_contracts import contracts_chapter
from vpt_regio.services.annex_figures import figures_chapter
from vpt_regio.services.annex_kept import Kept
from vpt_regio.services.annex_pilots import pilots_chapter
from vpt_regio.services.annex_policy import policy_chapter
from vpt_regio.services.annex_regions import regions_chapter
from vpt_regio.services.subsidy_annex import half_year_annex
from vpt_regio.workbooks.half_year_source import HalfYearSource

DEPARTMENTS = "Bijdragen van andere ministeries"


def read_annex(source: HalfYearSource, kept: Kept | None = None) -> AnnexContent:
    """Read the whole annex as the half-year stands; call it within `one_instant`.

    With `kept` what counts over regions is counted over the rows of a next version.
    """
    period = source.period
    texts = bodies_of(period)
    bodies = {text.key: body for text, body in texts}
    chapters = (
        _introduction(source, bodies.get(str(AnnexChapter.INTRODUCTION), "")),
        policy_chapter(source, bodies, kept),
        regions_chapter(source, bodies),
        contracts_chapter(source, kept),
        pilots_chapter(source),
        figures_chapter(source),
        *_departments(texts),
        commitments_chapter(source),
        *_closing(bodies.get(str(AnnexChapter.CLOSING), "")),
    )
    return AnnexContent(
        title=f"Voortgangsrapportage {period.programme.name}",
        subtitle=period.name,
        chapters=chapters,
        pilots=_pilots(period),
    )


def _introduction(source: HalfYearSource, body: str) -> Chapter:
    period = source.period
    active = sum(row.status is RegionStatus.ACTIVE for row in source.regions)
    verb = "deed" if active == 1 else "deden"
    days = f"{format_dutch_date(period.starts_on)} tot en met {format_dutch_date(period.ends_on)}"
    first = paragraph(
        sentence(f"deze bijlage gaat over de periode van {days}"),
        sentence(
            f"daarin {verb} ",
            *counted("inleiding-regios", active, "regio", "regio's"),
            f" mee aan het programma {period.programme.name}",
        ),
    )
    return Chapter("inleiding", "Inleiding", (first, *written(body)), is_regional=True)


def _departments(texts: list[tuple[AnnexText, str]]) -> tuple[Chapter, ...]:
    sections = tuple(
        Section(text.key, text.department, written(body))
        for text, body in texts
        if text.chapter is AnnexChapter.DEPARTMENT and body
    )
    return (Chapter("ministeries", DEPARTMENTS, sections=sections),) if sections else ()


def _closing(body: str) -> tuple[Chapter, ...]:
    return (Chapter("afsluiting", "Afsluiting", written(body)),) if body else ()


def _pilots(period: ReportingPeriod) -> AnnexTable:
    table = half_year_annex(period)
    rows = tuple(replace(one, points=tuple(one.points)) for one in table.rows)
    return replace(table, sentences=tuple(table.sentences), rows=rows)
