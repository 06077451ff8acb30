"""How far employers are with a measure: five levels, and what may be said of many of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low

from vpt_regio.domain.text import N_


@dataclass(frozen=True)
class Level:
    """A level with its name and what it means."""

    label: str
    meaning: str


LEVELS: dict[int, Level] = {
    0: Level(N_("niets geregeld"), N_("De werkgever heeft voor deze maatregel niets geregeld.")),
    1: Level(
        N_("afgesproken op papier"),
        N_("De afspraak staat op papier, maar wordt nog niet gebruikt."),
    ),
    2: Level(
        N_("in gebruik bij een deel"),
        N_("Een deel van de organisatie werkt zo, een ander deel nog niet."),
    ),
    3: Level(N_("overal in gebruik"), N_("De hele organisatie werkt zo.")),
    4: Level(
        N_("geborgd en geëvalueerd"),
        N_("De hele organisatie werkt zo, gaat na of het helpt en past het aan als dat nodig is."),
    ),
}
NOT_ASSESSED = N_("niet beoordeeld")
SUMMARY_RULE = N_(
    "Een niveau is een rang en geen hoeveelheid. Daarom is er geen gemiddelde: het middelste"
    " niveau is dat van de middelste organisatie als u ze op volgorde zet, en bij een even aantal"
    " dat van de laagste van de middelste twee. Wie niet is beoordeeld, telt daarin niet mee en is"
    " iets anders dan niveau 0."
)


class Move(StrEnum):
    """What became of a level since an earlier day."""

    FIRST = "first"
    UP = "up"
    DOWN = "down"
    SAME = "same"


MOVE_LABELS: dict[Move, str] = {
    Move.FIRST: N_("voor het eerst beoordeeld"),
    Move.UP: N_("verder"),
    Move.DOWN: N_("terug"),
    Move.SAME: N_("gelijk"),
}


@dataclass(frozen=True)
class Summary:
    """How many organisations stand at each level of one measure, and how many were not judged."""

    counts: Mapping[int, int]
    not_assessed: int

    @property
    def assessed(self) -> int:
        return sum(self.counts.values())

    @property
    def median(self) -> int | None:
        """The level of the one in the middle (the lower of two); None when none was judged."""
        levels = [level for level in LEVELS for _ in range(self.counts[level])]
        return median_low(levels) if levels else None


def needs_evidence(level: int) -> bool:
    """Return whether a level must say what shows it: only that nothing is arranged need not."""
    return level > 0


def summarise(levels: Iterable[int | None]) -> Summary:
    """Return the summary of the levels of one measure; None stands for not judged."""
    counts = dict.fromkeys(LEVELS, 0)
    not_assessed = 0
    for level in levels:
        if level is None:
            not_assessed += 1
        else:
            counts[level] += 1
    return Summary(counts, not_assessed)


def move(before: int | None, after: int | None) -> Move | None:
    """Return what became of a level; None while it is not judged (what was judged stays so)."""
    if after is None:
        return None
    if before is None:
        return Move.FIRST
    if after == before:
        return Move.SAME
    return Move.UP if after > before else Move.DOWN
