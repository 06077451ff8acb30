"""What the pages of the figure check of a letter show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio.domain.rules.letter_document import (
    FINDING_KIND_LABELS,
    FindingKind,
    PlainFinding,
)
from vpt_regio.forms.letter_checks import RIGHT, UNKNOWN, WRONG
from vpt_regio.models.letters import LetterCheck
from vpt_regio.services.letter_checks import is_done
from vpt_regio.web.filters import moment

Cell = dict[str, Any] | str | None

CHOICES = {WRONG: False, UNKNOWN: None, RIGHT: True}
_ORDER = {False: 0, None: 1, True: 2}


def counts(findings: Iterable[PlainFinding]) -> dict[bool | None, int]:
    """Return how many findings agree, do not agree, and cannot be told."""
    counted = Counter(one["agrees"] for one in findings)
    return {agrees: counted[agrees] for agrees in (False, None, True)}


def shown(findings: Sequence[PlainFinding], choice: str) -> list[PlainFinding]:
    """Return the findings that were asked for: what is wrong first, then in the letter's order."""
    chosen = [one for one in findings if not choice or one["agrees"] is CHOICES[choice]]
    return sorted(chosen, key=lambda one: _ORDER[one["agrees"]])


def finding_rows(findings: Iterable[PlainFinding]) -> list[list[Cell]]:
    """Return a row for each finding; a badge with a sign tells whether it agrees."""
    return [
        [
            {"text": one["claim"], "note": _(FINDING_KIND_LABELS[FindingKind(one["kind"])])},
            _agreement(one),
            one["stated"] or None,
            one["computed"] or None,
            {"text": one["explanation"], "note": one["text"]},
        ]
        for one in findings
    ]


def check_rows(checks: Iterable[LetterCheck]) -> list[list[Cell]]:
    """Return a row for each letter that was checked."""
    return [
        [
            {
                "text": check.file_name,
                "url": url_for("letter_checks.show", check_id=check.id),
            },
            moment(check.checked_at),
            check.checked_by.name,
            _outcome(check),
        ]
        for check in checks
    ]


def _agreement(finding: PlainFinding) -> Cell:
    if finding["agrees"] is None:
        return {"text": _("? niet te controleren"), "badge": "neutral"}
    if finding["agrees"]:
        return {"text": _("klopt"), "badge": "success"}
    return {"text": _("klopt niet"), "badge": "danger"}


def _outcome(check: LetterCheck) -> Cell:
    if not is_done(check):
        return _("nog niet klaar")
    wrong = counts(check.findings)[False]
    if wrong:
        return {"text": _("%(count)s keer klopt niet", count=wrong), "badge": "danger"}
    return {"text": _("geen fouten gevonden"), "badge": "success"}
