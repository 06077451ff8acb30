"""Earlier subsidies from a file, between reading and storing: kept in the page, and in words."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer

from vpt_regio.domain.fuzzy_date import FuzzyDate, Precision
from vpt_regio.domain.rules.subsidy_outcomes import GRANTED_IN_SOME_WAY
from vpt_regio.domain.subsidy_codes import ApplicationStatus
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.services.subsidy_import import SubsidyDraft
from vpt_regio.services.subsidy_import_preview import (
    ROW_STATE_LABELS,
    ImportPreview,
    PilotRow,
    RoundRow,
    RowState,
)
from vpt_regio.web.filters import euro, vague
from vpt_regio.web.i18n import label
from vpt_regio.workbooks.subsidy_form import OUTCOME_LABELS

STATE_TONES = {RowState.NEW: "success", RowState.EXISTS: "neutral", RowState.DIFFERS: "warning"}


def seal(draft: SubsidyDraft, programme: Programme, person: Person) -> str:
    """Return the rows as text that only this application can make, for this person."""
    content = [
        [_plain(row) for row in draft.rounds],
        [_plain(row) for row in draft.pilots],
        draft.file_name,
        draft.sha256,
        draft.seen,
    ]
    sealed = _serializer(programme, person).dumps(content)
    return sealed if isinstance(sealed, str) else sealed.decode()


def unseal(sealed: str | None, programme: Programme, person: Person) -> SubsidyDraft | None:
    """Return the rows that were shown; None for a text that we did not make."""
    try:
        rounds, pilots, *rest = _serializer(programme, person).loads(sealed or "")
    except BadData:
        return None
    return SubsidyDraft(
        tuple(_round(values) for values in rounds),
        tuple(_pilot(values) for values in pilots),
        *rest,
    )


def _plain(row: RoundRow | PilotRow) -> dict[str, Any]:
    return {
        name: _day_as_plain(value) if isinstance(value, FuzzyDate) else value
        for name, value in vars(row).items()
    }


def _day_as_plain(day: FuzzyDate) -> list[str | None]:
    return [day.on.isoformat() if day.on else None, day.precision, day.words]


def _day(plain: list[str] | None) -> FuzzyDate | None:
    if plain is None:
        return None
    on, precision, words = plain
    return FuzzyDate(date.fromisoformat(on) if on else None, Precision(precision), words)


def _round(values: dict[str, Any]) -> RoundRow:
    days = {name: _day(values[name]) for name in ("opens", "closes")}
    return RoundRow(**{**values, **days})


def _pilot(values: dict[str, Any]) -> PilotRow:
    read = {"outcome": ApplicationStatus(values["outcome"]), "decided": _day(values["decided"])}
    return PilotRow(**{**values, **read})


def _serializer(programme: Programme, person: Person) -> URLSafeSerializer:
    return URLSafeSerializer(
        current_app.config["SECRET_KEY"],
        salt=f"subsidy-import-1:{programme.id}:{person.id}",
        signer_kwargs={"digest_method": hashlib.sha256},
    )


def counts(shown: ImportPreview) -> list[tuple[str, str]]:
    """Return how much is new, and how much is there already."""
    new = shown.new_pilots
    return [
        (_("Nieuwe regelingen"), str(len(shown.schemes))),
        (_("Nieuwe rondes"), str(len(shown.new_rounds))),
        (_("Nieuwe aanvragen"), str(len(new))),
        (_("Waarvan met een pilot"), str(sum(row.has_pilot for row in new))),
        (_("Bestaat al"), str(len(present_rows(shown)))),
    ]


def round_rows(rows: Iterable[RoundRow]) -> list[list[Any]]:
    """Return a row for each new round: its days, its ceiling, and what a source counts beyond."""
    return [
        [
            {"text": row.round, "note": row.scheme},
            vague(row.opens),
            _closing(row),
            euro(row.ceiling_cents),
            row.applications,
            row.granted,
            euro(row.granted_cents),
        ]
        for row in rows
    ]


def pilot_rows(rows: Iterable[PilotRow], regions: Mapping[int, str]) -> list[list[Any]]:
    """Return a row for each new application, as the file tells of it."""
    return [
        [
            {"text": row.organisation, "note": row.place},
            {"text": row.title, "note": row.round},
            regions.get(row.region_id or 0),
            euro(row.requested_cents),
            euro(row.granted_cents) if row.outcome in GRANTED_IN_SOME_WAY else _("geen"),
            {"text": label(OUTCOME_LABELS[row.outcome]), "note": vague(row.decided)},
        ]
        for row in rows
    ]


def present_rows(shown: ImportPreview) -> list[list[Any]]:
    """Return a row for each round and application that is there already and stays as it is."""
    rows: list[list[Any]] = [
        [row.round, row.scheme, _badge(state)]
        for row, state in shown.rounds
        if state is not RowState.NEW
    ]
    rows += [
        [{"text": row.title, "note": row.organisation}, row.round, _badge(state)]
        for row, state in shown.pilots
        if state is not RowState.NEW
    ]
    return rows


def _badge(state: RowState) -> dict[str, str]:
    return {"text": label(ROW_STATE_LABELS[state]), "badge": STATE_TONES[state]}


def _closing(row: RoundRow) -> Any:
    closing = vague(row.closes)
    if row.closes is None or not row.closes.is_exact:
        return closing
    note = _("telt mee") if row.data.closing_inclusive else _("telt niet mee")
    return {"text": closing, "note": note}
