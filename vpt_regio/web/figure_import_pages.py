"""Figures from a file, between reading and storing: kept in the page, signed, and in words."""

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer

from vpt_regio.domain.indicator_codes import Qualifier
from vpt_regio.models.figures import FigureSet
from vpt_regio.models.people import Person
from vpt_regio.services.figure_deliveries import FigureEntry
from vpt_regio.services.figure_import import FigureDraft
from vpt_regio.services.figure_preview import LINE_STATE_LABELS, FigureLine, LineState, Preview
from vpt_regio.web.figure_pages import figure_words
from vpt_regio.web.i18n import label
from vpt_regio.workbooks.read_grid import CellMessage

# more would bury what is the matter
MOST_MESSAGES = 100
MOST_CELLS = 20

STATE_TONES = {LineState.NEW: "success", LineState.CHANGED: "warning"}


def seal(draft: FigureDraft, figure_set: FigureSet, person: Person) -> str:
    """Return the figures as text that only this application can make, for this person and set."""
    entries = [
        [*one.place, None if one.value is None else str(one.value), one.qualifier, one.printed]
        for one in draft.entries
    ]
    content = [entries, draft.file_name, draft.sha256, draft.seen_number, draft.version]
    sealed = _serializer(figure_set, person).dumps(content)
    return sealed if isinstance(sealed, str) else sealed.decode()


def unseal(sealed: str | None, figure_set: FigureSet, person: Person) -> FigureDraft | None:
    """Return the figures that were shown; None for a text that we did not make."""
    try:
        entries, *rest = _serializer(figure_set, person).loads(sealed or "")
    except BadData:
        return None
    return FigureDraft(tuple(_entry(*one) for one in entries), *rest)


def _entry(
    category_id: int, period_id: int, value: str | None, qualifier: str, printed: str
) -> FigureEntry:
    number = None if value is None else Decimal(value)
    return FigureEntry(category_id, period_id, number, Qualifier(qualifier), printed)


def _serializer(figure_set: FigureSet, person: Person) -> URLSafeSerializer:
    return URLSafeSerializer(
        current_app.config["SECRET_KEY"],
        salt=f"figure-import-1:{figure_set.id}:{person.id}",
        signer_kwargs={"digest_method": hashlib.sha256},
    )


def message_rows(messages: Sequence[CellMessage]) -> list[list[str]]:
    """Return a row for each message of a file: where, and what; of many only the first."""
    rows = [[_place(one), label(one.message, **one.params)] for one in messages[:MOST_MESSAGES]]
    if len(messages) > MOST_MESSAGES:
        more = len(messages) - MOST_MESSAGES
        rows.append([_("en verder"), _("nog %(number)s andere meldingen", number=more)])
    return rows


def _place(message: CellMessage) -> str:
    cells = ("; " if any(" " in cell for cell in message.cells) else ", ").join(
        message.cells[:MOST_CELLS]
    )
    if len(message.cells) > MOST_CELLS:
        more = len(message.cells) - MOST_CELLS
        cells = _("%(cells)s en nog %(number)s", cells=cells, number=more)
    if not message.sheet:
        return cells or _("het hele bestand")
    if not cells:
        return _("blad %(sheet)s", sheet=message.sheet)
    return _("blad %(sheet)s, %(cells)s", sheet=message.sheet, cells=cells)


def counts(shown: Preview) -> list[tuple[str, str]]:
    """Return what happens to how many figures."""
    return [
        (_("Nieuw"), str(len(shown.of(LineState.NEW)))),
        (_("Gewijzigd"), str(len(shown.of(LineState.CHANGED)))),
        (_("Ongewijzigd"), str(len(shown.of(LineState.UNCHANGED)))),
        (_("Leeg of niet in het bestand"), str(shown.left_out)),
    ]


def line_rows(figure_set: FigureSet, lines: Iterable[FigureLine]) -> list[list[Any]]:
    """Return a row for each figure: its place, what stands there, what comes, and its state."""
    return [
        [
            line.cell.category.name,
            line.cell.period.label,
            _present(line, figure_set),
            _coming(line.entry, figure_set),
            {"text": label(LINE_STATE_LABELS[line.state]), "badge": STATE_TONES[line.state]},
        ]
        for line in lines
    ]


def unchanged_rows(figure_set: FigureSet, lines: Iterable[FigureLine]) -> list[list[Any]]:
    """Return a row for each figure that stays as it is."""
    return [
        [line.cell.category.name, line.cell.period.label, _present(line, figure_set)]
        for line in lines
    ]


def _present(line: FigureLine, figure_set: FigureSet) -> Any:
    figure = line.cell.figure
    if figure is None:
        return _("nog geen cijfer")
    return _figure(figure.value, figure.qualifier, figure.printed, figure_set)


def _coming(entry: FigureEntry, figure_set: FigureSet) -> Any:
    value = None if entry.value is None else Fraction(entry.value)
    return _figure(value, entry.qualifier, entry.printed, figure_set)


def _figure(
    value: Fraction | None, qualifier: Qualifier, printed: str, figure_set: FigureSet
) -> dict[str, str]:
    return {
        "text": figure_words(value, figure_set, qualifier) or _("onbekend"),
        "note": _("in de bron: %(printed)s", printed=printed) if printed else "",
    }
