"""What covenants ask of a region in hours: the terms that the rule of the norm reckons with."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from vpt_regio.domain.rules.hours_norm import NormTerm
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import covenants_by_region


def norm_terms_of(region: Region) -> list[NormTerm]:
    """Return the terms of the signed covenants of a region, the latest signed last."""
    return norm_terms(covenants_by_region([region.id])[region.id], region_id=region.id)


def norm_terms(covenants: Sequence[Covenant], *, region_id: int) -> list[NormTerm]:
    """Return the terms of one region under covenants that were read before, in their order."""
    return [
        norm_term(covenant, part=covenant.part_of(region_id), ends_on=covenant.latest_end_on)
        for covenant in covenants
    ]


def norm_term(covenant: Covenant, *, part: Fraction, ends_on: date | None) -> NormTerm:
    """Return the term of a region with a part in a signed covenant that ends on a day.

    The day of an early end goes before that day; without one, the end is not known.
    """
    return NormTerm(
        covenant_hours=covenant.min_hours_per_week,
        starts_on=covenant.signed_on,
        ends_on=covenant.ended_on or ends_on,
        part=part,
        ended_early=covenant.status is CovenantStatus.TERMINATED and covenant.ended_on is None,
    )
