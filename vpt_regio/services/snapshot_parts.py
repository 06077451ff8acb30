"""What goes into a snapshot: every sheet cell by cell, the annex, and what the next one needs."""

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from vpt_regio.documents.annex_content import from_plain, to_plain
from vpt_regio.documents.annex_content import renewed as renewed_annex
from vpt_regio.domain.rules import reconciliation
from vpt_regio.domain.rules.errata import Erratum
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.models.snapshots import Snapshot, SnapshotPart
from vpt_regio.queries.reconciliation import PART as KEY_FIGURES
from vpt_regio.queries.region_row import RegionRow
from vpt_regio.queries.snapshots import manifest_of, read_lines
from vpt_regio.services.annex import read_annex
from vpt_regio.services.annex_kept import kept_of
from vpt_regio.workbooks.frozen import capture, declaration, part_key
from vpt_regio.workbooks.half_year import half_year_workbook
from vpt_regio.workbooks.half_year_explanation import EXPLANATION, SOURCES
from vpt_regio.workbooks.half_year_letter import ERRATA
from vpt_regio.workbooks.half_year_regions import REGION_LABELS, REGIONS, REPORT_LABELS
from vpt_regio.workbooks.half_year_source import HalfYearSource
from vpt_regio.workbooks.plain import canonical, plain_sheet
from vpt_regio.workbooks.renewal import Opened, errata_of, realigned, renewed
from vpt_regio.workbooks.spec import Sheet

FORMAT = 1
REGION_STATUSES = {label: RegionStatus(code) for code, label in REGION_LABELS.items()}
REPORT_STATUSES = {label: ReportStatus(code) for code, label in REPORT_LABELS.items()}
ANNEX = "annex"

Lines = list[Any]


@dataclass(frozen=True)
class Before:
    """The version before, and what was opened again since; `region_ids` go with the regions."""

    snapshot: Snapshot
    opened: tuple[Opened, ...]
    region_ids: frozenset[int] = frozenset()

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(code for one in self.opened for code in one.regions)

    @property
    def with_national(self) -> bool:
        return any(not one.regions for one in self.opened)


def read_parts(
    source: HalfYearSource, before: Before | None
) -> tuple[dict[str, Lines], dict[str, Any]]:
    """Return the lines of every part by its key, and the declaration of the workbook.

    With a version before, only what was opened again is read anew.
    """
    regions = _codes_by_name(source.period)
    parts: dict[str, Lines] = {}
    errata: list[Erratum] = []
    old_sheets = _declared_before(before)
    source = _as_known(source, before)
    for sheet in half_year_workbook(source).sheets_for(source):
        if sheet is ERRATA:
            continue
        lines = list(capture(sheet, source, regions))
        if before is not None and isinstance(sheet, Sheet) and sheet.key in old_sheets:
            declared, key = plain_sheet(sheet), part_key(sheet)
            old = list(read_lines(before.snapshot, key))
            old = realigned(old, old_sheets[sheet.key], declared)
            lines = renewed(old, lines, before.opened)
            errata += errata_of(declared, old, lines, before.opened)
        parts[part_key(sheet)] = lines
    if before is not None:
        parts[EXPLANATION.key] = _explained(parts[EXPLANATION.key], before)
        source = replace(source, errata=errata)
        parts[part_key(ERRATA)] = list(capture(ERRATA, source, regions))
    parts[KEY_FIGURES] = _key_figures(source, before)
    parts[ANNEX] = [_annex(source, before, parts)]
    return parts, declaration(half_year_workbook(source), source)


def _as_known(source: HalfYearSource, before: Before | None) -> HalfYearSource:
    """Let regions that nobody opened stand as they did; those that came since are left out."""
    if before is None:
        return source
    keys = [column["key"] for column in _declared_before(before)[REGIONS.key]["columns"]]
    lines = read_lines(before.snapshot, part_key(REGIONS))
    known = {
        code: dict(zip(keys, line["cells"], strict=True))
        for line in lines
        for code in line["regions"]
    }
    regions = [
        row if row.code in before.codes else _as_it_stood(row, known[row.code])
        for row in source.regions
        if row.code in before.codes or row.code in known
    ]
    return replace(source, regions=regions)


