"""How a measured value stands to an earlier one, to its baseline and to its target.

Every number is an exact fraction in the unit of its indicator (66 means 66 %, euros are euros,
yes is 1 and no is 0). None always means "not measured" or "not known", never 0.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from vpt_regio.domain.indicator_codes import Attainment, ChangeKind, Direction, Qualifier, Unit
from vpt_regio.domain.percentages import change_percent, change_points, round_half_up
from vpt_regio.domain.text import N_

WHOLE = 100

CHANGE_RULES: dict[ChangeKind, str] = {
    ChangeKind.PERCENT: N_(
        "Verandering in procent: het verschil met de oude waarde, gedeeld door de oude waarde."
        " We ronden pas aan het eind af; een half gaat van nul af."
        " Is de oude waarde 0, dan is er geen percentage."
    ),
    ChangeKind.POINTS: N_(
        "Verandering in procentpunt: het nieuwe percentage min het oude percentage."
        " We ronden pas aan het eind af; een half gaat van nul af."
    ),
    ChangeKind.ABSOLUTE: N_(
        "Verschil: de nieuwe waarde min de oude waarde, in de eenheid van de indicator."
        " We ronden pas aan het eind af; een half gaat van nul af."
    ),
}

ATTAINMENT_RULES: dict[Attainment, str] = {
    Attainment.MET: N_("De laatste meting haalt de streefwaarde."),
    Attainment.ON_COURSE: N_(
        "De streefwaarde is nog niet gehaald, maar de meting ligt op of voor de rechte lijn"
        " van de nulmeting naar de streefwaarde."
    ),
    Attainment.BEHIND: N_(
        "De meting ligt achter op de rechte lijn van de nulmeting naar de streefwaarde,"
        " of de einddatum is voorbij en de streefwaarde is niet gehaald."
    ),
    Attainment.NOT_MEASURED: N_("Er is nog geen meting."),
    Attainment.UNKNOWN: N_(
        "Er is te weinig bekend, zoals de nulmeting, de streefwaarde of een datum."
        " Bij ‘ja of nee’ is tot de einddatum niet te zeggen of het op koers ligt."
    ),
}


@dataclass(frozen=True)
class Value:
    """A number with what is known of it; a percentage may keep what it was computed from."""

    number: Fraction
    qualifier: Qualifier = Qualifier.EXACT
    numerator: Fraction | None = None
    denominator: Fraction | None = None


@dataclass(frozen=True)
class Change:
    """A change, exact and rounded; both None when there is nothing to compare with (old is 0)."""

    kind: ChangeKind
    amount: Fraction | None
    rounded: Decimal | None
    decimals: int


@dataclass(frozen=True)
class AttainmentFacts:
    """An indicator and its last measurement, reduced to what decides how it stands."""

    unit: Unit
    direction: Direction
    baseline: Fraction | None
    baseline_on: date | None
    target: Fraction | None
    due_on: date | None
    value: Fraction | None
    measured_on: date | None


def percent_of(numerator: Fraction | int, denominator: Fraction | int) -> Fraction:
    """Return the percentage (50 is half) that one number is of another.

    Raises ``ValueError`` when the denominator is 0.
    """
    if denominator == 0:
        raise ValueError("no_denominator")
    return Fraction(numerator) / Fraction(denominator) * WHOLE


def change(
    old: Fraction | None,
    new: Fraction | None,
    unit: Unit,
    *,
    relative: bool = False,
    decimals: int = 1,
) -> Change | None:
    """Return the change from one value to another, or None when one was not measured.

    Percentages change in percentage points, unless ``relative`` asks for the change in per cent;
    everything else changes in per cent. There is no change between yes and no.
    """
    if old is None or new is None or unit is Unit.YES_NO:
        return None
    if unit is Unit.PERCENT and not relative:
        return _change(ChangeKind.POINTS, change_points(old, new), decimals)
    return _change(ChangeKind.PERCENT, change_percent(old, new), decimals)


def absolute_change(
    old: Fraction | None, new: Fraction | None, unit: Unit, *, decimals: int = 1
) -> Change | None:
    """Return the difference in the unit itself; None as for ``change``.

    What there is to tell when the old value is 0, for then nothing changes in per cent.
    """
    if old is None or new is None or unit is Unit.YES_NO:
        return None
    return _change(ChangeKind.ABSOLUTE, new - old, decimals)


def _change(kind: ChangeKind, amount: Fraction | None, decimals: int) -> Change:
    rounded = None if amount is None else round_half_up(amount, decimals)
    return Change(kind, amount, rounded, decimals)


def target_share(
    baseline: Fraction | None, value: Fraction | None, target: Fraction | None
) -> Fraction | None:
    """Return which part of the way from baseline to target was covered: 1 is reached.

    Below 0 when the value moved away from the target, above 1 beyond it. None when one of the
    three is not known, or when there is no way to go.
    """
    if baseline is None or value is None or target is None or target == baseline:
        return None
    return (value - baseline) / (target - baseline)


def distance(
    value: Fraction | None, target: Fraction | None, direction: Direction
) -> Fraction | None:
    """Return what a value still lacks, in its unit: 0 when the target is reached."""
    if value is None or target is None:
        return None
    missing = target - value if direction is Direction.UP else value - target
    return max(missing, Fraction(0))


def attainment(facts: AttainmentFacts, *, today: date) -> Attainment:
    """Return how the last measurement stands to the target.

    Before the due date a value is held against the straight line from the baseline to the target,
    on the day of the measurement. The due date itself is still in time. A yes or no has no
    halfway: before its due date it is reached, or nothing can be said of it.
    """
    if facts.value is None:
        return Attainment.NOT_MEASURED
    if facts.target is None:
        return Attainment.UNKNOWN
    if _reaches(facts.value, facts.target, facts):
        return Attainment.MET
    if facts.due_on is not None and today > facts.due_on:
        return Attainment.BEHIND
    expected = None if facts.unit is Unit.YES_NO else _expected(facts)
    if expected is None:
        return Attainment.UNKNOWN
    is_in_time = _reaches(facts.value, expected, facts)
    return Attainment.ON_COURSE if is_in_time else Attainment.BEHIND


def _reaches(value: Fraction, level: Fraction, facts: AttainmentFacts) -> bool:
    if facts.unit is Unit.YES_NO:
        return value == level
    return distance(value, level, facts.direction) == 0


def _expected(facts: AttainmentFacts) -> Fraction | None:
    """Return where the line stands on the day of the measurement; None when it is not known.

    The value is compared with the line, not its share of the way with that of the time: the two
    say the same, but a line that is flat or goes the wrong way has no meaningful share.
    """
    baseline, target = facts.baseline, facts.target
    since, until, measured_on = facts.baseline_on, facts.due_on, facts.measured_on
    if baseline is None or target is None:
        return None
    if since is None or until is None or measured_on is None or until <= since:
        return None
    elapsed = Fraction((measured_on - since).days, (until - since).days)
    return baseline + min(max(elapsed, Fraction(0)), Fraction(1)) * (target - baseline)
