"""How what changed in a plan reads: names of fields, values, and texts word by word."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from vpt_regio.domain.enums import ACTIVITY_STATUS_LABELS, AGREEMENT_LEVEL_LABELS, AgreementLevel
from vpt_regio.domain.rules.plan_diff import (
    ChangeKind,
    FieldChange,
    Piece,
    diff_words,
    paragraphs_of,
)
from vpt_regio.domain.text import N_
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.queries.plan_diff import LastProgress, last_progress
from vpt_regio.web.filters import euro, plain_day
from vpt_regio.web.i18n import label

FIELD_NAMES: Mapping[str, str] = {
    "title": N_("Titel"),
    "description": N_("Wat gaat er gebeuren"),
    "measures": N_("Maatregelen"),
    "policy_line": N_("Hoofdlijn"),
    "is_awareness": N_("Vergroot de bewustwording"),
    "target_group": N_("Doelgroep"),
    "owner": N_("Trekker"),
    "starts_on": N_("Eerste dag"),
    "ends_on": N_("Laatste dag"),
    "consensus_analysis": N_("Over de probleemanalyse"),
    "consensus_analysis_note": N_("Toelichting bij de probleemanalyse"),
    "consensus_approach": N_("Over de aanpak"),
    "consensus_approach_note": N_("Toelichting bij de aanpak"),
    "other_funding_cents": N_("Geld van anderen"),
    "other_funding_note": N_("Van wie dit geld komt"),
}
# read word by word; other values stand beside each other as a whole
LONG_TEXTS = frozenset({"description", "consensus_analysis_note", "consensus_approach_note"})

KIND_LABELS = {
    ChangeKind.ADDED: N_("toegevoegd"),
    ChangeKind.REMOVED: N_("verwijderd"),
    ChangeKind.CHANGED: N_("gewijzigd"),
    ChangeKind.SAME: N_("gelijk gebleven"),
}


def word_diff_of(old: str, new: str) -> list[list[Piece]]:
    """Return the difference of two texts in paragraphs, for the component `word_diff`."""
    return paragraphs_of(diff_words(old, new))


def kind_word(kind: ChangeKind) -> str:
    return label(KIND_LABELS[kind])


def field_name(change: FieldChange) -> str:
    """Return the name of a field as people know it; a name of the data itself stays as it is."""
    return label(FIELD_NAMES[change.name]) if change.name in FIELD_NAMES else change.name


def is_long_text(change: FieldChange) -> bool:
    return change.name in LONG_TEXTS


def shown_value(name: str, value: Any) -> str:
    """Return a value of a field as text; the empty text for none."""
    if value is None:
        return ""
    if name == "other_funding_cents":
        return euro(value) or ""
    for kind, show in SHOWN:
        if isinstance(value, kind):
            return show(value)
    return str(value)


def progress_words(plan: ActionPlan) -> dict[int, str]:
    """Return how the activities of a plan stood at their last report, by the id of the activity."""
    texts = {key: progress_text(found) for key, found in last_progress(plan).items()}
    return {key: text for key, text in texts.items() if text is not None}


def progress_text(progress: LastProgress | None) -> str | None:
    """Return in words how an activity stood at its last report; None without one."""
    if progress is None or progress.status is None:
        return None
    status = label(ACTIVITY_STATUS_LABELS[progress.status])
    if progress.percent is None:
        return _("%(status)s (%(period)s)", status=status, period=progress.period)
    return _(
        "%(status)s, %(percent)s%% (%(period)s)",
        status=status,
        percent=progress.percent,
        period=progress.period,
    )


def _measures(measures: tuple[tuple[str, int], ...]) -> str:
    return "; ".join(
        name
        if weight == 1
        else _("%(measure)s (telt %(weight)s keer)", measure=name, weight=weight)
        for name, weight in measures
    )


SHOWN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: _("ja") if value else _("nee")),
    (date, lambda value: plain_day(value) or ""),
    (AgreementLevel, lambda value: label(AGREEMENT_LEVEL_LABELS[value])),
    (tuple, _measures),
)
