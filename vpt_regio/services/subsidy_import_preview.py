"""What a file of earlier subsidies would add, beside what is there already."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.rules.subsidy_outcomes import GRANTED_IN_SOME_WAY
from vpt_regio.domain.subsidy_codes import ApplicationStatus, RoundStatus
from vpt_regio.domain.text import N_
from vpt_regio.models.programmes import Programme
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme
from vpt_regio.queries.subsidy_import import (
    KnownApplication,
    list_known_applications,
    list_schemes_with_rounds,
)
from vpt_regio.services.subsidy_round_checks import RoundData, Unlisted
from vpt_regio.workbooks.parse import fold
from vpt_regio.workbooks.read_grid import CellNote
from vpt_regio.workbooks.subsidy_form import PILOTS

Names = tuple[str, ...]

COUNTED_ALREADY = N_(
    "Bij %(round)s staan al aantallen van aanvragen zonder eigen regel. Horen de nieuwe regels"
    " daarbij? Maak die aantallen dan lager, anders tellen zij dubbel."
)
ABOVE_CEILING = N_("Bij %(round)s is in dit bestand samen meer toegekend dan het plafond.")


@dataclass(frozen=True)
class PilotRow:
    """An application as a file tells of it; None is not known, amounts are cents."""

    scheme: str
    round: str
    organisation: str
    title: str
    outcome: ApplicationStatus
    source: str
    place: str = ""
    region_id: int | None = None
    description: str = ""
    requested_cents: int | None = None
    granted_cents: int | None = None
    decided: FuzzyDate | None = None

    @property
    def round_key(self) -> Names:
        return key_of(self.scheme, self.round)

    @property
    def key(self) -> Names:
        return key_of(self.scheme, self.round, self.organisation, self.title)

    @property
    def has_pilot(self) -> bool:
        """Whether a pilot comes from it: of an unknown grant none can be kept."""
        return self.outcome in GRANTED_IN_SOME_WAY and self.granted_cents is not None


@dataclass(frozen=True)
class RoundRow:
    """A round as a file tells of it; None is not known, amounts are cents."""

    scheme: str
    round: str
    source: str
    opens: FuzzyDate | None = None
    closes: FuzzyDate | None = None
    inclusive: bool | None = None
    ceiling_cents: int | None = None
    applications: int | None = None
    granted: int | None = None
    granted_cents: int | None = None

    @property
    def key(self) -> Names:
        return key_of(self.scheme, self.round)

    @property
    def data(self) -> RoundData:
        return RoundData(
            name=self.round,
            opens=self.opens,
            closes=self.closes,
            # only of a vague closing day, for which it makes no difference, it may be unknown
            closing_inclusive=self.inclusive is not False,
            ceiling_cents=self.ceiling_cents,
            source=self.source,
        )

    @property
    def unlisted(self) -> Unlisted:
        return Unlisted(self.applications, self.granted, self.granted_cents)


class RowState(StrEnum):
    """What happens to a row of a file."""

    NEW = "new"
    EXISTS = "exists"
    DIFFERS = "differs"


ROW_STATE_LABELS: dict[RowState, str] = {
    RowState.NEW: N_("nieuw"),
    RowState.EXISTS: N_("bestaat al"),
    RowState.DIFFERS: N_("bestaat al, met andere gegevens"),
}


class Known:
    """What is there now, found by names without regard to case and spacing."""

    def __init__(self, programme: Programme) -> None:
        self._schemes: dict[str, SubsidyScheme] = {}
        self._rounds: dict[Names, list[SubsidyRound]] = defaultdict(list)
        self._applications: dict[tuple[int, Names], KnownApplication] = {}
        for scheme in list_schemes_with_rounds(programme):
            self._schemes.setdefault(fold(scheme.name), scheme)
            for one in scheme.rounds:
                self._rounds[key_of(scheme.name, one.name)].append(one)
        for known in list_known_applications(programme):
            key = known.round_id, key_of(known.organisation_name, known.title)
            self._applications.setdefault(key, known)

    def scheme(self, name: str) -> SubsidyScheme | None:
        return self._schemes.get(fold(name))

    def rounds(self, key: Names) -> list[SubsidyRound]:
        """Return the rounds with these names of scheme and round: more than one is possible."""
        return self._rounds.get(key, [])

    def application(self, row: PilotRow) -> KnownApplication | None:
        key = key_of(row.organisation, row.title)
        found = (self._applications.get((one.id, key)) for one in self.rounds(row.round_key))
        return next((one for one in found if one is not None), None)

    def state_of(self, row: PilotRow) -> RowState:
        known = self.application(row)
        if known is None:
            return RowState.NEW
        if known.declared_outcome is None:
            return RowState.EXISTS
        is_same = (known.declared_outcome, known.declared_cents) == (row.outcome, row.granted_cents)
        return RowState.EXISTS if is_same else RowState.DIFFERS

    def state_of_round(self, row: RoundRow) -> RowState:
        found = self.rounds(row.key)
        if not found:
            return RowState.NEW
        one = found[0]
        now = (one.unlisted_applications, one.unlisted_granted, one.unlisted_granted_cents)
        is_same = (*now, one.ceiling_cents) == (
            row.applications,
            row.granted,
            row.granted_cents,
            row.ceiling_cents,
        )
        return RowState.EXISTS if is_same else RowState.DIFFERS


@dataclass(frozen=True)
class ImportPreview:
    """A file beside what is there; `implied` are new rounds of which it only has applications."""

    schemes: tuple[str, ...]
    rounds: tuple[tuple[RoundRow, RowState], ...]
    implied: tuple[RoundRow, ...]
    pilots: tuple[tuple[PilotRow, RowState], ...]
    warnings: tuple[CellNote, ...]
    seen: str

    @property
    def new_rounds(self) -> list[RoundRow]:
        return [row for row, state in self.rounds if state is RowState.NEW] + list(self.implied)

    @property
    def new_pilots(self) -> list[PilotRow]:
        return [row for row, state in self.pilots if state is RowState.NEW]

    @property
    def has_news(self) -> bool:
        return bool(self.new_rounds or self.new_pilots)


def key_of(*names: str) -> Names:
    """Return names in the form in which they are compared."""
    return tuple(fold(name) for name in names)


def compare(known: Known, rounds: Iterable[RoundRow], pilots: Iterable[PilotRow]) -> ImportPreview:
    """Compare the rows of a file with what is there."""
    round_lines = tuple((row, known.state_of_round(row)) for row in rounds)
    pilot_lines = tuple((row, known.state_of(row)) for row in pilots)
    new = [row for row, state in pilot_lines if state is RowState.NEW]
    implied = _implied(known, {row.key for row, _ in round_lines}, new)
    added = [row for row, state in round_lines if state is RowState.NEW] + implied
    names = {fold(row.scheme): row.scheme for row in reversed(added)}
    schemes = tuple(name for name in names.values() if known.scheme(name) is None)
    found = {row.round_key: known.rounds(row.round_key) for row in new}
    states = [
        schemes,
        [state for _, state in (*round_lines, *pilot_lines)],
        [[one.id for one in found[key]] for key in sorted(found)],
        [one.status for key in sorted(found) for one in found[key]],
    ]
    return ImportPreview(
        schemes=schemes,
        rounds=round_lines,
        implied=tuple(implied),
        pilots=pilot_lines,
        warnings=tuple(_warnings(known, added, new)),
        seen=hashlib.sha256(repr(states).encode()).hexdigest(),
    )


def _implied(known: Known, listed: set[Names], rows: Iterable[PilotRow]) -> list[RoundRow]:
    """Return the rounds that only applications tell of: nothing else of them is known."""
    found: dict[Names, RoundRow] = {}
    for row in rows:
        if row.round_key not in listed and not known.rounds(row.round_key):
            found.setdefault(row.round_key, RoundRow(row.scheme, row.round, row.source))
    return list(found.values())


def _warnings(
    known: Known, added: Iterable[RoundRow], rows: Iterable[PilotRow]
) -> Iterable[CellNote]:
    ceilings = {row.key: row.ceiling_cents for row in added}
    granted: dict[Names, int] = defaultdict(int)
    names: dict[Names, str] = {}
    for row in rows:
        granted[row.round_key] += row.granted_cents or 0
        names.setdefault(row.round_key, row.round)
    for key, name in names.items():
        present = known.rounds(key)
        if present and (present[0].unlisted_applications or present[0].unlisted_granted):
            yield CellNote(PILOTS, (), COUNTED_ALREADY, {"round": name})
        ceiling = present[0].ceiling_cents if present else ceilings.get(key)
        if ceiling is not None and granted[key] > ceiling:
            yield CellNote(PILOTS, (), ABOVE_CEILING, {"round": name})


def is_finished(in_round: SubsidyRound) -> bool:
    """Tell whether history may be added to a round: its applications do not wait any more."""
    return in_round.status is RoundStatus.DECIDED