def _as_it_stood(row: RegionRow, cells: dict[str, Any]) -> RegionRow:
    return replace(
        row,
        status=REGION_STATUSES.get(cells["status"], row.status),
        report_status=REPORT_STATUSES.get(cells["report_status"]),
    )


def _explained(lines: Lines, before: Before) -> Lines:
    """Let the sources stay as they were, unless what belongs to no region was opened."""
    old = list(read_lines(before.snapshot, EXPLANATION.key))
    now, was = _place_of_sources(lines), _place_of_sources(old)
    if before.with_national or now is None or was is None:
        return lines
    return lines[:now] + old[was:]


def _place_of_sources(lines: Lines) -> int | None:
    return next((n for n, line in enumerate(lines) if line["label"] == SOURCES), None)


def _codes_by_name(period: ReportingPeriod) -> dict[str, tuple[str, ...]]:
    query = (
        select(Region.name, Region.code)
        .where(Region.programme_id == period.programme_id)
        .order_by(Region.id)
    )
    codes: dict[str, tuple[str, ...]] = {}
    for name, code in db.session.execute(query):
        codes[name] = (*codes.get(name, ()), code)
    return codes


def _declared_before(before: Before | None) -> dict[str, dict[str, Any]]:
    if before is None:
        return {}
    sheets = manifest_of(before.snapshot).get("workbook", {}).get("sheets", [])
    return {sheet["key"]: sheet for sheet in sheets if not sheet.get("text")}


def _key_figures(source: HalfYearSource, before: Before | None) -> Lines:
    lines: Lines = [reconciliation.to_plain(region) for region in source.key_figures]
    if before is None:
        return lines
    old = list(read_lines(before.snapshot, KEY_FIGURES))
    known = {line["region"] for line in old}
    anew = {line["region"]: line for line in lines if line["region"] in before.codes}
    kept = [anew.get(line["region"], line) for line in old]
    return kept + [line for code, line in anew.items() if code not in known]


def _annex(
    source: HalfYearSource, before: Before | None, parts: Mapping[str, Lines]
) -> dict[str, Any]:
    plain = next(read_lines(before.snapshot, ANNEX), None) if before else None
    if before is None or plain is None:
        return to_plain(read_annex(source))
    old = from_plain(plain)
    kept = kept_of(old, parts, with_national=before.with_national)
    content = renewed_annex(
        old,
        read_annex(source, kept),
        region_ids=before.region_ids,
        with_national=before.with_national,
    )
    return to_plain(content)


@dataclass(frozen=True)
class Packed:
    """A part as it is stored; `sha256` is over the lines before they were packed."""

    key: str
    line_count: int
    content: bytes
    sha256: str

    def listed(self) -> dict[str, Any]:
        """What the manifest says of the part."""
        return {"key": self.key, "lines": self.line_count, "sha256": self.sha256}


def pack(key: str, lines: Sequence[Any]) -> Packed:
    """Return a part as JSON lines, packed and hashed."""
    raw = "".join(f"{canonical(line)}\n" for line in lines).encode()
    return Packed(key, len(lines), zlib.compress(raw), hashlib.sha256(raw).hexdigest())


def stored(packed: Sequence[Packed], snapshot: Snapshot) -> Iterator[SnapshotPart]:
    """Yield the rows of the parts of a snapshot."""
    for position, part in enumerate(packed, start=1):
        yield SnapshotPart(
            snapshot_id=snapshot.id,
            position=position,
            key=part.key,
            line_count=part.line_count,
            content=part.content,
            sha256=part.sha256,
        )
