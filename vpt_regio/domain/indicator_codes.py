"""The closed lists of contracts, indicators and figures, stored by value, with Dutch labels."""

from enum import StrEnum

from vpt_regio.domain.text import N_


class ContractStatus(StrEnum):
    """``RUNNING`` and ``ENDED`` follow from the dates of an agreed contract: never stored."""

    DRAFT = "draft"
    SIGNING = "signing"
    AGREED = "agreed"
    RUNNING = "running"
    ENDED = "ended"
    EVALUATED = "evaluated"
    CANCELLED = "cancelled"


class Unit(StrEnum):
    """What a value is counted in."""

    NUMBER = "number"
    PERCENT = "percent"
    DAYS = "days"
    EURO = "euro"
    YES_NO = "yes_no"


UNIT_LABELS: dict[Unit, str] = {
    Unit.NUMBER: N_("aantal"),
    Unit.PERCENT: N_("procent"),
    Unit.DAYS: N_("dagen"),
    Unit.EURO: N_("euro"),
    Unit.YES_NO: N_("ja of nee"),
}


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


DIRECTION_LABELS: dict[Direction, str] = {
    Direction.UP: N_("hoger is beter"),
    Direction.DOWN: N_("lager is beter"),
}


class Qualifier(StrEnum):
    """How sure a source is of a value."""

    EXACT = "exact"
    CIRCA = "circa"
    MORE_THAN = "more_than"
    ALMOST = "almost"


QUALIFIER_LABELS: dict[Qualifier, str] = {
    Qualifier.EXACT: N_("precies"),
    Qualifier.CIRCA: N_("ongeveer"),
    Qualifier.MORE_THAN: N_("meer dan"),
    Qualifier.ALMOST: N_("bijna"),
}


class Aggregation(StrEnum):
    """How the values of an indicator may be taken together."""

    SUM = "sum"
    WEIGHTED = "weighted"
    LATEST = "latest"
    NONE = "none"


AGGREGATION_LABELS: dict[Aggregation, str] = {
    Aggregation.SUM: N_("optellen"),
    Aggregation.WEIGHTED: N_("gewogen gemiddelde (teller gedeeld door noemer)"),
    Aggregation.LATEST: N_("de laatste waarde"),
    Aggregation.NONE: N_("niet samenvoegen"),
}


class Attainment(StrEnum):
    """How a measured value stands to its target."""

    MET = "met"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    NOT_MEASURED = "not_measured"
    UNKNOWN = "unknown"


ATTAINMENT_LABELS: dict[Attainment, str] = {
    Attainment.MET: N_("gehaald"),
    Attainment.ON_COURSE: N_("op koers"),
    Attainment.BEHIND: N_("achter op schema"),
    Attainment.NOT_MEASURED: N_("niet gemeten"),
    Attainment.UNKNOWN: N_("niet te bepalen"),
}


class ChangeKind(StrEnum):
    """In what a change is told."""

    PERCENT = "percent"
    POINTS = "points"
    ABSOLUTE = "absolute"


CHANGE_KIND_LABELS: dict[ChangeKind, str] = {
    ChangeKind.PERCENT: N_("procent"),
    ChangeKind.POINTS: N_("procentpunt"),
    ChangeKind.ABSOLUTE: N_("verschil"),
}


class ReferenceKind(StrEnum):
    """The values that a measurement is held against."""

    BASELINE = "baseline"
    TARGET = "target"


REFERENCE_KIND_LABELS: dict[ReferenceKind, str] = {
    ReferenceKind.BASELINE: N_("nulmeting"),
    ReferenceKind.TARGET: N_("streefwaarde"),
}


class ClaimKind(StrEnum):
    """What a source computed from the values of a figure set."""

    CHANGE_PERCENT = "change_percent"
    CHANGE_POINTS = "change_points"
    SHARE = "share"
    FACTOR = "factor"
    DIFFERENCE = "difference"
    SUM = "sum"


CLAIM_KIND_LABELS: dict[ClaimKind, str] = {
    ClaimKind.CHANGE_PERCENT: N_("verandering in procent"),
    ClaimKind.CHANGE_POINTS: N_("verandering in procentpunt"),
    ClaimKind.SHARE: N_("aandeel in procent"),
    ClaimKind.FACTOR: N_("aantal keer zo veel"),
    ClaimKind.DIFFERENCE: N_("verschil"),
    ClaimKind.SUM: N_("som"),
}
