"""The lists of the programme as rows of tables: versions side by side, and what uses them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio.domain.workflow import Tone
from vpt_regio.queries.history import list_history
from vpt_regio.queries.lists import ListVersion, ProgrammeList
from vpt_regio.web.filters import day, plain_day
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label

LIST_ACTIONS = ("programme.list_started", "programme.entry_added", "programme.entry_corrected")


def overview_rows(lists: Iterable[ProgrammeList], today: date) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for one in lists:
        present = one.version_on(today)
        url = url_for("lists.show", list_name=one.kind.name)
        rows.append(
            [
                {"text": label(one.kind.title), "url": url},
                present.name if present else _("geen"),
                len(present.entries) if present else 0,
                len(one.versions),
            ]
        )
    return rows


def version_rows(shown: ProgrammeList, today: date) -> list[list[Any]]:
    """Return a version a row: when it holds, and where it comes from."""
    return [
        [
            version.name,
            _state(version, today),
            day(version.starts_on) or _("van het begin af"),
            day(version.ends_on) or _("tot er een nieuwe is"),
            len(version.entries),
            "; ".join(dict.fromkeys(one.source for one in version.entries if one.source)) or None,
        ]
        for version in shown.versions
    ]


def _state(version: ListVersion, today: date) -> dict[str, str]:
    if version.holds_on(today):
        return {"text": _("geldt nu"), "badge": Tone.SUCCESS}
    if version.starts_on is not None and version.starts_on > today:
        return {"text": _("geldt later"), "badge": Tone.ACTIVE}
    return {"text": _("geldt niet meer"), "badge": Tone.INACTIVE}


def comparison_headers(shown: ProgrammeList) -> list[str]:
    return [
        _("Code"),
        *(_("Versie %(name)s", name=version.name) for version in shown.versions),
    ]


@dataclass(frozen=True)
class Words:
    """An entry in one version, with the words of the version before it that had the same thing.

    No entry: the thing is not in this version, and `before` tells whether it was in an earlier one.
    """

    entry: Any | None
    before: Any | None
    is_new: bool
    note: str


def comparison_rows(shown: ProgrammeList) -> list[tuple[str, list[Words]]]:
    """Return what is the same thing on one row: its code, and its words in each version."""
    rows: list[tuple[str, list[Words]]] = []
    for line in shown.lines():
        codes = dict.fromkeys(entry.code for entry in line if entry)
        words: list[Words] = []
        before = None
        for place, entry in enumerate(line):
            is_new = entry is not None and before is None and place > 0
            words.append(Words(entry, before, is_new, _note(shown, entry)))
            before = entry or before
        rows.append((" → ".join(codes), words))
    return rows


def _note(shown: ProgrammeList, entry: Any | None) -> str:
    if entry is None:
        return ""
    notes = []
    if shown.kind.has_short_names:
        notes.append(_("Korte naam: %(name)s", name=entry.short_name))
    version = shown.version(entry.list_version)
    if entry.valid_from is not None and version and entry.valid_from != version.starts_on:
        notes.append(_("Geldt vanaf %(day)s", day=plain_day(entry.valid_from)))
    return ". ".join(notes)


def use_rows(shown: ProgrammeList) -> list[list[Any]]:
    """Return an entry a row, with how often each kind of record refers to it."""
    return [
        [
            f"{entry.code} – {entry.name}",
            version.name,
            *(shown.uses.get(entry.id, {}).get(what, 0) for what, _column in shown.kind.uses),
        ]
        for version in shown.versions
        for entry in version.entries
    ]


def history_of(shown: ProgrammeList) -> list[tuple[str, str, str, str]]:
    """Return what was done to a list, newest first; a loader names it by its table."""
    names = {shown.kind.name, shown.kind.model.__tablename__}
    return in_words(
        one
        for one in list_history(shown)
        if one.action in LIST_ACTIONS and one.detail and one.detail.details.get("list") in names
    )
