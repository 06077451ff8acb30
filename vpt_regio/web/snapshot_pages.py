"""What the pages about freezing show: what is in the way, the versions and their files."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.half_year_codes import FILE_LABELS, KEY_FIGURE_LABELS, FileKind
from vpt_regio.domain.workflow import Tone
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Reopening, Snapshot
from vpt_regio.queries.periods import status_on_board
from vpt_regio.queries.reconciliation import unexplained
from vpt_regio.queries.snapshots import (
    Delivery,
    list_deliveries,
    list_files,
    list_snapshots,
    live_reopenings,
    read_lines,
)
from vpt_regio.services.snapshot_files import MAKERS, file_name_of
from vpt_regio.web.filters import checksum, day, moment, state_label, state_tone, whole
from vpt_regio.web.i18n import label
from vpt_regio.workbooks.renewal import in_words
from vpt_regio.workbooks.spec import Kind

MOST_ERRATA = 20
MOST_WORDS = 160
_KINDS = (Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.MIXED, Kind.MIXED)

Row = list[Any]


def delivery_rows(period: ReportingPeriod) -> list[Row]:
    """Return for each region how its report stands, and what is to be done."""
    return [_delivery_row(period, one) for one in list_deliveries(period)]


def _delivery_row(period: ReportingPeriod, one: Delivery) -> Row:
    code, region_code = period.code, one.region.code
    status = status_on_board(period, one.report.status if one.report else None)
    page = url_for("reports.show", code=code, region_code=region_code)
    shown = {"text": state_label("report", status), "badge": state_tone("report", status)}
    explain = url_for("board.missing", code=code, region_code=region_code)
    if one.is_accepted:
        todo: Any = _("klaar")
    elif one.explanation:
        todo = {"text": _("uitgelegd"), "url": explain, "note": one.explanation}
    else:
        todo = {"text": _("Uitleggen waarom zij ontbreekt"), "url": explain}
    region = {"text": one.region.name, "url": page} if one.report else one.region.name
    return [region, shown, todo]


def difference_rows(period: ReportingPeriod) -> list[Row]:
    """Return what does not open as the last letter closed, and is not explained yet."""
    page = url_for("periods.show", code=period.code) + "/vergelijking"
    return [
        [row.region, {"text": label(KEY_FIGURE_LABELS[row.key_figure]), "url": page}]
        for row in unexplained(period)
        if row.key_figure is not None
    ]


def reopening_state(reopening: Reopening, *, is_live: bool) -> dict[str, str]:
    """Return how a reopening stands, as a tag."""
    if reopening.snapshot is not None:
        text = _("verwerkt in versie %(number)s", number=reopening.snapshot.version_no)
        return {"text": text, "badge": Tone.SUCCESS}
    if is_live:
        return {"text": _("open"), "badge": Tone.WARNING}
    if reopening.closed_on is not None:
        return {"text": _("beëindigd"), "badge": Tone.INACTIVE}
    return {"text": _("verlopen"), "badge": Tone.INACTIVE}


def reopening_row(reopening: Reopening, *, is_live: bool) -> Row:
    """Return a reopening as a row: reference, what, reason, until when, how it stands."""
    what = reopening.region.name if reopening.region else _("wat bij geen regio hoort")
    return [
        {"text": whole(reopening.reference), "note": day(reopening.decided_on)},
        what,
        reopening.reason,
        day(reopening.expires_on),
        reopening_state(reopening, is_live=is_live),
    ]


def file_rows(snapshot: Snapshot) -> tuple[list[Row], bool]:
    """Return each file that a version has, and whether one is still to be made."""
    stored = {file.kind: file for file in list_files(snapshot)}
    rows = [
        _file_row(snapshot, kind, stored[kind].sha256 if kind in stored else "")
        for kind in FileKind
        if kind in stored or kind in MAKERS
    ]
    return rows, any(kind not in stored for kind in MAKERS)


def _file_row(snapshot: Snapshot, kind: FileKind, sha256: str) -> Row:
    if not sha256:
        return [label(FILE_LABELS[kind]), _("nog niet gemaakt")]
    url = url_for(
        "snapshots.download",
        code=snapshot.period.code,
        version_no=snapshot.version_no,
        file_kind=kind.value,
    )
    name = file_name_of(snapshot, kind)
    return [label(FILE_LABELS[kind]), {"text": name, "url": url, "note": checksum(sha256)}]


@dataclass(frozen=True)
class Errata:
    """The first errata of a version, in words, and how many there are."""

    rows: list[Row]
    count: int


def _erratum_row(cells: list[Any]) -> Row:
    """A row without its reason: the reopening tells that once for all of them."""
    told = [in_words(cell, kind) for cell, kind in zip(cells, _KINDS, strict=False)]
    short = [f"{text[:MOST_WORDS]}…" if len(text) > MOST_WORDS else text for text in told]
    return [*short, whole(cells[-1])]


def errata_of(snapshot: Snapshot) -> Errata:
    """Return what a version puts right."""
    lines = list(read_lines(snapshot, "sheet:errata"))
    rows = [_erratum_row(line["cells"]) for line in lines[:MOST_ERRATA]]
    return Errata(rows, len(lines))


@dataclass(frozen=True)
class Versions:
    """What the board of a half-year tells about its versions."""

    rows: list[Row]
    reopenings: list[Row]


def versions_of(period: ReportingPeriod) -> Versions:
    """Return the versions of a half-year, and what is open again now."""
    rows: list[Row] = [
        [
            {
                "text": _("Versie %(number)s", number=one.version_no),
                "url": url_for("snapshots.version", code=period.code, version_no=one.version_no),
            },
            {"text": moment(one.taken_at), "note": checksum(one.sha256)},
        ]
        for one in list_snapshots(period)
    ]
    live = live_reopenings(period, on=clock.today()) if rows else []
    return Versions(rows, [reopening_row(one, is_live=True) for one in live])
