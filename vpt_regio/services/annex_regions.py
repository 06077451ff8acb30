"""The chapter on the regions: for each the words it agreed with, and what the records say."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from vpt_regio.documents.annex_content import Block, Chapter, Paragraph, Run, Runs, Section
from vpt_regio.documents.annex_sentences import (
    Part,
    count,
    counted,
    euros,
    hours,
    of_which,
    paragraph,
    paragraphs,
    percent,
    sentence,
    written,
)
from vpt_regio.domain.enums import RAG_LABELS
from vpt_regio.domain.fuzzy_date import format_dutch_date
from vpt_regio.domain.rules.covenant_sentence import ExtensionLine, covenant_sentence
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.models.covenants import Covenant
from vpt_regio.queries.annex_facts import explanations_of
from vpt_regio.queries.covenants import line_of
from vpt_regio.queries.region_row import RegionRow
from vpt_regio.queries.workbook_half_year import signed_amendments
from vpt_regio.workbooks.half_year_source import HalfYearSource, is_delivered

ADOPTED = {
    ActionPlanStatus.APPROVED: "goedgekeurd",
    ActionPlanStatus.PROVISIONALLY_ADOPTED: "voorlopig vastgesteld",
}


def regions_chapter(source: HalfYearSource, bodies: Mapping[str, str]) -> Chapter:
    """Return a section for each region that has a covenant, a report or a text."""
    covenants = {one.id: one for one in source.covenants}
    explained = explanations_of(source.period)
    sections = []
    for row in source.regions:
        body = bodies.get(f"region-{row.region_id}", "")
        if _is_told_of(row) or body:
            covenant = covenants.get(row.covenant_id or 0)
            blocks = _blocks(source, row, covenant, explained.get(row.region_id, ""))
            sections.append(
                Section(_tag(row), row.name, (*blocks, *written(body)), region_id=row.region_id)
            )
    return Chapter("regios", "Regio's", sections=tuple(sections), is_regional=True)


def _is_told_of(row: RegionRow) -> bool:
    if row.status is RegionStatus.MERGED:
        return False
    return row.covenant_id is not None or row.report_status is not None


def _tag(row: RegionRow) -> str:
    return f"regio-{row.region_id}"


def _blocks(
    source: HalfYearSource, row: RegionRow, covenant: Covenant | None, explanation: str
) -> tuple[Block, ...]:
    return paragraphs(
        _covenant(source, covenant),
        paragraph(*_money(row), _hours(row)),
        paragraph(_plan(row), _measures(row)),
        _report(row, explanation),
    )


def _covenant(source: HalfYearSource, covenant: Covenant | None) -> Paragraph:
    if covenant is None:
        return paragraph(sentence("met deze regio is nog geen convenant gesloten"))
    line = line_of(covenant, source.extent.as_of)
    held = [
        ExtensionLine(one.signed, one.new_end, one.reason)
        for one in covenant.extensions
        if one.new_end is not None and one in signed_amendments(covenant, source.extent)
    ]
    return Paragraph((Run(covenant_sentence(replace(line, extensions=held), only_known=True)),))


def _money(row: RegionRow) -> list[Runs]:
    if row.covenant_id is None:
        return []
    tag, spent, available = _tag(row), row.spent_total_cents, row.available_cents
    if available is None:
        return [sentence("het voorschot van deze regio is niet bekend"), *_spent_alone(row)]
    told = [sentence("beschikbaar is ", euros(f"{tag}-beschikbaar", available))]
    if spent is None:
        return told
    if not spent:
        return [*told, sentence("daarvan is nog niets besteed")]
    parts: list[Part] = ["daarvan is ", euros(f"{tag}-besteed", spent)]
    if row.spent_share is not None:
        parts += [" (", percent(f"{tag}-besteed-deel", row.spent_share), ")"]
    parts += [" besteed", *_in_period(row)]
    if row.left_cents is not None:
        parts += _left(tag, row.left_cents)
    return [*told, sentence(*parts)]


def _spent_alone(row: RegionRow) -> list[Runs]:
    if row.spent_total_cents is None:
        return []
    spent = euros(f"{_tag(row)}-besteed", row.spent_total_cents)
    return [sentence("besteed is ", spent, *_in_period(row))]


def _in_period(row: RegionRow) -> list[Part]:
    if row.spent_in_period_cents is None or row.spent_total_cents is None:
        return []
    return of_which(f"{_tag(row)}-halfjaar", row.spent_in_period_cents, row.spent_total_cents)


def _left(tag: str, cents: int) -> list[Part]:
    if cents < 0:
        return ["; dat is ", euros(f"{tag}-tekort", -cents), " meer dan beschikbaar is"]
    return ["; er resteert ", euros(f"{tag}-resteert", cents)]


def _hours(row: RegionRow) -> Runs:
    """Tell of the hours of the project leaders against their norm."""
    if row.hours_quarters is None or not row.hours_norm or row.hours_share is None:
        return ()
    tag, many = _tag(row), len(row.project_leaders) > 1
    return sentence(
        "de projectleiders maakten " if many else "de projectleider maakte ",
        hours(f"{tag}-uren", Fraction(row.hours_quarters, 4)),
        " uur, ",
        percent(f"{tag}-uren-deel", row.hours_share),
        " van de norm van ",
        hours(f"{tag}-urennorm", row.hours_norm),
        " uur",
    )


def _plan(row: RegionRow) -> Runs:
    if row.plan_status is None:
        return sentence("er is nog geen plan van aanpak") if row.covenant_id else ()
    day = {
        ActionPlanStatus.APPROVED: row.plan_approved_on,
        ActionPlanStatus.PROVISIONALLY_ADOPTED: row.plan_adopted_on,
    }.get(row.plan_status)
    state = ADOPTED.get(row.plan_status)
    if state is None:
        label = ACTION_PLAN.labels()[row.plan_status]
        return sentence(f"de status van het plan van aanpak is ‘{label}’")
    on = f" op {format_dutch_date(day)}" if day else ""
    return sentence(f"het plan van aanpak is{on} {state}")


def _measures(row: RegionRow) -> Runs:
    if row.plan_status not in ADOPTED or row.measures_covered is None or not row.measures_total:
        return ()
    tag = f"{_tag(row)}-maatregelen"
    if row.measures_covered == row.measures_total:
        return sentence(
            "het dekt alle ", *counted(tag, row.measures_total, "maatregel", "maatregelen")
        )
    return sentence(
        "het dekt ",
        count(tag, row.measures_covered),
        " van de ",
        *counted(f"{tag}-totaal", row.measures_total, "maatregel", "maatregelen"),
    )


def _report(row: RegionRow, explanation: str) -> Paragraph:
    if row.report_status is None:
        return paragraph()
    if row.report_status is not ReportStatus.ACCEPTED and explanation:
        reason = " ".join(explanation.split())
        return paragraph(
            sentence("de regio leverde over dit halfjaar geen rapportage aan"), sentence(reason)
        )
    if not is_delivered(row):
        return paragraph(sentence("de rapportage van de regio over dit halfjaar is er nog niet"))
    if row.rag is None:
        return paragraph()
    judgement = f"de regio geeft de voortgang het oordeel ‘{RAG_LABELS[row.rag]}’"
    reason = " ".join(row.rag_explanation.split())
    return paragraph(sentence(judgement), sentence(reason) if reason else ())
