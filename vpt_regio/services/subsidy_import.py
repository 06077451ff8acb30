"""Earlier subsidies from a file: read, compared and shown first, then stored all or nothing."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from vpt_regio import policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_, file_name_of
from vpt_regio.errors import Conflict, DomainError, Invalid, raise_all
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme
from vpt_regio.queries.people import list_region_choices
from vpt_regio.queries.subsidy_import import hold_programme
from vpt_regio.services import audit
from vpt_regio.services.application_contents import ApplicationData, LineData
from vpt_regio.services.applications import import_application
from vpt_regio.services.pilot_contents import PilotData
from vpt_regio.services.pilots import import_pilot
from vpt_regio.services.subsidy_import_checks import pilot_row, problems_of, round_row
from vpt_regio.services.subsidy_import_preview import (
    ImportPreview,
    Known,
    Names,
    PilotRow,
    RoundRow,
    compare,
)
from vpt_regio.services.subsidy_rounds import import_round
from vpt_regio.services.subsidy_schemes import SchemeData, import_scheme
from vpt_regio.workbooks.read import CellMessage
from vpt_regio.workbooks.subsidy_form import read_subsidies

LONGEST_FILE_NAME = 200
WHOLE_REQUEST = "Hele aanvraag"

UNREADABLE = N_("Deze gegevens zijn niet meer te lezen. Kies het bestand opnieuw.")
REFUSED = N_(
    "Het bestand is niet ingelezen. Verbeter wat er in de tabel hieronder staat."
    " Kies het bestand daarna opnieuw."
)
NOTHING_IN_IT = N_("Het bestand heeft geen regels. Vul het blad Pilots of het blad Rondes in.")
NOTHING_NEW = N_("Alles uit dit bestand staat er al. Er is niets om over te nemen.")
CHANGED = N_("Intussen is er iets veranderd. Bekijk hieronder wat er nu nieuw is.")


@dataclass(frozen=True)
class SubsidyFile:
    """What a file holds, or every reason why it is refused.

    `problems` are those at cells; `errors` are about the whole file.
    """

    name: str
    sha256: str
    rounds: tuple[RoundRow, ...] = ()
    pilots: tuple[PilotRow, ...] = ()
    problems: tuple[CellMessage, ...] = ()
    notes: tuple[CellMessage, ...] = ()
    errors: tuple[DomainError, ...] = ()


@dataclass(frozen=True)
class SubsidyDraft:
    """Rows that were shown before they are stored; `seen` is what they were compared with."""

    rounds: tuple[RoundRow, ...]
    pilots: tuple[PilotRow, ...]
    file_name: str
    sha256: str
    seen: str


def check_file(programme: Programme, content: bytes, file_name: str) -> SubsidyFile:
    """Read a file and tell everything why it would be refused; nothing is stored or raised."""
    name = file_name_of(file_name, most=LONGEST_FILE_NAME, otherwise="subsidies")
    file = SubsidyFile(name, hashlib.sha256(content).hexdigest())
    tables = read_subsidies(content, name, regions=list_region_choices(programme))
    known = Known(programme)
    if problems := problems_of(tables, known):
        return replace(file, problems=tuple(problems), errors=(Invalid(REFUSED),))
    if not tables.rounds.rows and not tables.pilots.rows:
        return replace(file, errors=(Invalid(NOTHING_IN_IT),))
    rounds = tuple(round_row(row) for row in tables.rounds.rows)
    pilots = tuple(pilot_row(row) for row in tables.pilots.rows)
    if not compare(known, rounds, pilots).has_news:
        return replace(file, errors=(Invalid(NOTHING_NEW),))
    return replace(file, rounds=rounds, pilots=pilots, notes=tables.notes)


def draft_of(file: SubsidyFile | SubsidyDraft, *, seen: str = "") -> SubsidyDraft:
    """Return the rows of a file as they are shown beside what is there."""
    name = file.name if isinstance(file, SubsidyFile) else file.file_name
    return SubsidyDraft(file.rounds, file.pilots, name, file.sha256, seen)


def show(programme: Programme, draft: SubsidyDraft) -> ImportPreview:
    """Compare rows with what is there at this moment."""
    return compare(Known(programme), draft.rounds, draft.pilots)


def take_over(programme: Programme, draft: SubsidyDraft, *, actor: Person) -> ImportPreview:
    """Store what is new in the rows that were shown, all of it or nothing.

    Returns what was stored. What is there already never changes. Raises Conflict when something
    changed since it was shown.
    """
    role = policies.require(actor, Permission.SUBSIDY_IMPORT, programme)
    hold_programme(programme)
    known = Known(programme)
    shown = compare(known, draft.rounds, draft.pilots)
    if shown.seen != draft.seen:
        raise Conflict(CHANGED)
    raise_all([] if shown.has_news else [Invalid(NOTHING_NEW)])
    rounds = _add_rounds(programme, known, shown, actor=actor)
    for row in shown.new_pilots:
        in_round = rounds.get(row.round_key) or known.rounds(row.round_key)[0]
        _add_pilot(programme, in_round, row, actor=actor)
    details = {
        "file": draft.file_name,
        "sha256": draft.sha256,
        "schemes": len(shown.schemes),
        "rounds": len(shown.new_rounds),
        "applications": len(shown.new_pilots),
        "pilots": sum(row.has_pilot for row in shown.new_pilots),
    }
    audit.record("programme.subsidies_imported", programme, actor=actor, role=role, details=details)
    return shown


def _add_rounds(
    programme: Programme, known: Known, shown: ImportPreview, *, actor: Person
) -> dict[Names, SubsidyRound]:
    schemes: dict[str, SubsidyScheme] = {}
    added: dict[Names, SubsidyRound] = {}
    for row in shown.new_rounds:
        key = row.key[0]
        scheme = schemes.get(key) or known.scheme(row.scheme)
        if scheme is None:
            data = SchemeData(name=row.scheme, source=row.source)
            scheme = import_scheme(programme, data=data, actor=actor)
        schemes[key] = scheme
        added[row.key] = import_round(scheme, data=row.data, unlisted=row.unlisted, actor=actor)
    return added


def _add_pilot(
    programme: Programme, in_round: SubsidyRound, row: PilotRow, *, actor: Person
) -> None:
    asked = row.requested_cents
    application = import_application(
        in_round,
        ApplicationData(
            organisation_name=row.organisation,
            place=row.place,
            contact_name="",
            contact_email="",
            title=row.title,
            description=row.description,
            hypothesis="",
            starts_on=None,
            ends_on=None,
            measure_ids=(),
            lines=(LineData(WHOLE_REQUEST, asked),) if asked is not None else (),
            region_id=row.region_id,
        ),
        declared_outcome=row.outcome,
        declared_cents=row.granted_cents,
        declared=row.decided,
        declared_source=row.source,
        actor=actor,
    )
    if not row.has_pilot:
        return
    import_pilot(
        programme,
        PilotData(
            title=row.title,
            description=row.description,
            organisation_name=row.organisation,
            place=row.place,
            region_ids=(row.region_id,) if row.region_id else (),
            source=row.source,
        ),
        application=application,
        granted_cents=row.granted_cents,
        awarded_on=_day_of_limits(row, in_round),
        actor=actor,
    )


def _day_of_limits(row: PilotRow, in_round: SubsidyRound) -> date:
    """Return the day of which the limits give the arrangement.

    Without any day of the award the first limits ever are applied, by analogy.
    """
    decided = row.decided.on if row.decided else None
    return decided or in_round.closes_on or in_round.opens_on or date.min
