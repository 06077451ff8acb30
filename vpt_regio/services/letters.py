"""Letters to the House: registering, changing until publication, and the number they get there.

A letter about a half-year cites one version of it. A later version does not change what a letter
said: the letter goes on citing the version on which it rests.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from vpt_regio import policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.periods import PERIOD, PeriodStatus
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.letters import Letter, LetterAnnex
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.models.snapshots import Snapshot
from vpt_regio.queries.letters import letters_of, newest_version
from vpt_regio.services import audit, transitions
from vpt_regio.services.letter_contents import (
    AnnexData,
    LetterData,
    data_of,
    problems_of,
    problems_of_version,
    read_numbers,
)


def register_letter(
    programme: Programme,
    *,
    reference: str,
    subject: str,
    unit: str = "",
    addressee: str = "",
    sender: str = "",
    co_signatories: Sequence[str] = (),
    written_on: date | None,
    received_on: date | None = None,
    dossier: str = "",
    number: str = "",
    period: ReportingPeriod | None = None,
    snapshot: Snapshot | None = None,
    source: str = "",
    annexes: Sequence[AnnexData] = (),
    actor: Person,
) -> Letter:
    """Register a letter; one about a half-year cites its newest version, or the one that is given.

    A letter from before this register has a source instead. Raises NotAllowed, or all that is
    wrong at once.
    """
    data = LetterData(
        reference=reference,
        subject=subject,
        unit=unit,
        addressee=addressee,
        sender=sender,
        co_signatories=tuple(co_signatories),
        written_on=written_on,
        received_on=received_on,
        dossier=dossier,
        number=number,
        source=source,
        annexes=tuple(annexes),
    )
    if period is None and snapshot is not None:
        period = snapshot.period
    if snapshot is None and period is not None and not source:
        snapshot = newest_version(period.id)
    return _register(Letter(programme_id=programme.id), data, period, snapshot, actor)


def _register(
    letter: Letter,
    data: LetterData,
    period: ReportingPeriod | None,
    snapshot: Snapshot | None,
    actor: Person,
) -> Letter:
    role = policies.require(actor, Permission.LETTER_MANAGE, letter)
    dossier, number, errors = read_numbers(
        letter, data.dossier, data.number, is_from_source=bool(data.source)
    )
    data = replace(data, dossier=dossier, number=number)
    errors = problems_of(letter, data) + errors
    raise_all(errors + problems_of_version(period, snapshot, data.source))
    letter.period_id = period.id if period else None
    letter.snapshot_id = snapshot.id if snapshot else None
    _fill(letter, data)
    db.session.add(letter)
    db.session.flush()
    details = {
        "reference": data.reference,
        "after": data.plain(),
        "version": _version_no(snapshot),
    }
    audit.record("letter.registered", letter, actor=actor, role=role, details=details)
    return letter


def edit_letter(
    letter: Letter,
    *,
    data: LetterData,
    period: ReportingPeriod | None,
    actor: Person,
    expected_version: int | None = None,
) -> Letter:
    """Change a letter until it is published; dossier and number come with `publish_letter`.

    The version that it cites stays, unless the letter is now about another half-year.
    Raises NotAllowed, Conflict, WrongState, or all that is wrong at once.
    """
    role = policies.require(actor, Permission.LETTER_MANAGE, letter)
    transitions.check_version(letter, expected_version)
    _require_unpublished(letter)
    before = data_of(letter)
    data = replace(data, dossier=before.dossier, number=before.number)
    snapshot = letter.snapshot
    is_moved = letter.period_id != (period.id if period else None)
    if is_moved:
        raise_all(_problems_of_moving(letter))
        snapshot = newest_version(period.id) if period else None
    raise_all(problems_of(letter, data) + problems_of_version(period, snapshot, data.source))
    if before == data and not is_moved:
        return letter
    letter.period_id = period.id if period else None
    letter.snapshot_id = snapshot.id if snapshot else None
    _fill(letter, data)
    db.session.flush()
    details = {
        "before": before.plain(),
        "after": data.plain(),
        "period": period.code if period else "",
    }
    audit.record("letter.changed", letter, actor=actor, role=role, details=details)
    return letter


def publish_letter(
    letter: Letter,
    *,
    dossier: str,
    number: str,
    received_on: date | None = None,
    actor: Person,
    expected_version: int | None = None,
) -> Letter:
    """Record under which dossier and number a letter was published, and when it was received.

    Raises NotAllowed, Conflict, WrongState once it has them, or all that is wrong at once.
    """
    role = policies.require(actor, Permission.LETTER_MANAGE, letter)
    transitions.check_version(letter, expected_version)
    _require_unpublished(letter)
    kept_dossier, kept_number, errors = read_numbers(letter, dossier, number, is_from_source=False)
    if not dossier and not number:
        errors.append(Invalid(N_("Vul het dossier en het nummer in."), field="dossier"))
    data = data_of(letter)
    day = received_on or data.received_on
    errors += problems_of(letter, replace(data, received_on=day))
    if day is None and data.written_on is None:
        message = N_("Vul de dag van ontvangst in: daaruit volgt het vergaderjaar.")
        errors.append(Invalid(message, field="received_on"))
    raise_all(errors)
    letter.dossier, letter.number, letter.received_on = kept_dossier, kept_number, day
    db.session.flush()
    details = {"dossier": kept_dossier, "number": kept_number, "received_on": day}
    audit.record("letter.published", letter, actor=actor, role=role, details=details)
    return letter


def correct_publication(
    letter: Letter, *, reason: str, actor: Person, expected_version: int | None = None
) -> Letter:
    """Take away a number that was recorded wrongly, with the reason; then it can change again."""
    role = policies.require(actor, Permission.LETTER_MANAGE, letter)
    transitions.check_version(letter, expected_version)
    if not is_published(letter):
        raise WrongState(N_("Deze brief heeft nog geen dossier en nummer."))
    if not reason:
        raise Invalid(N_("Vul in wat er niet klopt."), field="reason")
    details = {"dossier": letter.dossier, "number": letter.number, "reason": reason}
    letter.dossier = letter.number = ""
    db.session.flush()
    audit.record("letter.unpublished", letter, actor=actor, role=role, details=details)
    return letter


def cite_newest(letter: Letter, *, actor: Person, expected_version: int | None = None) -> Letter:
    """Let a letter that has not been sent cite the newest version of its half-year.

    Raises NotAllowed, Conflict, or WrongState when it was sent or cites that version already.
    """
    role = policies.require(actor, Permission.LETTER_MANAGE, letter)
    transitions.check_version(letter, expected_version)
    _require_unpublished(letter)
    raise_all(_problems_of_moving(letter))
    newest = newest_version(letter.period_id) if letter.period_id else None
    if newest is None or newest.id == letter.snapshot_id:
        raise WrongState(N_("Deze brief noemt al de nieuwste versie."))
    details = {"before": _version_no(letter.snapshot), "version": newest.version_no}
    letter.snapshot_id = newest.id
    db.session.flush()
    audit.record("letter.cites", letter, actor=actor, role=role, details=details)
    return letter


def may_cite_newest(letter: Letter) -> bool:
    """Return whether a letter may still change the version that it cites."""
    return not is_published(letter) and not _problems_of_moving(letter)


def is_published(letter: Letter) -> bool:
    """Return whether a letter has its number in a dossier of the House."""
    return bool(letter.dossier and letter.number)


@transitions.guard(PERIOD, Guard.LETTER_REGISTERED)
def _is_registered(period: ReportingPeriod, _actor: Person) -> list[DomainError]:
    letters = letters_of(period)
    newest = newest_version(period.id)
    # a letter from before this register rests on no version, but on a source
    if any(letter.snapshot_id is None and letter.source for letter in letters):
        return []
    on_newest = [one for one in letters if newest and one.snapshot_id == newest.id]
    if any(letter.written_on for letter in on_newest):
        return []
    if on_newest:
        return [Invalid(N_("Vul eerst bij de brief in wanneer die is geschreven."))]
    if letters and newest is not None:
        message = N_(
            "De geregistreerde brief noemt niet versie %(version)s, de nieuwste van dit halfjaar."
            " Laat de brief die versie noemen."
        )
        return [Invalid(message, params={"version": newest.version_no})]
    return [Invalid(N_("Registreer eerst de brief over dit halfjaar."))]


def _require_unpublished(letter: Letter) -> None:
    if is_published(letter):
        raise WrongState(N_("Deze brief is gepubliceerd en verandert niet meer."))


def _problems_of_moving(letter: Letter) -> list[DomainError]:
    """Return why a letter must go on citing what it cites: the half-year was sent with it."""
    period = letter.period
    if period is None or period.status not in (PeriodStatus.SENT, PeriodStatus.CLOSED):
        return []
    message = N_("De brief over halfjaar %(code)s is verstuurd. Hij blijft zijn versie noemen.")
    return [WrongState(message, field="period_id", params={"code": period.code})]


def _fill(letter: Letter, data: LetterData) -> None:
    for name, value in data.columns().items():
        setattr(letter, name, value)
    kept = {annex.number: annex for annex in letter.annexes}
    for number, annex in enumerate(data.annexes, start=1):
        row = kept.pop(number, None)
        if row is None:
            row = LetterAnnex(number=number)
            letter.annexes.append(row)
        row.title, row.is_public = annex.title, annex.is_public
        row.inspection_at = annex.inspection_at
    for left in kept.values():
        letter.annexes.remove(left)


def _version_no(snapshot: Snapshot | None) -> int | None:
    return snapshot.version_no if snapshot else None
