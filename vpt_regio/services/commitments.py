"""Commitments to the House: recording, changing, and their way to the letter that fulfils them."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from vpt_regio import clock, policies
from vpt_regio.domain.half_year_codes import CommitmentKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.commitments import DONE, last_day_of, read_moment
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.commitments import COMMITMENT
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.commitments import Commitment, CommitmentLetter
from vpt_regio.models.letters import Letter
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.services import audit, transitions

LENGTHS = {
    "made_words": 200,
    "meeting": 300,
    "office": 200,
    "submitters": 500,
    "source": 500,
    "due_words": 200,
}
LONGEST_NOTE = 500


@dataclass(frozen=True)
class CommitmentData:
    """What is recorded of a commitment, under the names of its columns.

    A moment is a day, words, or both; words that name a moment bring their own day.
    """

    kind: CommitmentKind
    text: str
    made_on: date | None = None
    made_words: str = ""
    meeting: str = ""
    office: str = ""
    submitters: str = ""
    source: str = ""
    due_on: date | None = None
    due_words: str = ""
    progress: str = ""

    def with_days(self) -> "CommitmentData":
        """Return the same with a day where the words tell one: for a term its last day."""
        made, due = read_moment(self.made_words), read_moment(self.due_words)
        return replace(
            self,
            made_on=self.made_on or (made.on if made else None),
            due_on=self.due_on or (last_day_of(due) if due else None),
        )


def record_commitment(programme: Programme, *, data: CommitmentData, actor: Person) -> Commitment:
    """Record what was promised or asked; raises NotAllowed, or all that is wrong at once."""
    commitment = Commitment(programme_id=programme.id)
    role = policies.require(actor, Permission.COMMITMENT_MANAGE, commitment)
    data = data.with_days()
    raise_all(_problems(data))
    _fill(commitment, data)
    db.session.add(commitment)
    db.session.flush()
    details = {"after": _plain(data)}
    audit.record("commitment.recorded", commitment, actor=actor, role=role, details=details)
    return commitment


def edit_commitment(
    commitment: Commitment,
    *,
    data: CommitmentData,
    actor: Person,
    expected_version: int | None = None,
) -> Commitment:
    """Change a commitment that still runs.

    Raises NotAllowed, Conflict, WrongState once it is done, or all that is wrong at once.
    """
    role = policies.require(actor, Permission.COMMITMENT_MANAGE, commitment)
    transitions.check_version(commitment, expected_version)
    _require_running(commitment)
    before, data = data_of(commitment), data.with_days()
    raise_all(_problems(data))
    if before == data:
        return commitment
    _fill(commitment, data)
    db.session.flush()
    details = {"before": _plain(before), "after": _plain(data)}
    audit.record("commitment.changed", commitment, actor=actor, role=role, details=details)
    return commitment


def start_commitment(
    commitment: Commitment, *, actor: Person, expected_version: int | None = None
) -> TransitionRecord:
    """Take up what was promised."""
    return transitions.apply(
        commitment, "start", workflow=COMMITMENT, actor=actor, expected_version=expected_version
    )


def add_interim_letter(
    commitment: Commitment,
    *,
    letter: Letter | None,
    note: str = "",
    actor: Person,
    expected_version: int | None = None,
) -> Commitment:
    """Record that a letter told the House how a commitment stands, without fulfilling it."""
    role = policies.require(actor, Permission.COMMITMENT_MANAGE, commitment)
    transitions.check_version(commitment, expected_version)
    _require_running(commitment)
    letter = _add_letter(commitment, letter, note)
    details = {"reference": letter.reference, "note": note}
    audit.record("commitment.letter_added", commitment, actor=actor, role=role, details=details)
    return commitment


def fulfil_partly(
    commitment: Commitment,
    *,
    letter: Letter | None,
    note: str,
    actor: Person,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Record that a letter fulfils a part; the note says which part, and what remains."""
    _prepare(commitment, "fulfil_partly", actor, expected_version)
    if letter is not None and _interim(commitment, letter) is None:
        _add_letter(commitment, letter, note)
    elif letter is not None:
        raise_all(_letter_problems(commitment, letter, note))
    return transitions.apply(
        commitment,
        "fulfil_partly",
        workflow=COMMITMENT,
        actor=actor,
        inputs={"note": note},
        effective_on=_day_of(letter),
    )


