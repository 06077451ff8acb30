"""What the pages about commitments share: rows of tables, statuses and moments in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from vpt_regio.domain.half_year_codes import COMMITMENT_KIND_LABELS
from vpt_regio.domain.rules.citations import Style, cite
from vpt_regio.domain.rules.commitments import RUNNING, moment_words
from vpt_regio.domain.workflows.commitments import COMMITMENT
from vpt_regio.models.commitments import Commitment
from vpt_regio.models.letters import Letter
from vpt_regio.queries.commitments import state_of
from vpt_regio.queries.letters import cited
from vpt_regio.web.filters import long_day, plain_day, state_label, state_tone
from vpt_regio.web.i18n import label


def list_headers() -> list[str]:
    """Return the headers that belong to `list_rows`."""
    made, due = pgettext("commitment", "Gedaan"), pgettext("commitment", "Termijn")
    return [_("Omschrijving"), _("Status"), made, due, _("Vindplaats")]


def list_rows(commitments: Iterable[Commitment]) -> list[list[Any]]:
    """Return commitments as rows."""
    return [
        [
            {
                "text": one.text,
                "url": url_for("commitments.show", commitment_id=one.id),
                "note": label(COMMITMENT_KIND_LABELS[one.kind]),
            },
            badge_of(one),
            made_words(one),
            due_cell(one),
            one.source or _("niet vastgelegd"),
        ]
        for one in commitments
    ]


def due_rows(commitments: Iterable[Commitment]) -> list[list[Any]]:
    """Return what is due before a letter, the first to be due in front."""
    return [
        [
            due_cell(one),
            {
                "text": one.text,
                "url": url_for("commitments.show", commitment_id=one.id),
                "note": label(COMMITMENT_KIND_LABELS[one.kind]),
            },
            badge_of(one),
        ]
        for one in commitments
    ]


def badge_of(commitment: Commitment) -> dict[str, Any]:
    """Return the status of today, as a badge in a table."""
    state = state_of(commitment)
    return {
        "text": state_label(COMMITMENT.code, state),
        "badge": state_tone(COMMITMENT.code, state),
    }


def made_words(commitment: Commitment) -> str:
    """Return when it was made, as precisely as that is known."""
    return _moment(commitment.made_on, commitment.made_words) or _("onbekend")


def due_cell(commitment: Commitment) -> Any:
    """Return until when it can be answered in time: the words, and the day behind them."""
    if commitment.due_on is None:
        words = commitment.due_words
        return {"text": words, "note": _("geen dag bekend")} if words else _("geen termijn")
    day = long_day(commitment.due_on)
    return {"text": day, "note": commitment.due_words} if commitment.due_words else day


def facts(commitment: Commitment) -> list[tuple[str, Any]]:
    """Return what is recorded of a commitment."""
    unknown = _("niet vastgelegd")
    return [
        (_("Soort"), label(COMMITMENT_KIND_LABELS[commitment.kind])),
        (pgettext("commitment", "Gedaan"), made_words(commitment)),
        (_("Overleg of brief"), commitment.meeting or unknown),
        (_("Door wie"), commitment.office or unknown),
        (_("Indieners of vragensteller"), commitment.submitters or _("niet van toepassing")),
        (_("Vindplaats"), commitment.source or unknown),
        (pgettext("commitment", "Termijn"), due_cell(commitment)),
    ]


def letter_rows(commitment: Commitment) -> list[list[Any]]:
    """Return the letters about a commitment, the one that answers it at the end."""
    rows = [
        [_letter_cell(one.letter), one.note or _("vertelt de voortgang")]
        for one in commitment.interim_letters
    ]
    if commitment.fulfilled_by is not None:
        rows.append([_letter_cell(commitment.fulfilled_by), _("doet dit af")])
    return rows


def letter_choices(letters: Iterable[Letter]) -> list[tuple[Any, str]]:
    """Return letters to choose from, with the day in front."""
    return [
        ("", _("Kies een brief")),
        *(
            (one.id, f"{plain_day(one.written_on) or _('dag onbekend')}: {one.subject}")
            for one in letters
        ),
    ]


def may_change(commitment: Commitment) -> bool:
    """Return whether a commitment still runs, so that it can change."""
    return commitment.status in RUNNING


def _letter_cell(letter: Letter) -> dict[str, Any]:
    return {
        "text": letter.subject,
        "url": url_for("letters.show", letter_id=letter.id),
        "note": cite(cited(letter), Style.FULL),
    }


def _moment(on: date | None, words: str) -> str:
    return moment_words(on, words) if words else (long_day(on) or "")
