"""The sheets of the half-year workbook about regions and covenants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from vpt_regio.domain.enums import RAG_LABELS, PartyRole
from vpt_regio.domain.indicator_codes import Attainment
from vpt_regio.domain.rules.covenant_clock import status_at
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN
from vpt_regio.domain.workflows.covenants import COVENANT, CovenantStatus
from vpt_regio.domain.workflows.regions import REGION, RegionStatus
from vpt_regio.domain.workflows.reports import REPORT
from vpt_regio.models.covenants import Covenant, CovenantParty
from vpt_regio.queries.agreement_standing import AgreementStanding
from vpt_regio.queries.region_row import RegionRow
from vpt_regio.queries.workbook_half_year import signed_amendments
from vpt_regio.workbooks.half_year_source import HalfYearSource, day_or_words, is_delivered
from vpt_regio.workbooks.spec import Chart, Column, Kind, Placement, Rule, Sheet, Total

REGION_LABELS = REGION.labels()
PLAN_LABELS = ACTION_PLAN.labels()
REPORT_LABELS = REPORT.labels()
COVENANT_LABELS = COVENANT.labels()
BAR = Rule.DATA_BAR
SUM = Total.SUM


class RegionLine(NamedTuple):
    """A row of the sheet of regions."""

    row: RegionRow
    link: str
    agreements: Sequence[AgreementStanding] = ()


def _regions(source: HalfYearSource) -> Iterator[RegionLine]:
    by_region: dict[str, list[AgreementStanding]] = defaultdict(list)
    for region, agreement in source.agreements:
        by_region[region].append(agreement)
    for row in source.regions:
        yield RegionLine(row, source.link("regios", row.code), by_region[row.name])


def _of(get: Callable[[RegionRow], object]) -> Callable[[RegionLine], object]:
    return lambda line: get(line.row)


def _supplement(row: RegionRow) -> int | None:
    """Cents; nothing signed on top of an amount that is not known is not known either."""
    return row.supplement_cents if row.advance_cents is not None else row.supplement_cents or None


def _hours(row: RegionRow) -> Fraction | None:
    return None if row.hours_quarters is None else Fraction(row.hours_quarters, 4)


def _judgement(row: RegionRow) -> str | None:
    return RAG_LABELS[row.rag] if row.rag is not None and is_delivered(row) else None


def _agreed(count: Callable[[Sequence[AgreementStanding]], int]) -> Callable[[RegionLine], object]:
    """Count in the agreements of the half-year; blank for what went up in another region."""
    return lambda line: None if _went_up(line.row) else count(line.agreements)


def _went_up(row: RegionRow) -> bool:
    return row.status is RegionStatus.MERGED


def _contracts(agreements: Sequence[AgreementStanding]) -> int:
    return len({one.contract_id for one in agreements})


def _met(agreements: Sequence[AgreementStanding]) -> int:
    return sum(one.attainment is Attainment.MET for one in agreements)


REGIONS = Sheet(
    "regions",
    "Regio's",
    (
        Column("code", "Code", Kind.TEXT, 16, _of(lambda r: r.code)),
        Column("name", "Regio", Kind.TEXT, 24, _of(lambda r: r.name)),
        Column("status", "Status", Kind.TEXT, 14, _of(lambda r: REGION_LABELS[r.status])),
        Column(
            "account_managers",
            "Accountmanager",
            Kind.TEXT,
            24,
            _of(lambda r: ", ".join(r.account_managers) or None),
        ),
        Column(
            "project_leaders",
            "Projectleider(s)",
            Kind.TEXT,
            26,
            _of(lambda r: ", ".join(r.project_leaders) or None),
        ),
        Column("covenant", "Convenant", Kind.TEXT, 14, _of(lambda r: r.covenant_number)),
        Column("signed_on", "Getekend op", Kind.DATE, 14, _of(lambda r: day_or_words(r.signed))),
        Column(
            "ends_on",
            "Eindigt uiterlijk op",
            Kind.DATE,
            14,
            _of(lambda r: day_or_words(r.latest_end)),
            rule=Rule.OVERDUE,
        ),
        Column("extended", "Verlengd", Kind.TEXT, 10, _of(lambda r: r.extended)),
        Column("advance", "Voorschot", Kind.MONEY, 16, _of(lambda r: r.advance_cents), total=SUM),
        Column("supplement", "Aanvulling", Kind.MONEY, 15, _of(_supplement), total=SUM),
        Column("budget", "Begroot", Kind.MONEY, 16, _of(lambda r: r.budget_cents), total=SUM),
        Column(
            "spent_in_period",
            "Besteed in halfjaar",
            Kind.MONEY,
            15,
            _of(lambda r: r.spent_in_period_cents),
            total=SUM,
        ),
        Column(
            "spent_total",
            "Besteed totaal",
            Kind.MONEY,
            16,
            _of(lambda r: r.spent_total_cents),
            total=SUM,
        ),
        Column(
            "left",
            "Resteert",
            Kind.MONEY,
            16,
            _of(lambda r: r.left_cents),
            total=SUM,
            formula="{advance}+{supplement}-{spent_total}",
        ),
        Column(
            "spent_percent",
            "Besteed %",
            Kind.PERCENT,
            11,
            _of(lambda r: r.spent_share),
            rule=BAR,
            formula="{spent_total}/({advance}+{supplement})",
        ),
        Column(
            "hours_norm",
            "Urennorm halfjaar",
            Kind.DECIMAL,
            12,
            _of(lambda r: r.hours_norm),
            total=SUM,
        ),
        Column("hours", "Uren gemaakt", Kind.DECIMAL, 12, _of(_hours), total=SUM),
        Column(
            "hours_percent",
            "Uren %",
            Kind.PERCENT,
            10,
            _of(lambda r: r.hours_share),
            rule=BAR,
            formula="{hours}/{hours_norm}",
        ),
        Column(
            "plan_status",
            "Status plan",
            Kind.TEXT,
            18,
            _of(lambda r: PLAN_LABELS[r.plan_status] if r.plan_status else None),
        ),
        Column(
            "plan_approved_on",
            "Plan goedgekeurd op",
            Kind.DATE,
            14,
            _of(lambda r: r.plan_approved_on),
        ),
        Column(
            "measures_covered",
            "Maatregelen gedekt",
            Kind.INTEGER,
            12,
            _of(lambda r: r.measures_covered),
        ),
        Column(
            "measures_total",
            "Maatregelen totaal",
            Kind.INTEGER,
            12,
            _of(lambda r: r.measures_total),
        ),
        Column("contracts", "Prestatiecontracten", Kind.INTEGER, 13, _agreed(_contracts)),
        Column("agreements_met", "Afspraken gehaald", Kind.INTEGER, 12, _agreed(_met)),
        Column("agreements_total", "Afspraken totaal", Kind.INTEGER, 12, _agreed(len)),
        Column(
            "report_status",
            "Status rapportage",
            Kind.TEXT,
            16,
            _of(lambda r: REPORT_LABELS[r.report_status] if r.report_status else None),
        ),
        Column("rag", "Oordeel", Kind.TEXT, 11, _of(_judgement), rule=Rule.RAG),
        Column(
            "rag_explanation",
            "Toelichting oordeel",
            Kind.LONG_TEXT,
            50,
            _of(lambda r: (r.rag_explanation or None) if is_delivered(r) else None),
        ),
        Column("link", "Link", Kind.LINK, 8, lambda line: line.link),
    ),
    _regions,
    charts=(
        Chart(
            "Besteed tegenover begroot, per regio",
            "name",
            ("budget", "spent_total"),
            placement=Placement.BELOW,
        ),
    ),
)


class CovenantLine(NamedTuple):
    """A row of the sheet of covenants: the whole covenant, whatever its regions."""

    covenant: Covenant
    ends: date | str | None
    extensions: int
    supplement: int | None
    status: CovenantStatus
    plan_due_on: date | None
    counterparties: str | None
    link: str


def _covenants(source: HalfYearSource) -> Iterator[CovenantLine]:
    for covenant in source.covenants:
        yield _covenant_line(covenant, source)


def _covenant_line(covenant: Covenant, source: HalfYearSource) -> CovenantLine:
    as_of = source.extent.as_of
    amendments = signed_amendments(covenant, source.extent)
    extensions = [a for a in covenant.extensions if a in amendments]
    moved = [a.new_plan_due_on for a in extensions if a.new_plan_due_on]
    end = extensions[-1].new_end if extensions else covenant.original_end
    last_day = covenant.ended_on or (end.on if end else None)
    supplement = sum(amendment.amount_cents or 0 for amendment in amendments)
    if covenant.signed_on is not None and covenant.signed_on > as_of:
        status = CovenantStatus.DRAFT
    else:
        status = status_at(covenant.status, last_day, as_of, ended_on=covenant.ended_on)
    return CovenantLine(
        covenant=covenant,
        ends=day_or_words(end),
        extensions=len(extensions),
        supplement=supplement if covenant.advance_cents is not None else supplement or None,
        status=status,
        plan_due_on=moved[-1] if moved else covenant.plan_due_on,
        counterparties=_counterparties(covenant.parties_under(amendments)),
        link=source.link("convenanten", covenant.id),
    )


def _signed(line: CovenantLine) -> date | str | None:
    return None if line.status is CovenantStatus.DRAFT else day_or_words(line.covenant.signed)


def _counterparties(parties: list[CovenantParty]) -> str | None:
    return ", ".join(p.name for p in parties if p.role is PartyRole.COUNTERPARTY) or None


COVENANTS = Sheet(
    "covenants",
    "Convenanten",
    (
        Column("number", "Nummer", Kind.TEXT, 14, lambda line: line.covenant.number),
        Column(
            "regions",
            "Regio('s)",
            Kind.TEXT,
            30,
            lambda line: ", ".join(region.name for region in line.covenant.regions) or None,
        ),
        Column("counterparty", "Wederpartij", Kind.TEXT, 36, lambda line: line.counterparties),
        Column("signed_on", "Getekend op", Kind.DATE, 14, _signed),
        Column(
            "original_end_on",
            "Oorspronkelijke einddatum",
            Kind.DATE,
            17,
            lambda line: day_or_words(line.covenant.original_end),
        ),
        Column(
            "ends_on",
            "Geldende einddatum",
            Kind.DATE,
            14,
            lambda line: line.ends,
            rule=Rule.OVERDUE,
        ),
        Column(
            "extensions",
            "Aantal verlengingen",
            Kind.INTEGER,
            14,
            lambda line: line.extensions,
            total=SUM,
        ),
        Column(
            "advance",
            "Voorschot",
            Kind.MONEY,
            16,
            lambda line: line.covenant.advance_cents,
            total=SUM,
        ),
        Column("supplement", "Aanvulling", Kind.MONEY, 15, lambda line: line.supplement, total=SUM),
        Column(
            "hours_per_week",
            "Uren per week",
            Kind.INTEGER,
            10,
            lambda line: line.covenant.min_hours_per_week,
        ),
        Column(
            "plan_due_on",
            "Plan uiterlijk op",
            Kind.DATE,
            14,
            lambda line: line.plan_due_on,
        ),
        Column("status", "Status", Kind.TEXT, 18, lambda line: COVENANT_LABELS[line.status]),
        Column("link", "Link", Kind.LINK, 8, lambda line: line.link),
    ),
    _covenants,
)