def fulfil(
    commitment: Commitment,
    *,
    letter: Letter | None,
    outcome: str = "",
    actor: Person,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Record which letter fulfils a commitment, and in a few words what came of it."""
    _prepare(commitment, "fulfil", actor, expected_version)
    raise_all(_letter_problems(commitment, letter, "") if letter else [])
    if letter is not None:
        commitment.fulfilled_by_id = letter.id
        commitment.fulfilled_on = _day_of(letter)
        commitment.outcome = outcome
    return transitions.apply(
        commitment,
        "fulfil",
        workflow=COMMITMENT,
        actor=actor,
        inputs={"note": outcome},
        effective_on=_day_of(letter),
    )


def lapse(
    commitment: Commitment, *, note: str, actor: Person, expected_version: int | None = None
) -> TransitionRecord:
    """Let a commitment lapse, with the reason; it stays visible."""
    _prepare(commitment, "lapse", actor, expected_version)
    if note:
        commitment.outcome = note
    return transitions.apply(
        commitment, "lapse", workflow=COMMITMENT, actor=actor, inputs={"note": note}
    )


def data_of(commitment: Commitment) -> CommitmentData:
    """Return what is recorded of a commitment now."""
    return CommitmentData(
        **{name: getattr(commitment, name) for name in CommitmentData.__dataclass_fields__}
    )


@transitions.guard(COMMITMENT, Guard.ANSWERED_BY_LETTER)
def _is_answered(commitment: Commitment, _actor: Person) -> list[DomainError]:
    if commitment.fulfilled_by_id is not None:
        return []
    return [Invalid(N_("Kies de brief die dit afdoet."), field="letter")]


@transitions.guard(COMMITMENT, Guard.ANSWERED_BY_LETTER, step="fulfil_partly")
def _is_answered_in_part(commitment: Commitment, _actor: Person) -> list[DomainError]:
    if commitment.interim_letters:
        return []
    return [Invalid(N_("Kies de brief die dit voor een deel afdoet."), field="letter")]


def _prepare(commitment: Commitment, step: str, actor: Person, expected: int | None) -> None:
    """Check all that comes before the letter, so that nothing is set when the step is refused."""
    transition = COMMITMENT.transition(step)
    policies.require(actor, transition.permission, commitment)
    transitions.check_version(commitment, expected)
    transitions.check_state(commitment, transition, COMMITMENT)


def _require_running(commitment: Commitment) -> None:
    if commitment.status in DONE:
        raise WrongState(
            N_("Deze toezegging is %(state)s. De gegevens veranderen niet meer."),
            params={"state": COMMITMENT.state(commitment.status).label},
        )


def _add_letter(commitment: Commitment, letter: Letter | None, note: str) -> Letter:
    if letter is None:
        raise Invalid(N_("Kies een brief."), field="letter")
    errors = _letter_problems(commitment, letter, note)
    if _interim(commitment, letter) is not None:
        errors.append(Invalid(N_("Deze brief staat hier al bij."), field="letter"))
    raise_all(errors)
    commitment.interim_letters.append(CommitmentLetter(letter_id=letter.id, note=note))
    # the letters are part of what the version of a commitment protects
    commitment.updated_at = clock.now()
    db.session.flush()
    return letter


def _interim(commitment: Commitment, letter: Letter) -> CommitmentLetter | None:
    return next((one for one in commitment.interim_letters if one.letter_id == letter.id), None)


def _letter_problems(commitment: Commitment, letter: Letter, note: str) -> list[DomainError]:
    errors: list[DomainError] = []
    made, written = commitment.made_on, letter.written_on
    if letter.programme_id != commitment.programme_id:
        errors.append(Invalid(N_("Deze brief hoort bij een ander programma."), field="letter"))
    if made is not None and written is not None and written < made:
        message = N_("Deze brief is geschreven voordat de toezegging was gedaan.")
        errors.append(Invalid(message, field="letter"))
    if len(note) > LONGEST_NOTE:
        message = N_("Gebruik hoogstens %(most)s tekens.")
        errors.append(Invalid(message, field="note", params={"most": LONGEST_NOTE}))
    return errors


def _day_of(letter: Letter | None) -> date:
    return (letter.written_on if letter else None) or clock.today()


def _problems(data: CommitmentData) -> list[DomainError]:
    errors: list[DomainError] = []
    if not data.text:
        message = N_("Vul in wat er is toegezegd of gevraagd.")
        errors.append(Invalid(message, field="text"))
    errors += [
        Invalid(N_("Gebruik hoogstens %(most)s tekens."), field=name, params={"most": most})
        for name, most in LENGTHS.items()
        if len(getattr(data, name)) > most
    ]
    # a source may be younger than the day on which somebody looks back
    if not data.source and (data.made_on or date.min) > clock.today():
        errors.append(Invalid(N_("Deze dag ligt in de toekomst."), field="made_on"))
    if data.made_on is not None and data.due_on is not None and data.due_on < data.made_on:
        message = N_("De termijn kan niet eindigen voordat de toezegging was gedaan.")
        errors.append(Invalid(message, field="due_on"))
    if data.kind is not CommitmentKind.PROMISE and not data.submitters:
        message = N_("Vul in welke leden de motie indienden of de vraag stelden, met hun fractie.")
        errors.append(Invalid(message, field="submitters"))
    return errors


def _fill(commitment: Commitment, data: CommitmentData) -> None:
    for name in CommitmentData.__dataclass_fields__:
        setattr(commitment, name, getattr(data, name))


def _plain(data: CommitmentData) -> dict[str, Any]:
    return {**asdict(data), "kind": str(data.kind)}
