"""Reconciliation: how a half-year opens and closes, held against how the last letter closed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select

from vpt_regio import clock
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.half_year_codes import STOCKS, KeyFigure
from vpt_regio.domain.indicator_codes import Attainment
from vpt_regio.domain.rules.reconciliation import (
    Change,
    ComparisonRow,
    Figure,
    Figures,
    RegionChange,
    RegionFigures,
    from_plain,
    must_explain,
)
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.models.board import ReconciliationNote
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.models.snapshots import Snapshot, SnapshotPart
from vpt_regio.queries.agreement_standing import AgreementStanding
from vpt_regio.queries.overview import region_rows
from vpt_regio.queries.region_row import SETTLED_PERIODS, RegionRow
from vpt_regio.queries.regions import get_region
from vpt_regio.queries.snapshots import live_reopenings, open_reopening, read_lines
from vpt_regio.queries.workbook_results import list_agreements
from vpt_regio.standing import standing

PART: Final = "key_figures"
OVER: Final = (RegionStatus.ENDED, RegionStatus.CONTINUED_UNFUNDED)


def comparison(period: ReportingPeriod) -> list[ComparisonRow]:
    """Return each key figure of each region, and what became of it, by region.

    A settled half-year answers from its newest snapshot, but for the regions that are open
    again; an open one as it is now.
    """
    frozen = _newest(Snapshot.period_id == period.id) if period.status in SETTLED_PERIODS else None
    if frozen is None:
        return comparison_rows(region_figures(period))
    regions = [from_plain(line) for line in read_lines(frozen, PART)]
    reopened = {one.region_id for one in live_reopenings(period, on=clock.today())}
    if reopened.isdisjoint(region.region_id for region in regions):
        return comparison_rows(regions)
    now = {region.region_id: region for region in region_figures(period)}
    return comparison_rows(
        [now[one.region_id] if one.region_id in reopened else one for one in regions]
    )


def unexplained(period: ReportingPeriod) -> list[ComparisonRow]:
    """Return what does not open as the last letter closed while nobody told why."""
    return [row for row in comparison_rows(region_figures(period)) if row.is_unexplained]


@dataclass(frozen=True)
class Gap:
    """One key figure of one region in a half-year: where a difference is explained."""

    period: ReportingPeriod
    region: Region
    key_figure: KeyFigure
    __tablename__ = "reconciliation_note"

    @property
    def programme_id(self) -> int:
        return self.period.programme_id

    @property
    def region_ids(self) -> None:
        """The letter is of the ministry, and so is what it says of a difference."""
        return

    @property
    def is_open(self) -> bool:
        """Whether an explanation may still change: not once the half-year stands for ever."""
        if self.period.status not in SETTLED_PERIODS:
            return True
        return open_reopening(self.period, self.region.id, on=clock.today()) is not None


def find_gap(period: ReportingPeriod, region_code: str, key_figure: str) -> Gap | None:
    """Return the place of a figure, whether it differs or not; None for what does not exist."""
    region = get_region(region_code)
    if region is None or region.programme_id != period.programme_id:
        return None
    return Gap(period, region, KeyFigure(key_figure)) if key_figure in set(KeyFigure) else None


def row_of(gap: Gap) -> ComparisonRow | None:
    """Return how a figure stands now; None when the half-year does not know the region."""
    place = (gap.region.id, gap.key_figure)
    rows = comparison(gap.period)
    return next((row for row in rows if (row.region_id, row.key_figure) == place), None)


def note_of(gap: Gap) -> ReconciliationNote | None:
    """Return what was written on a difference, if anything."""
    return db.session.scalar(
        select(ReconciliationNote).where(
            ReconciliationNote.period_id == gap.period.id,
            ReconciliationNote.region_id == gap.region.id,
            ReconciliationNote.key_figure == gap.key_figure,
        )
    )


def last_letter(period: ReportingPeriod) -> Snapshot | None:
    """Return the newest version of the last half-year before this one that was frozen."""
    return _newest(
        ReportingPeriod.programme_id == period.programme_id,
        ReportingPeriod.ends_on < period.starts_on,
    )


def region_figures(
    period: ReportingPeriod, agreements: Sequence[tuple[str, AgreementStanding]] | None = None
) -> list[RegionFigures]:
    """Return every region at both ends of a half-year, read now; `agreements` are those of it."""
    letter = last_letter(period)
    known = {line["region_id"]: line for line in read_lines(letter, PART)} if letter else {}
    named = f"{letter.period.name} (versie {letter.version_no})" if letter else ""
    eve = period.starts_on - timedelta(days=1)
    # read by the half-year of the letter, so that what did not change comes out the same
    rows = region_rows(None, letter.period if letter else period, eve)
    opening = {row.region_id: row for row in rows}
    last_day = min(period.ends_on, clock.today())
    closing = region_rows(None, period, last_day)
    met = _met(list_agreements(period) if agreements is None else agreements)
    notes = _explanations(period)
    names = {row.region_id: row.name for row in closing}
    regions = []
    for row in closing:
        before, line = opening[row.region_id], known.get(row.region_id)
        changes = list(_changes(row, before, last_day, names)) if letter else []
        if letter and line is None:
            changes.insert(0, Change(RegionChange.NEW))
        regions.append(
            RegionFigures(
                region_id=row.region_id,
                code=row.code,
                name=row.name,
                closing=_closing(row, met),
                opening=_stocks(before),
                previous=from_plain(line).closing if line else None,
                letter=named,
                changes=tuple(changes),
                explanations=notes.get(row.region_id, {}),
            )
        )
    return regions


def comparison_rows(regions: Sequence[RegionFigures]) -> list[ComparisonRow]:
    """Return the rows of the comparison: for each region what became of it, then its figures."""
    lined_up = _lined_up(regions)
    rows: list[ComparisonRow] = []
    for region in regions:
        said: dict[str, Any] = {
            "region_id": region.region_id,
            "code": region.code,
            "region": region.name,
            "letter": region.letter,
        }
        rows += [ComparisonRow(**said, change=change) for change in region.changes]
        for key_figure in KeyFigure:
            previous, opening, current = lined_up[region.region_id, key_figure]
            rows.append(
                ComparisonRow(
                    **said,
                    key_figure=key_figure,
                    previous=previous,
                    opening=opening,
                    current=current,
                    must_explain=must_explain(key_figure, region),
                    is_known=region.previous is not None,
                    explanation=region.explanations.get(key_figure, ""),
                )
            )
    return rows


def _lined_up(
    regions: Sequence[RegionFigures],
) -> dict[tuple[int, KeyFigure], tuple[Figure, Figure, Figure]]:
    """Join what three moments say of each figure: last letter, opening, closing."""
    import pandas as pd

    def series(pick: str) -> pd.Series[Any]:
        values = {
            (region.region_id, key_figure): (getattr(region, pick) or {}).get(key_figure)
            for region in regions
            for key_figure in KeyFigure
        }
        return pd.Series(values, name=pick, dtype="object")

    if not regions:
        return {}
    frame = pd.concat([series(pick) for pick in ("previous", "opening", "closing")], axis=1)
    return {key: tuple(values) for key, *values in frame.itertuples(name=None)}


def _newest(*conditions: Any) -> Snapshot | None:
    query = (
        select(Snapshot)
        .join(Snapshot.period)
        .join(SnapshotPart, SnapshotPart.snapshot_id == Snapshot.id)
        .where(SnapshotPart.key == PART, *conditions)
        .order_by(ReportingPeriod.ends_on.desc(), Snapshot.version_no.desc())
        .limit(1)
    )
    return db.session.scalars(query).first()


def _explanations(period: ReportingPeriod) -> dict[int, dict[KeyFigure, str]]:
    query = (
        select(ReconciliationNote)
        .where(ReconciliationNote.period_id == period.id)
        .order_by(ReconciliationNote.id)
    )
    found: dict[int, dict[KeyFigure, str]] = defaultdict(dict)
    for note in db.session.scalars(query):
        found[note.region_id][note.key_figure] = note.explanation
    return found


def _met(agreements: Sequence[tuple[str, AgreementStanding]]) -> Counter[str]:
    return Counter(region for region, one in agreements if one.attainment is Attainment.MET)


def _closing(row: RegionRow, met: Counter[str]) -> Figures:
    went_up = row.status is RegionStatus.MERGED
    return {
        **_stocks(row),
        KeyFigure.HOURS: row.hours_quarters,
        KeyFigure.AGREEMENTS_MET: None if went_up else met[row.name],
    }


def _stocks(row: RegionRow) -> Figures:
    figures: dict[KeyFigure, Figure] = {
        KeyFigure.STATUS: row.status.value,
        KeyFigure.COVENANT_END: _day(row.latest_end),
        KeyFigure.AVAILABLE: row.available_cents,
        KeyFigure.SPENT_TOTAL: row.spent_total_cents,
        KeyFigure.LEFT: row.left_cents,
        KeyFigure.MEASURES_COVERED: row.measures_covered,
    }
    assert figures.keys() == STOCKS  # noqa: S101  # every stock has its place here
    return figures


def _day(when: FuzzyDate | None) -> str | None:
    if when is None:
        return None
    return when.on.isoformat() if when.is_exact and when.on else when.display()


def _changes(
    row: RegionRow,
    before: RegionRow,
    day: date,
    names: Mapping[int, str],
) -> Iterator[Change]:
    """Yield what became of a region by a day, since the last letter."""
    if joined := sorted(names[key] for key in row.members - before.members - {row.region_id}):
        yield Change(RegionChange.SUCCESSOR, {"names": ", ".join(joined)})
    if before.members and not row.members:
        holder = standing().holder(row.region_id, day)
        yield Change(RegionChange.MERGED, {"names": names.get(holder, "")})
    if row.status in OVER and before.status not in OVER:
        yield Change(RegionChange.ENDED)
    is_same_covenant = row.covenant_id is not None and row.covenant_id == before.covenant_id
    until, former = row.latest_end, before.latest_end
    if is_same_covenant and until and former and until.on and former.on and until.on > former.on:
        yield Change(RegionChange.EXTENDED, {"until": until.display(), "from": former.display()})
