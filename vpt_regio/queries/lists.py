"""The versioned lists of the programme, side by side, and where their entries are used."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, literal, select, union_all

from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActivityMeasure, ActivityVersion, MeasureExemption
from vpt_regio.models.contracts import Agreement, Indicator
from vpt_regio.models.maturity import MeasureMaturity
from vpt_regio.models.programmes import AgreementType, Measure, PolicyLine, Programme, Sector
from vpt_regio.models.regions import Organisation
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.same_entries import same_in

Entry = Measure | PolicyLine | Sector | AgreementType
EntryModel = type[Measure] | type[PolicyLine] | type[Sector] | type[AgreementType]


@dataclass(frozen=True)
class ListKind:
    """One of the lists: its part of the address, its title, its model, and who refers to it."""

    name: str
    title: str
    model: Any
    uses: tuple[tuple[str, Any], ...]

    @property
    def has_short_names(self) -> bool:
        return self.model is Measure


KINDS = (
    ListKind(
        "maatregelen",
        N_("Maatregelen"),
        Measure,
        (
            (N_("activiteiten in plannen"), ActivityMeasure.measure_id),
            (N_("redenen om niet op te nemen"), MeasureExemption.measure_id),
            (N_("opmerkingen"), Remark.measure_id),
            (N_("beoordelingen van organisaties"), MeasureMaturity.measure_id),
        ),
    ),
    ListKind(
        "hoofdlijnen",
        N_("Hoofdlijnen"),
        PolicyLine,
        ((N_("activiteiten in plannen"), ActivityVersion.policy_line_id),),
    ),
    ListKind("sectoren", N_("Sectoren"), Sector, ((N_("organisaties"), Organisation.sector_id),)),
    ListKind(
        "soorten-afspraken",
        N_("Soorten afspraken"),
        AgreementType,
        (
            (N_("afspraken"), Agreement.agreement_type_id),
            (N_("indicatoren"), Indicator.agreement_type_id),
        ),
    ),
)


@dataclass(frozen=True)
class ListVersion:
    """A version of a list with its entries in their order.

    `starts_on` is the first day on which all of it may hold, None for of old.
    """

    name: str
    entries: tuple[Any, ...]

    @property
    def starts_on(self) -> date | None:
        days = [entry.valid_from for entry in self.entries]
        return None if None in days else min(days)

    @property
    def ends_on(self) -> date | None:
        days = [entry.valid_until for entry in self.entries]
        return None if None in days else max(days)

    def holds_on(self, day: date) -> bool:
        started = self.starts_on is None or self.starts_on <= day
        return started and (self.ends_on is None or self.ends_on >= day)


@dataclass(frozen=True)
class ProgrammeList:
    """A list of the programme with all its versions, the oldest first."""

    __tablename__ = "programme"

    kind: ListKind
    programme: Programme
    versions: tuple[ListVersion, ...]
    uses: Mapping[int, Mapping[str, int]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.programme.id

    @property
    def programme_id(self) -> int:
        return self.programme.id

    @property
    def last(self) -> ListVersion | None:
        return self.versions[-1] if self.versions else None

    def version_on(self, day: date) -> ListVersion | None:
        """Return the version that holds on a day."""
        return next((one for one in reversed(self.versions) if one.holds_on(day)), None)

    def version(self, name: str) -> ListVersion | None:
        return next((one for one in self.versions if one.name == name), None)

    def entry(self, entry_id: int) -> Any | None:
        return next(
            (one for version in self.versions for one in version.entries if one.id == entry_id),
            None,
        )

    def lines(self) -> list[tuple[Any | None, ...]]:
        """Return what is the same thing on one line, with a place for each version.

        What goes up in one later has a line each: they end in the same entry.
        """
        key = same_in(self.kind.model).key
        found: dict[int, list[Any | None]] = {}
        others: list[tuple[int, int, Any]] = []
        for place, version in enumerate(self.versions):
            for entry in version.entries:
                line = found.setdefault(key(entry.id), [None] * len(self.versions))
                if line[place] is None:
                    line[place] = entry
                else:
                    others.append((key(entry.id), place, entry))
        for same, place, entry in others:
            found[-entry.id] = [*[None] * place, entry, *found[same][place + 1 :]]
        return [tuple(line) for line in found.values()]


def find_list(list_name: str) -> ProgrammeList | None:
    """Return a list with its versions and uses; None for a name that no list has."""
    kind = next((one for one in KINDS if one.name == list_name), None)
    return None if kind is None else read_list(get_programme(), kind)


def all_lists() -> list[ProgrammeList]:
    programme = get_programme()
    return [read_list(programme, kind) for kind in KINDS]


def read_list(programme: Programme, kind: ListKind) -> ProgrammeList:
    """Return a list with its versions and how often each entry is used; two queries."""
    model = kind.model
    by_version: dict[str, list[Any]] = defaultdict(list)
    for entry in db.session.scalars(
        select(model)
        .where(model.programme_id == programme.id)
        .order_by(model.position, model.code, model.id)
    ):
        by_version[entry.list_version].append(entry)
    versions = [ListVersion(name, tuple(entries)) for name, entries in by_version.items()]
    versions.sort(key=lambda one: (one.starts_on or date.min, min(e.id for e in one.entries)))
    return ProgrammeList(kind, programme, tuple(versions), _uses(kind))


def _uses(kind: ListKind) -> Mapping[int, Mapping[str, int]]:
    queries = [
        select(literal(text).label("what"), column.label("entry"), func.count().label("number"))
        .where(column.is_not(None))
        .group_by(column)
        for text, column in kind.uses
    ]
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for what, entry, number in db.session.execute(union_all(*queries)):
        found[entry][what] = number
    return found
