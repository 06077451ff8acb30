"""The history of a record in plain language, for the `history` component."""

from collections import defaultdict
from collections.abc import Iterable

from flask_babel import gettext

from vpt_regio.domain.history import sentence_of
from vpt_regio.domain.roles import APPLICANT, ROLE_LABELS, Role
from vpt_regio.models.audit import AuditEntry
from vpt_regio.web.filters import plain_moment
from vpt_regio.web.i18n import label


def in_words(entries: Iterable[AuditEntry]) -> list[tuple[str, str, str, str]]:
    """Return (when, "", sentence, reason or note) for each entry: the sentence names the actor.

    What one person did many times in a row on one day, such as saving while writing, shows once.
    """
    lines: list[tuple[str, str, str, str]] = []
    for entry in entries:
        line = (plain_moment(entry.at) or "", "", sentence(entry), _note(entry))
        if not lines or _day_and_text(lines[-1]) != _day_and_text(line):
            lines.append(line)
    return lines


def _day_and_text(line: tuple[str, str, str, str]) -> tuple[str, str, str]:
    when, _, text, note = line
    return when.split(" ")[0], text, note


def sentence(entry: AuditEntry) -> str:
    """Return what happened, in the language of the page; erased particulars show as such."""
    details = entry.detail.details if entry.detail else {}
    erased = gettext("(gewist)")
    values: dict[str, str] = defaultdict(lambda: erased)
    values.update({name: label(str(value)) for name, value in details.items()})
    values["actor"] = _actor(entry)
    return label(sentence_of(entry.action)).format_map(values)


def _actor(entry: AuditEntry) -> str:
    if entry.actor_role == APPLICANT:
        return _applicant(entry)
    if entry.actor is None:
        return gettext("Het systeem")
    if not entry.actor_role:
        return entry.actor.name
    return f"{entry.actor.name} ({label(ROLE_LABELS[Role(entry.actor_role)])})"


def _applicant(entry: AuditEntry) -> str:
    """Return who acted by a link: the name is a particular of the entry, and may be erased."""
    name = entry.detail.details.get("by") if entry.detail else ""
    return gettext("De aanvrager (%(name)s)", name=name) if name else gettext("De aanvrager")


def _note(entry: AuditEntry) -> str:
    details = entry.detail.details if entry.detail else {}
    return str(details.get("note") or details.get("remark") or "")
