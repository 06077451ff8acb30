"""What the pages about an application share: the clock, the steps and what blocks them, rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import (
    ApplicationStatus,
    ProposalStatus,
)
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.decisions import Decision
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.applications import (
    decision_due,
    last_day_to_decide,
)
from vpt_regio.queries.subsidy_rounds import window_of
from vpt_regio.services import transitions
from vpt_regio.services.application_checks import is_correctable
from vpt_regio.services.subsidy_proposals import proposing_problems
from vpt_regio.web.application_rows import days_words, due_cell
from vpt_regio.web.authorize import may
from vpt_regio.web.filters import (
    day,
    long_day,
    moment,
    plain_day,
)
from vpt_regio.web.i18n import message_of
from vpt_regio.web.session import current_person

# the steps with a page or a button of their own here; the decisions are made from a proposal
STEPS = ("submit", "arrive_late", "ask_completion", "complete", "take_up", "withdraw")
# what may be proposed, as it stands in the address
KINDS = (
    ("toekennen", N_("Toekennen voorstellen")),
    ("gedeeltelijk", N_("Gedeeltelijk toekennen voorstellen")),
    ("afwijzen", N_("Afwijzen voorstellen")),
)


@dataclass(frozen=True)
class NextStep:
    """What comes next for an application; `blocks` is what must be done first.

    `can` names the steps that somebody may take now, and whose conditions hold.
    """

    title: str
    text: str
    blocks: tuple[str, ...]
    can: frozenset[str]
    may_write: bool


def next_step(application: SubsidyApplication) -> NextStep:
    """Return what comes next, for who looks at it."""
    person = current_person()
    steps = transitions.available(application, workflow=SUBSIDY_APPLICATION, actor=person)
    blockers = {
        step.code: transitions.blockers(
            application, step.code, workflow=SUBSIDY_APPLICATION, actor=person
        )
        for step in steps
        if step.code in STEPS
    }
    # when it came in is asked for on the page of the step itself
    can = {
        code
        for code, errors in blockers.items()
        if not [error for error in errors if error.field != "received_at"]
    }
    return NextStep(
        title=_title(application),
        text=_text(application),
        blocks=_blocks(application, blockers),
        can=frozenset(_offered(application, can)),
        may_write=may(Permission.APPLICATION_WRITE, application) and _is_written(application),
    )


def clock_rows(
    application: SubsidyApplication, decisions: Sequence[Decision]
) -> list[tuple[str, Any]]:
    """Return what the clock of the decision says, with how it came to that.

    `decisions` are those on the application, the newest first: the first one stopped the clock.
    """
    if application.received_at is None:
        return []
    due = decision_due(application)
    rows: list[tuple[str, Any]] = [
        (_("Ontvangen op"), moment(application.received_at)),
        (_("Termijn van de ronde"), days_words(application.round.decision_days)),
    ]
    if application.completion_asked_on:
        rows.append((_("Om aanvulling gevraagd op"), day(application.completion_asked_on)))
        rows.append((_("Aanvullen kan tot en met"), day(application.completion_due_on)))
        completed = application.completed_on
        rows.append((_("Aangevuld op"), day(completed) if completed else _("niet aangevuld")))
        paused = due.paused_days if due else application.paused_days
        rows.append((_("De klok stond stil"), days_words(paused)))
    if application.extended_to:
        rows.append((_("Uitstel gemeld op"), day(application.extension_noticed_on)))
        rows.append((_("Uitgesteld tot en met"), day(application.extended_to)))
        rows.append((_("Reden van het uitstel"), application.extension_reason))
    if due is None and decisions:
        rows.append((_("Besloten op"), _decided_cell(application, decisions[-1].decided_on)))
    else:
        rows.append((_("Laatste dag om te beslissen"), due_cell(due)))
    return rows


def window_words(in_round: SubsidyRound) -> str:
    """Return the days on which can be submitted, and whether the closing day counts."""
    window = window_of(in_round)
    if window is None:
        return _("De dagen waarop kan worden ingediend, zijn nog niet bekend.")
    words = _(
        "Indienen kan van %(first)s tot en met %(last)s, 24.00 uur.",
        first=long_day(window.opens_on),
        last=long_day(window.last_day),
    )
    if window.closing_inclusive:
        return words
    closing = _(
        "Op de sluitingsdag zelf, %(day)s, kan het niet meer.", day=long_day(window.closes_on)
    )
    return f"{words} {closing}"


def _decided_cell(application: SubsidyApplication, decided_on: date) -> Any:
    last = last_day_to_decide(application)
    if last is None or decided_on <= last:
        return {"text": plain_day(decided_on), "note": _("op tijd")}
    return {
        "text": plain_day(decided_on),
        "badge": "danger",
        "note": _("te laat: uiterlijk was %(day)s", day=plain_day(last)),
    }


def _title(application: SubsidyApplication) -> str:
    titles = {
        ApplicationStatus.DRAFT: _("Volgende stap: indienen"),
        ApplicationStatus.RECEIVED: _("Volgende stap: in behandeling nemen"),
        ApplicationStatus.TOO_LATE: _("Volgende stap: in behandeling nemen"),
        ApplicationStatus.INCOMPLETE: _("Volgende stap: aanvulling"),
        ApplicationStatus.UNDER_ASSESSMENT: _("Volgende stap: besluit"),
    }
    if application.status is ApplicationStatus.WITHDRAWN:
        return _("Ingetrokken")
    return titles.get(application.status, _("Over deze aanvraag is beslist"))


def _text(application: SubsidyApplication) -> str:
    texts = {
        ApplicationStatus.DRAFT: window_words(application.round),
        ApplicationStatus.RECEIVED: _received_text(application),
        ApplicationStatus.INCOMPLETE: _("Gevraagd is: %(what)s", what=application.completion_asked),
        ApplicationStatus.TOO_LATE: _(
            "De aanvraag is te laat. Ook daarover hoort een besluit: een afwijzing."
        ),
        ApplicationStatus.UNDER_ASSESSMENT: (
            _("Maak een voorstel. Iemand anders beslist daarover.")
            if may_propose(application)
            else _("De aanvraag wordt beoordeeld.")
        ),
        ApplicationStatus.WITHDRAWN: _("De aanvraag is ingetrokken. Er volgt geen besluit."),
    }
    if has_open_proposal(application) and application.status is not ApplicationStatus.WITHDRAWN:
        return _("Er ligt een voorstel. Iemand anders dan de opsteller beslist daarover.")
    decided = _("De uitkomst staat hieronder.")
    if may_propose(application):
        decided = _(
            "Een nieuw besluit komt in de plaats van het vorige. Maak daarvoor een voorstel."
        )
    return texts.get(application.status, decided)


def _received_text(application: SubsidyApplication) -> str:
    if is_correctable(application):
        return _(
            "De aanvraag wacht op behandeling. De aanvrager kan de aanvraag nog verbeteren tot de"
            " ronde sluit, of tot u de aanvraag in behandeling neemt."
        )
    return _("De aanvraag wacht op behandeling.")


def may_propose(application: SubsidyApplication) -> bool:
    """Tell whether the person who is signed in can propose a decision now."""
    may_assess = may(Permission.APPLICATION_ASSESS, application)
    return may_assess and not proposing_problems(application)


def has_open_proposal(application: SubsidyApplication) -> bool:
    """Tell whether somebody proposed something on which was not decided."""
    return any(one.status is ProposalStatus.OPEN for one in application.proposals)


def _blocks(application: SubsidyApplication, blockers: Mapping[str, Any]) -> tuple[str, ...]:
    main = {
        ApplicationStatus.DRAFT: "submit",
        ApplicationStatus.INCOMPLETE: "take_up",
    }.get(application.status)
    errors = blockers.get(main or "", [])
    return tuple(message_of(error) for error in errors if error.field != "received_at")


def _offered(application: SubsidyApplication, can: set[str]) -> set[str]:
    """Leave out what makes no sense yet: too late before the closing, a question in between."""
    window = window_of(application.round)
    if window is None or not window.is_closed(clock.now()) or not application.lines:
        can = can - {"arrive_late"}
    return can - {"ask_completion"} if has_open_proposal(application) else can


def _is_written(application: SubsidyApplication) -> bool:
    if application.status is ApplicationStatus.INCOMPLETE:
        due_on = application.completion_due_on
        return due_on is not None and clock.today() <= due_on
    return application.status is ApplicationStatus.DRAFT
