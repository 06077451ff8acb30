"""What a form that came back would change, line by line: at the download, now, and in the file."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from vpt_regio.domain.rules.three_way import Merge, merge_record
from vpt_regio.domain.text import N_
from vpt_regio.workbooks.progress_form_types import (
    FormRead,
    FormRow,
    FormSheet,
    FormSource,
    Plain,
    present_values,
)

Values = Mapping[str, Plain]

# of these a person may take one value and leave another; of the others a row is one thing
_BY_VALUE = (FormSheet.ACTIVITIES, FormSheet.JUDGEMENT)
_BOOKING = "expenditure:"
_NOTHING_BOOKED: Values = {"quarters": None, "note": ""}


class LineState(StrEnum):
    """What a line would do.

    ``AGREED``: it stands there already. ``KNOWN``: this form booked it before. ``ALIKE``: the
    same was booked since the download. ``GONE``: the record is not in the half-year any more.
    """

    CHANGED = "changed"
    ADDED = "added"
    CONFLICT = "conflict"
    ALIKE = "alike"
    AGREED = "agreed"
    KNOWN = "known"
    GONE = "gone"


LINE_STATE_LABELS: dict[LineState, str] = {
    LineState.CHANGED: N_("gewijzigd"),
    LineState.ADDED: N_("nieuw"),
    LineState.CONFLICT: N_("ook hier gewijzigd"),
    LineState.ALIKE: N_("lijkt al geboekt"),
    LineState.AGREED: N_("staat er al"),
    LineState.KNOWN: N_("al ingelezen"),
    LineState.GONE: N_("bestaat niet meer"),
}
OPEN = (LineState.CHANGED, LineState.ADDED, LineState.CONFLICT, LineState.ALIKE, LineState.GONE)
"""The states in which a line still asks for a choice."""


@dataclass(frozen=True)
class Line:
    """One thing to take or to leave; `base`, `current` and `new` are plain values by field.

    `facts` are what is fixed of the row, and the words for it (`label`); `cells` are the addresses
    by field. `result` is what stands there when the line is taken.
    """

    key: str
    row_key: str
    sheet: FormSheet
    base: Values
    new: Values
    facts: Values = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    current: Values = field(default_factory=dict)
    result: Values = field(default_factory=dict)
    touched: tuple[str, ...] = ()
    state: LineState = LineState.CHANGED

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def record_id(self) -> int:
        """The id in the key of the row: of an activity, an agreement or an appointment."""
        return int(self.row_key.split(":")[1])


@dataclass(frozen=True)
class Booked:
    """What this form, and others, booked before; for telling a booking that came twice."""

    known: Mapping[str, int] = field(default_factory=dict)
    excluded: frozenset[int] = frozenset()


def lines_of(read: FormRead, source: FormSource) -> list[Line]:
    """Return a line for everything that a file says otherwise than it was at the download."""
    base = read.meta.base if read.meta else {}
    labels = {activity.activity_id: activity.label for activity in source.activities}
    found: list[Line] = []
    for row in read.rows:
        if not row.faulty and not (row.sheet is FormSheet.EXPENDITURES and row.key in base):
            found += _lines_of_row(row, base.get(row.key), labels, read)
    return found


def _lines_of_row(
    row: FormRow, base: Values | None, labels: Mapping[int, str], read: FormRead
) -> list[Line]:
    facts: dict[str, Plain] = dict((read.meta.facts if read.meta else {}).get(row.key, {}))
    new = row.plain()
    if row.sheet is FormSheet.EXPENDITURES:
        facts |= _facts_of_booking(new, read)
        facts["activity"] = labels.get(row.values["activity_id"] or 0)
        return [Line(row.key, row.key, row.sheet, {}, new, facts, _cells(row))]
    if row.sheet is FormSheet.HOURS:
        facts |= _facts_of_week(row, read)
        new = _hours(new)
    before = _before(row.sheet, base)
    names = [(name,) for name in new] if row.sheet in _BY_VALUE else [tuple(new)]
    return [
        Line(
            f"{row.key}/{one[0]}" if row.sheet in _BY_VALUE else row.key,
            row.key,
            row.sheet,
            {name: before.get(name) for name in one},
            {name: new[name] for name in one},
            facts,
            _cells(row, one),
        )
        for one in names
        if any(new[name] != before.get(name) for name in one)
    ]


def _facts_of_booking(new: Values, read: FormRead) -> dict[str, Plain]:
    """Return the content as a digest, the form it came on, and the last booking that it knew."""
    base = read.meta.base if read.meta else {}
    numbers = [int(key.split(":")[1]) for key in base if key.startswith(_BOOKING)]
    return {
        "digest": digest_of(new),
        "form": read.meta.downloaded_at.isoformat() if read.meta else "",
        "last_id": max(numbers, default=0),
    }


def _facts_of_week(row: FormRow, read: FormRead) -> dict[str, Plain]:
    number, week = row.values["appointment_id"], row.values["week"]
    names = {one: label for label, one in read.meta.leaders.items()} if read.meta else {}
    return {
        "appointment_id": number,
        "leader": names.get(number),
        "week": str(week),
        "iso_year": week[0],
        "iso_week": week[1],
    }


def _before(sheet: FormSheet, base: Values | None) -> Values:
    if sheet is FormSheet.HOURS:
        return _hours(base or _NOTHING_BOOKED)
    return base or {}


def _hours(values: Values) -> dict[str, Plain]:
    """A week without hours is a week with nothing booked."""
    note = values.get("note") or ""
    quarters = values.get("quarters")
    return {"quarters": None if not quarters and not note else quarters or 0, "note": note}


def _cells(row: FormRow, names: Iterable[str] = ()) -> dict[str, str]:
    wanted = set(names)
    return {name: cell for name, cell in row.cells.items() if not wanted or name in wanted}


def digest_of(values: Values) -> str:
    """Return what tells the content of a booking from any other."""
    content = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def compare(lines: Sequence[Line], source: FormSource, booked: Booked) -> list[Line]:
    """Hold lines against what is there now."""
    present = present_values(source)
    known = Counter(booked.known)
    last_id = max((int(line.facts.get("last_id") or 0) for line in lines), default=0)
    alike = _alike(present, last_id, booked)
    found: list[Line] = []
    for line in lines:
        if line.sheet is FormSheet.EXPENDITURES:
            found.append(_compare_booking(line, known, alike))
        else:
            found.append(_compare_record(line, present))
    return found


def _alike(present: Mapping[str, Values], last_id: int, booked: Booked) -> Counter[str]:
    """Count the bookings since the download, by content, without those that this form made."""
    later: Counter[str] = Counter()
    for key, values in present.items():
        if key.startswith(_BOOKING):
            number = int(key.split(":")[1])
            if number > last_id and number not in booked.excluded:
                later[digest_of(values)] += 1
    return later - Counter(booked.known)


def _compare_booking(line: Line, known: Counter[str], alike: Counter[str]) -> Line:
    digest = str(line.facts["digest"])
    for state, left in ((LineState.KNOWN, known), (LineState.ALIKE, alike)):
        if left[digest]:
            left[digest] -= 1
            return replace(line, state=state, result=line.new, touched=tuple(line.new))
    return replace(line, state=LineState.ADDED, result=line.new, touched=tuple(line.new))


def _compare_record(line: Line, present: Mapping[str, Values]) -> Line:
    now = present.get(line.row_key)
    if line.sheet is FormSheet.HOURS:
        now = _hours(now or _NOTHING_BOOKED)
    if now is None:
        return replace(line, state=LineState.GONE, touched=tuple(line.new))
    current = {name: now.get(name) for name in line.new}
    merged = merge_record(base=line.base, current=current, new=line.new)
    state = {
        Merge.CONFLICT: LineState.CONFLICT,
        Merge.CHANGED: LineState.CHANGED,
        Merge.AGREED: LineState.AGREED,
        Merge.KEPT: LineState.AGREED,
    }[merged.merge]
    if state is LineState.CHANGED and _is_blank(current):
        state = LineState.ADDED
    return replace(line, current=current, result=merged.result, touched=merged.touched, state=state)


def _is_blank(values: Values) -> bool:
    return all(value is None or value == "" for value in values.values())


def fingerprint(lines: Iterable[Line]) -> str:
    """Return what tells one comparison from another: what somebody saw when they chose."""
    seen = [[line.key, line.state, dict(line.current)] for line in lines]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def to_plain(line: Line) -> dict[str, Any]:
    """Return a line as it is kept with its import."""
    return {
        "key": line.key,
        "row_key": line.row_key,
        "sheet": line.sheet.value,
        "base": dict(line.base),
        "new": dict(line.new),
        "facts": dict(line.facts),
        "cells": dict(line.cells),
        "current": dict(line.current),
        "result": dict(line.result),
        "touched": list(line.touched),
        "state": line.state.value,
    }


def from_plain(content: Mapping[str, Any]) -> Line:
    """Return the line that was kept."""
    return Line(
        content["key"],
        content["row_key"],
        FormSheet(content["sheet"]),
        content["base"],
        content["new"],
        content["facts"],
        content["cells"],
        content["current"],
        content["result"],
        tuple(content["touched"]),
        LineState(content["state"]),
    )
