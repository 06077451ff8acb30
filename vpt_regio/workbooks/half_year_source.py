"""What a half-year workbook is made from: everything but its rows, read in one instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Protocol
from urllib.parse import quote

from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.rules.reconciliation import ComparisonRow, RegionFigures
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Measure
from vpt_regio.queries.agreement_standing import AgreementStanding
from vpt_regio.queries.as_of import Extent
from vpt_regio.queries.commitments import CommitmentOn, list_commitments
from vpt_regio.queries.figure_checks import FigureCheck, checks_over
from vpt_regio.queries.figure_tables import FigureTable, figure_tables
from vpt_regio.queries.half_year_notices import Notices, read_notices
from vpt_regio.queries.programmes import list_measures
from vpt_regio.queries.reconciliation import comparison_rows, region_figures
from vpt_regio.queries.region_row import RegionRow
from vpt_regio.queries.workbook_half_year import (
    DELIVERED,
    extent_of,
    list_covenants,
    list_regions,
    return_notes,
)
from vpt_regio.queries.workbook_results import known_on, list_agreements


class Erratum(Protocol):
    """A cell that is not what it was in the version before, with the decision on it."""

    @property
    def sheet(self) -> str: ...
    @property
    def row(self) -> str: ...
    @property
    def column(self) -> str: ...
    @property
    def was(self) -> object: ...
    @property
    def becomes(self) -> object: ...
    @property
    def reason(self) -> str: ...
    @property
    def decision(self) -> str: ...


PROVISIONAL: Final = "voorlopig"

HOLDING = (ActionPlanStatus.APPROVED, ActionPlanStatus.PROVISIONALLY_ADOPTED)


@dataclass(frozen=True)
class HalfYearSource:
    """A half-year as the workbook tells it.

    `made_by` is an office or a role; `base_url` goes before the address of every record.
    `agreements` are those that ran in the half-year, each with the name of the region for which it
    counts. `return_notes` maps a region to the reason for which its report was returned.
    `version` is that of the snapshot, from 1; None is provisional. `errata` are there from
    version 2 on. `notices` are the exceptions: extra time, missing reports and reopenings.
    """

    period: ReportingPeriod
    extent: Extent
    made_at: datetime
    made_by: str
    base_url: str
    measures: Sequence[Measure]
    regions: Sequence[RegionRow]
    covenants: Sequence[Covenant]
    agreements: Sequence[tuple[str, AgreementStanding]] = ()
    figure_tables: Sequence[FigureTable] = ()
    figure_checks: Sequence[FigureCheck] = ()
    return_notes: Mapping[int, str] = field(default_factory=dict)
    commitments: Sequence[CommitmentOn] = ()
    key_figures: Sequence[RegionFigures] = ()
    comparison: Sequence[ComparisonRow] = ()
    errata: Sequence[Erratum] = ()
    version: int | None = None
    notices: Notices = field(default_factory=Notices)

    @property
    def shown_version_ids(self) -> list[int]:
        """The version of each region's plan that its row speaks of."""
        return [row.plan_version_id for row in self.regions if row.plan_version_id is not None]

    @property
    def holding_version_ids(self) -> list[int]:
        """The version of each region's plan that holds: approved or provisionally adopted."""
        return [
            row.plan_version_id
            for row in self.regions
            if row.plan_version_id is not None and row.plan_status in HOLDING
        ]

    @property
    def undelivered(self) -> list[RegionRow]:
        """The regions that owe a report which is not accepted."""
        return [
            row
            for row in self.regions
            if row.report_status is not None and row.report_status is not ReportStatus.ACCEPTED
        ]

    @property
    def edition(self) -> str:
        """What the file calls itself: provisional, or a version."""
        return PROVISIONAL if self.version is None else f"versie {self.version}"

    def link(self, *parts: object) -> str:
        """The address of a record."""
        return "/".join([self.base_url, *(quote(str(part), safe="") for part in parts)])


def read_half_year(
    period: ReportingPeriod, *, made_at: datetime, made_by: str, base_url: str
) -> HalfYearSource:
    """Read what the workbook needs beside its rows; call it within `one_instant`."""
    extent = extent_of(period)
    agreements = list_agreements(period)
    regions = region_figures(period, agreements)
    figures = figure_tables(period.programme, as_of=known_on(period))
    return HalfYearSource(
        period=period,
        extent=extent,
        made_at=made_at,
        made_by=made_by,
        base_url=base_url,
        measures=list_measures(period.programme, on=extent.ends_on),
        regions=list_regions(extent, period),
        covenants=list_covenants(extent),
        agreements=agreements,
        figure_tables=figures,
        figure_checks=checks_over(figures),
        return_notes=return_notes(extent),
        commitments=_commitments(period),
        key_figures=regions,
        comparison=comparison_rows(regions),
        notices=read_notices(period),
    )


def _commitments(period: ReportingPeriod) -> list[CommitmentOn]:
    """What was promised by the day whose knowledge the overview shows, oldest first."""
    found = list_commitments(period.programme_id, on=known_on(period))
    return sorted(found, key=lambda one: (one.commitment.made_on or date.min, one.commitment.id))


def is_delivered(row: RegionRow) -> bool:
    """Whether the report of a region left its hands: only then its judgement is shown."""
    return row.report_status in DELIVERED


def day_or_words(when: FuzzyDate | None) -> date | str | None:
    """A known day as a date; a vaguer one in the words of its source."""
    if when is None:
        return None
    return when.on if when.is_exact else when.display()
