"""Subsidy schemes, what sources count of historic ones, and the limits of the arrangements."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, select

from vpt_regio import policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import COUNT_KIND_LABELS, CountKind
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, DuplicateValue, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.subsidies import SchemeCount, SubsidyArrangement, SubsidyScheme
from vpt_regio.services import audit, transitions


@dataclass(frozen=True)
class SchemeData:
    """What a scheme is; `period_words` are the words of a source where its days are unknown."""

    name: str
    legal_basis: str = ""
    objective: str = ""
    is_incidental: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    period_words: str = ""
    source: str = ""


def start_scheme(programme: Programme, *, data: SchemeData, actor: Person) -> SubsidyScheme:
    """Add a scheme; raises NotAllowed, or everything that is wrong with it at once."""
    scheme = SubsidyScheme(programme_id=programme.id)
    role = policies.require(actor, Permission.SUBSIDY_MANAGE, scheme)
    _add(scheme, data)
    details = {"name": data.name, "after": asdict(data)}
    audit.record("subsidy_scheme.created", scheme, actor=actor, role=role, details=details)
    return scheme


def import_scheme(programme: Programme, *, data: SchemeData, actor: Person) -> SubsidyScheme:
    """Add a scheme of the past that is known from a source; what is left out is unknown."""
    scheme = SubsidyScheme(programme_id=programme.id)
    role = policies.require(actor, Permission.SUBSIDY_IMPORT, scheme)
    _add(scheme, data)
    details = {"name": data.name, "source": data.source, "after": asdict(data)}
    audit.record("subsidy_scheme.imported", scheme, actor=actor, role=role, details=details)
    return scheme


def edit_scheme(
    scheme: SubsidyScheme, *, data: SchemeData, actor: Person, expected_version: int | None = None
) -> SubsidyScheme:
    """Change a scheme; raises NotAllowed, Conflict, or everything that is wrong at once."""
    role = policies.require(actor, Permission.SUBSIDY_MANAGE, scheme)
    transitions.check_version(scheme, expected_version)
    raise_all(_scheme_errors(scheme, data))
    before = _values(scheme)
    if before == data:
        return scheme
    _fill(scheme, data)
    db.session.flush()
    details = {"before": asdict(before), "after": asdict(data)}
    audit.record("subsidy_scheme.changed", scheme, actor=actor, role=role, details=details)
    return scheme


def import_scheme_count(
    scheme: SubsidyScheme,
    *,
    kind: CountKind,
    from_year: int,
    to_year: int,
    number: int,
    source: str,
    actor: Person,
    note: str = "",
) -> SchemeCount:
    """Add what a source counts of a scheme, of one year or several; nothing is computed here."""
    role = policies.require(actor, Permission.SUBSIDY_MANAGE, scheme)
    raise_all(_count_errors(from_year, to_year, number, source))
    same = (kind, from_year, to_year)
    if any((one.kind, one.from_year, one.to_year) == same for one in scheme.counts):
        message = N_("Van deze jaren staat dit aantal er al.")
        raise DuplicateValue(message, field="from_year")
    added = SchemeCount(
        kind=kind, from_year=from_year, to_year=to_year, number=number, source=source, note=note
    )
    scheme.counts.append(added)
    db.session.flush()
    years = str(from_year) if from_year == to_year else f"{from_year}-{to_year}"
    details = {"what": COUNT_KIND_LABELS[kind], "years": years, "number": number, "source": source}
    audit.record("subsidy_scheme.count_added", scheme, actor=actor, role=role, details=details)
    return added


def set_limits(
    programme: Programme,
    *,
    second_from_cents: int,
    third_from_cents: int,
    holds_from: date,
    source: str,
    actor: Person,
) -> list[SubsidyArrangement]:
    """Add a new set of limits with the first day on which it holds; the first begins at € 0.

    A set takes the place of the one before it from that day on. Earlier sets never change, and
    what was awarded keeps its arrangement.
    """
    subject = SubsidyArrangement(programme_id=programme.id)
    role = policies.require(actor, Permission.SUBSIDY_MANAGE, subject)
    raise_all(_limit_errors(programme, second_from_cents, third_from_cents, holds_from, source))
    limits = [
        SubsidyArrangement(
            programme_id=programme.id,
            number=number,
            from_cents=cents,
            holds_from=holds_from,
            source=source,
        )
        for number, cents in enumerate((0, second_from_cents, third_from_cents), start=1)
    ]
    db.session.add_all(limits)
    db.session.flush()
    details = {
        "holds_from": holds_from,
        "limits": [limit.from_cents for limit in limits],
        "source": source,
    }
    audit.record("subsidy_arrangement.set", limits[0], actor=actor, role=role, details=details)
    return limits


def _add(scheme: SubsidyScheme, data: SchemeData) -> None:
    raise_all(_scheme_errors(scheme, data))
    _fill(scheme, data)
    db.session.add(scheme)
    db.session.flush()


def _fill(scheme: SubsidyScheme, data: SchemeData) -> None:
    for name, value in asdict(data).items():
        setattr(scheme, name, value)


def _values(scheme: SubsidyScheme) -> SchemeData:
    return SchemeData(**{name: getattr(scheme, name) for name in SchemeData.__dataclass_fields__})


def _scheme_errors(scheme: SubsidyScheme, data: SchemeData) -> list[DomainError]:
    errors: list[DomainError] = []
    if not data.name:
        errors.append(Invalid(N_("Vul de naam van de regeling in."), field="name"))
    elif _is_taken(scheme, data.name):
        errors.append(DuplicateValue(N_("Er is al een regeling met deze naam."), field="name"))
    if data.starts_on and data.ends_on and data.ends_on < data.starts_on:
        message = N_("De laatste dag kan niet vóór de eerste dag liggen.")
        errors.append(Invalid(message, field="ends_on"))
    return errors


def _is_taken(scheme: SubsidyScheme, name: str) -> bool:
    query = select(SubsidyScheme.id).where(
        SubsidyScheme.programme_id == scheme.programme_id, SubsidyScheme.name == name
    )
    if scheme.id is not None:
        query = query.where(SubsidyScheme.id != scheme.id)
    return db.session.scalar(query) is not None


def _count_errors(from_year: int, to_year: int, number: int, source: str) -> list[DomainError]:
    errors: list[DomainError] = []
    if to_year < from_year:
        message = N_("Het laatste jaar kan niet vóór het eerste jaar liggen.")
        errors.append(Invalid(message, field="to_year"))
    if number < 0:
        errors.append(Invalid(N_("Vul een aantal van 0 of meer in."), field="number"))
    if not source:
        errors.append(Invalid(N_("Vul in waar dit aantal vandaan komt."), field="source"))
    return errors


def _limit_errors(
    programme: Programme, second: int, third: int, holds_from: date, source: str
) -> list[DomainError]:
    errors: list[DomainError] = []
    if second <= 0:
        message = N_("Vul een bedrag in dat hoger is dan € 0.")
        errors.append(Invalid(message, field="second_from_cents"))
    if third <= second:
        message = N_("Arrangement 3 moet bij een hoger bedrag beginnen dan arrangement 2.")
        errors.append(Invalid(message, field="third_from_cents"))
    if not source:
        message = N_("Vul in waar deze grenzen vandaan komen.")
        errors.append(Invalid(message, field="source"))
    newest = db.session.scalar(
        select(func.max(SubsidyArrangement.holds_from)).where(
            SubsidyArrangement.programme_id == programme.id
        )
    )
    if newest is not None and holds_from <= newest:
        errors.append(
            Invalid(
                N_("Er gelden al grenzen vanaf %(day)s. Kies een latere eerste dag."),
                field="holds_from",
                params={"day": newest.strftime("%d-%m-%Y")},
            )
        )
    return errors
