"""Progress forms that come back: received, shown, taken over all or nothing, and undone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from vpt_regio import policies
from vpt_regio.domain.half_year_codes import ImportStatus
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.imports import IMPORT
from vpt_regio.errors import Conflict, DomainError, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.imports import Import
from vpt_regio.models.people import Person
from vpt_regio.queries import imports as queries
from vpt_regio.queries.reports import get_report
from vpt_regio.services import transitions
from vpt_regio.services.import_checks import (
    draft_problems,
    merged,
    obstacle_problems,
    step_problems,
)
from vpt_regio.services.import_intake import (
    READ_FORM,
    about,
    booked_by,
    is_read,
    note_decision,
    place_of,
    receive,
    take_in,
    upload,
)
from vpt_regio.services.import_lines import (
    Line,
    LineState,
    compare,
    fingerprint,
    from_plain,
    to_plain,
)
from vpt_regio.services.import_steps import Taken, take_lines
from vpt_regio.services.import_undo import changed_since, give_back
from vpt_regio.workbooks.progress_form_source import read_form_source
from vpt_regio.workbooks.progress_form_types import FormProblem, FormSource

__all__ = [
    "READ_FORM",
    "Preview",
    "decide",
    "discard",
    "is_read",
    "preview",
    "receive",
    "take_in",
    "undo",
    "undo_problems",
    "upload",
]

CHANGED = N_("Intussen is er iets veranderd. Bekijk de wijzigingen hieronder en kies opnieuw.")
CHOOSE_SOMETHING = N_("Kies minstens één wijziging, of kies Niet verwerken.")
NOT_ANY_MORE = N_("Deze wijziging kan niet worden overgenomen: %(key)s.")
AT_PLACE = N_("%(place)s: %(problem)s")
CHOOSE_SIDE = N_("Kies welke waarde u wilt houden.")


@dataclass(frozen=True)
class Preview:
    """The lines of a form beside what is there now; `seen` names what somebody looked at."""

    lines: tuple[Line, ...]
    seen: str

    def of(self, *states: LineState) -> list[Line]:
        """The lines in some states, in the order of the form."""
        return [line for line in self.lines if line.state in states]


def preview(import_: Import) -> Preview:
    """Return the lines of a form as they are now, or as they were when they were decided on."""
    if import_.status is ImportStatus.PREVIEW and import_.changes:
        return _held_against(import_, read_form_source(import_.region, import_.period))
    lines = [from_plain(content) for content in import_.changes]
    return Preview(tuple(lines), fingerprint(lines))


def _held_against(import_: Import, source: FormSource) -> Preview:
    lines = [from_plain(content) for content in import_.changes]
    form = next((str(line.facts["form"]) for line in lines if "form" in line.facts), "")
    found = compare(lines, source, booked_by(import_, form))
    return Preview(tuple(found), fingerprint(found))


def decide(
    import_: Import,
    *,
    accepted_keys: Collection[str],
    kept_keys: Collection[str] = (),
    seen: str | None = None,
    actor: Person,
    expected_version: int | None = None,
) -> Import:
    """Take the accepted lines over, all of them or nothing.

    Of a conflict the key is among the accepted ones (the form wins) or among the `kept_keys`.
    Raises NotAllowed, WrongState, PeriodFrozen, Conflict when something changed since `seen`, or
    Invalid/SeveralErrors with all that the rules refuse.
    """
    step = IMPORT.transition("accept")
    policies.require(actor, step.permission, import_)
    transitions.check_version(import_, expected_version)
    transitions.check_state(import_, step, IMPORT)
    queries.hold_region(import_.region_id)
    source = read_form_source(import_.region, import_.period)
    shown = _held_against(import_, source)
    if seen is not None and seen != shown.seen:
        raise Conflict(CHANGED)
    raise_all(draft_problems(import_.region, import_.period))
    chosen = [line for line in shown.lines if line.key in accepted_keys]
    raise_all(_choice_problems(shown, chosen, kept_keys))
    problems = obstacle_problems(chosen, source)
    taken = take_lines(place_of(import_), chosen, actor=actor)
    raise_all([_as_error(one) for one in merged([*problems, *step_problems(taken.errors)])])
    return _settle(import_, shown, chosen, taken, actor=actor)


def discard(import_: Import, *, actor: Person, expected_version: int | None = None) -> None:
    """Do nothing with a form that waits for a choice; the file is kept."""
    note_decision(import_, actor)
    with db.session.no_autoflush:
        transitions.apply(
            import_,
            "discard",
            workflow=IMPORT,
            actor=actor,
            inputs=about(import_),
            expected_version=expected_version,
        )


def undo(
    import_: Import, *, reason: str = "", actor: Person, expected_version: int | None = None
) -> None:
    """Bring everything that a form changed back to what it was, all of it or nothing.

    Raises Conflict with everything that changed since on the same records, WrongState once the
    report was handed in, or PeriodFrozen.
    """
    step = IMPORT.transition("undo")
    policies.require(actor, step.permission, import_)
    transitions.check_version(import_, expected_version)
    transitions.check_state(import_, step, IMPORT)
    queries.hold_region(import_.region_id)
    raise_all(draft_problems(import_.region, import_.period))
    report = get_report(import_.region_id, import_.period_id)
    raise_all(changed_since(report, import_.applied))
    give_back(place_of(import_), report, import_.applied, actor=actor)
    import_.reason = reason
    inputs = about(import_) | {"note": reason}
    transitions.apply(import_, "undo", workflow=IMPORT, actor=actor, inputs=inputs)


def undo_problems(import_: Import) -> list[DomainError]:
    """Return why a form that was taken over cannot be taken back now, rights aside."""
    problems = draft_problems(import_.region, import_.period)
    report = get_report(import_.region_id, import_.period_id)
    return problems or changed_since(report, import_.applied)


@transitions.guard(IMPORT, Guard.STILL_DRAFT)
def _is_still_draft(import_: Import, _actor: Person) -> list[DomainError]:
    return draft_problems(import_.region, import_.period)


def _choice_problems(
    shown: Preview, chosen: Sequence[Line], kept_keys: Collection[str]
) -> list[DomainError]:
    taken = {line.key for line in chosen}
    errors: list[DomainError] = [
        Invalid(NOT_ANY_MORE, field=line.key, params={"key": line.key})
        for line in chosen
        if not line.is_open
    ]
    errors += [
        Invalid(CHOOSE_SIDE, field=line.key, code="conflict")
        for line in shown.of(LineState.CONFLICT)
        if line.key not in taken and line.key not in kept_keys
    ]
    if not chosen and not errors:
        errors.append(Invalid(CHOOSE_SOMETHING))
    return errors


def _settle(
    import_: Import, shown: Preview, chosen: Sequence[Line], taken: Taken, *, actor: Person
) -> Import:
    keys = {line.key for line in chosen}
    import_.changes = [to_plain(line) | {"is_taken": line.key in keys} for line in shown.lines]
    import_.applied = taken.applied
    is_whole = all(line.key in keys for line in shown.lines if line.is_open)
    code = "accept" if is_whole and not import_.notes else "accept_with_notes"
    note_decision(import_, actor)
    inputs = about(import_) | {"taken": len(keys), "left": len(shown.lines) - len(keys)}
    with db.session.no_autoflush:
        transitions.apply(import_, code, workflow=IMPORT, actor=actor, inputs=inputs)
    return import_


def _as_error(problem: FormProblem) -> DomainError:
    params = {
        "place": " ".join(part for part in (problem.sheet, problem.cell) if part),
        "problem": problem.message % problem.params if problem.params else problem.message,
    }
    if not params["place"]:
        return Invalid(problem.message, params=problem.params, code=problem.code)
    return Invalid(AT_PLACE, params=params, code=problem.code)
