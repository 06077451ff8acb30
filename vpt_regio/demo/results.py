"""Fiction: the shape of the performance contracts of the demonstration.

The letter says that the five regions of 2010 made one each and what they were about; no source
tells what was promised or measured. Every text says that it is an example.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from vpt_regio.domain.indicator_codes import Qualifier, ReferenceKind
from vpt_regio.domain.rules.measured_values import Given

SOURCE = "Opgave van de partijen (voorbeeld)"


def value(number: str | int) -> Given:
    return Given(value=Decimal(number))


def share(numerator: int, denominator: int) -> Given:
    return Given(numerator=Decimal(numerator), denominator=Decimal(denominator))


@dataclass(frozen=True)
class Reference:
    """A baseline with the day of its measuring, or a target with its deadline."""

    given: Given
    day: date


@dataclass(frozen=True)
class Change:
    """Another baseline or target after everybody signed; recorded on the day it holds from."""

    day: date
    to: Reference
    reason: str
    document: str
    kind: ReferenceKind = ReferenceKind.TARGET


@dataclass(frozen=True)
class Measured:
    """A measurement; without a value `note` says why. A second one of a day has its reason.

    `by` is who recorded it, if not the author of the contract.
    """

    recorded_on: date
    cutoff_on: date
    given: Given | None = None
    qualifier: Qualifier = Qualifier.EXACT
    note: str = ""
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class Promise:
    """An agreement; `responsible` is a kind of partner, `type_code` empty for `free_type`."""

    type_code: str
    indicator: str
    statement: str
    responsible: str
    target: Reference | None = None
    baseline: Reference | None = None
    free_type: str = ""
    activities: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    measured: tuple[Measured, ...] = ()


@dataclass(frozen=True)
class Signature:
    """A kind of partner signed on a day, and who wrote that down the same day."""

    party: str
    day: date
    by: str


@dataclass(frozen=True)
class Evaluation:
    """How a contract ended; `reasons` tells by place of the agreement why it has no end value."""

    day: date
    by: str
    note: str
    reasons: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ContractStory:
    """A contract from its draft on; a day that is None did not come (yet)."""

    region: str
    title: str
    author: str
    parties: tuple[str, ...]
    starts_on: date
    ends_on: date
    drafted_on: date
    promises: tuple[Promise, ...]
    purpose: str = ""
    covenant: str = ""
    """The number of the covenant under which the region has the plan that it belongs to."""
    offered_on: date | None = None
    signatures: tuple[Signature, ...] = ()
    cancelled: tuple[date, str] | None = None
    evaluation: Evaluation | None = None


def signed(by: str, *parties: tuple[str, date]) -> tuple[Signature, ...]:
    return tuple(Signature(party, day, by) for party, day in parties)


def purpose_of(name: str) -> str:
    return (
        f"Voorbeeldtekst. De partners in {name} willen dat medewerkers meer voorvallen melden en"
        " dat daders sneller een reactie krijgen. Zij meten elk halfjaar hoe ver zij zijn."
    )
