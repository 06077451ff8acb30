"""What the pages about pilots share: rows of tables, tabs, choices and facts."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from vpt_regio import clock
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.subsidy_arrangement import DUTY_LABELS, Task
from vpt_regio.domain.subsidy_codes import (
    NOTICE_KIND_LABELS,
    PILOT_OUTCOME_LABELS,
    PROGRESS_STATE_LABELS,
)
from vpt_regio.models.decisions import DECISION_LABELS, Decision
from vpt_regio.models.pilot_reports import ChangeNotice, PilotProgress
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries.pilot_lists import PilotTotals
from vpt_regio.queries.pilot_tasks import PilotTask
from vpt_regio.web.authorize import may
from vpt_regio.web.filters import day, euro, long_day, state_label, state_tone, vague
from vpt_regio.web.i18n import label

Row = tuple[str, Any]

PROGRESS_TONES = {
    "on_track": "active",
    "delayed": "warning",
    "stopped": "danger",
    "done": "success",
}


def address_of(pilot: Pilot) -> str:
    return url_for("pilots.show", pilot_id=pilot.id)


def tab_items(pilot: Pilot, current: str) -> list[tuple[str, str, bool]]:
    """Return the parts of a pilot that the person who is signed in may see."""
    items = [("overzicht", _("Overzicht"), "pilots.show")]
    if may(Permission.PILOT_VIEW_DETAILS, pilot):
        items.append(("voortgang", _("Voortgang"), "pilot_progress.index"))
        if pilot.granted_cents is not None:
            items += [
                ("geld", _("Geld"), "pilot_money.show"),
                ("meldingen", _("Veranderingen"), "pilot_progress.notices"),
                ("eindverslag", _("Eindverslag"), "pilot_reports.show"),
                ("terugvordering", _("Terugvordering"), "recoveries.index"),
            ]
    return [
        (text, url_for(endpoint, pilot_id=pilot.id), key == current)
        for key, text, endpoint in items
    ]


def status_cell(pilot: Pilot) -> dict[str, str]:
    status = pilot.status_on(clock.today())
    return {"text": state_label("pilot", status), "badge": state_tone("pilot", status)}


def list_row(pilot: Pilot) -> list[Any]:
    """Return a pilot as it stands in the list: only what everyone may know."""
    who = ", ".join(part for part in (pilot.organisation_name, pilot.place) if part)
    in_round = pilot.application.round if pilot.application else None
    return [
        {"text": pilot.title, "url": address_of(pilot), "note": who},
        in_round.name if in_round else _("zonder subsidie"),
        region_names(pilot),
        status_cell(pilot),
        label(PILOT_OUTCOME_LABELS[pilot.outcome]) if pilot.outcome else _("nog niet bekend"),
        euro(pilot.granted_cents) if pilot.granted_cents is not None else _("geen"),
    ]


def region_names(pilot: Pilot) -> str:
    return ", ".join(region.name for region in pilot.regions) or _("geen regio")


def totals_words(totals: PilotTotals) -> str:
    """Return in a sentence what the pilots of a list add up to."""
    return ngettext(
        "%(num)s pilot, waarvan %(granted)s met subsidie. Samen toegekend: %(amount)s.",
        "%(num)s pilots, waarvan %(granted)s met subsidie. Samen toegekend: %(amount)s.",
        totals.pilots,
        granted=totals.granted,
        amount=euro(totals.granted_cents),
    )


def public_facts(pilot: Pilot) -> list[Row]:
    """Return what everyone may know of a pilot."""
    in_round = pilot.application.round if pilot.application else None
    ronde = (
        {"text": in_round.name, "url": url_for("subsidy_rounds.show", round_id=in_round.id)}
        if in_round
        else _("zonder subsidie")
    )
    granted = euro(pilot.granted_cents) if pilot.granted_cents is not None else _("geen")
    return [
        (_("Organisatie"), pilot.organisation_name or None),
        (_("Plaats"), pilot.place or None),
        (_("Regio's"), region_names(pilot)),
        (_("Looptijd"), period_words(pilot)),
        (_("Ronde"), ronde),
        (_("Toegekende subsidie"), granted),
        *_application_fact(pilot),
        *([(_("Bron"), pilot.source)] if pilot.source else []),
    ]


def _application_fact(pilot: Pilot) -> list[Row]:
    """Return the way to the application, for who may see it."""
    application = pilot.application
    if application is None or not may(Permission.APPLICATION_VIEW, application):
        return []
    url = url_for("applications.show", application_id=application.id)
    text = _("aanvraag %(number)s", number=application.number)
    return [(_("Komt uit"), {"text": text, "url": url})]


def period_words(pilot: Pilot) -> str:
    """Return from when to when a pilot runs, as far as that is known."""
    starts, ends = (_known(value) for value in (pilot.starts, pilot.ends))
    if starts and ends:
        return _("%(first)s tot en met %(last)s", first=starts, last=ends)
    if starts:
        return _("vanaf %(first)s, einde niet bekend", first=starts)
    if ends:
        return _("tot en met %(last)s, begin niet bekend", last=ends)
    return _("niet bekend")


def outcome_facts(pilot: Pilot) -> list[Row]:
    """Return the outcome with its reason; empty while it is not known."""
    if pilot.outcome is None:
        return []
    return [
        (_("Uitkomst"), label(PILOT_OUTCOME_LABELS[pilot.outcome])),
        (_("Waarom"), pilot.outcome_reason),
        (_("Vastgelegd op"), long_day(pilot.outcome_on)),
        *([(_("Bron"), pilot.outcome_source)] if pilot.outcome_source else []),
    ]


def arrangement_words(pilot: Pilot) -> str:
    """Return which arrangement holds for a pilot, and whether that is by analogy."""
    if pilot.arrangement is None:
        return _("Er is geen arrangement bekend.")
    words = {
        1: _("Arrangement 1: de ontvanger hoeft geen verslag in te dienen."),
        2: _("Arrangement 2: de ontvanger verantwoordt wat er is gedaan."),
        3: _("Arrangement 3: de ontvanger verantwoordt wat er is gedaan en wat het kostte."),
    }[pilot.arrangement]
    if not pilot.is_by_analogy:
        return words
    note = _("De grenzen golden toen nog niet. Ze zijn hier naar analogie toegepast.")
    return f"{words} {note}"


def task_rows(tasks: Iterable[Task]) -> list[list[Any]]:
    """Return the tasks of a pilot: what, until when, and whether it is done."""
    return [
        [
            {"text": label(DUTY_LABELS[task.duty]), "note": _about(task)},
            day(task.due_on) if task.due_on else _("geen vaste dag"),
            _task_cell(task),
        ]
        for task in tasks
    ]


def decision_rows(decisions: Iterable[Decision]) -> list[list[Any]]:
    """Return decisions: reference, what, when, and the amount."""
    return [
        [
            {"text": one.reference, "url": url_for("decisions.show", decision_id=one.id)},
            label(DECISION_LABELS[one.kind]),
            day(one.decided_on),
            euro(one.amount_cents),
        ]
        for one in decisions
    ]


def progress_facts(progress: PilotProgress) -> list[Row]:
    """Return what was written about a half-year, and by whom."""
    state = str(progress.state)
    facts: list[Row] = [
        (
            _("Stand"),
            {"text": label(PROGRESS_STATE_LABELS[progress.state]), "badge": PROGRESS_TONES[state]},
        ),
        (_("Gedaan en bereikt"), progress.result),
        (_("Wat tegenzit"), progress.obstacle or _("niets")),
        (_("Volgende stap"), progress.next_step or _("niet ingevuld")),
        (_("Vastgelegd"), written_by(progress)),
    ]
    if progress.reason:
        facts.append((_("Reden van de herziening"), progress.reason))
    return facts


def written_by(progress: PilotProgress) -> str:
    who = progress.recorded_by.name if progress.recorded_by else _("de ontvanger")
    return _("%(day)s door %(who)s", day=long_day(progress.recorded_on), who=who)


def earlier_rows(earlier: Iterable[PilotProgress]) -> list[list[Any]]:
    """Return the revisions of before, newest first."""
    return [
        [
            str(one.revision_no),
            written_by(one),
            label(PROGRESS_STATE_LABELS[one.state]),
            one.result,
            one.reason or _("eerste tekst"),
        ]
        for one in earlier
    ]


def notice_rows(notices: Iterable[ChangeNotice]) -> list[list[Any]]:
    """Return what was told about a pilot, the newest first, with the answer."""
    return [
        [
            {
                "text": day(one.noticed_on),
                "url": url_for("pilot_progress.notice", pilot_id=one.pilot_id, notice_id=one.id),
            },
            {"text": label(NOTICE_KIND_LABELS[one.kind]), "note": _proposal(one)},
            one.noticed_by.name if one.noticed_by else _("de ontvanger"),
            notice_cell(one),
        ]
        for one in reversed(list(notices))
    ]


def notice_cell(notice: ChangeNotice) -> dict[str, str]:
    """Return how a notice stands."""
    if notice.answered_on is None:
        return {"text": _("wacht op antwoord"), "badge": "warning"}
    if notice.is_agreed:
        return {"text": _("akkoord"), "badge": "success"}
    return {"text": _("niet akkoord"), "badge": "danger"}


def _proposal(notice: ChangeNotice) -> str | None:
    if notice.proposed_end_on is None:
        return None
    return _("voorgestelde laatste dag: %(day)s", day=long_day(notice.proposed_end_on))


def _about(task: Task) -> str | None:
    return task.about if isinstance(task, PilotTask) and task.about else None


def _task_cell(task: Task) -> Any:
    if task.done_on is not None:
        done = _("gedaan op %(day)s", day=long_day(task.done_on))
        return {"text": done, "badge": "success"}
    if task.is_overdue(clock.today()):
        return {"text": _("te laat"), "badge": "danger"}
    if task.due_on is None:
        return {"text": _("zo nodig"), "badge": "neutral"}
    return {"text": _("te doen"), "badge": "active"}


def _known(value: FuzzyDate | None) -> str | None:
    return vague(value) if value is not None and (value.on or value.words) else None
