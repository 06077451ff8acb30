"""What covenants ask of a region in hours: the terms that the rule of the norm reckons with."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vpt_regio.domain.rules.hours_norm import NormTerm
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import covenants_by_region, get_regions


@dataclass(frozen=True)
class MemberTerms:
    """What the signed covenants ask of one region, in the order of signature."""

    region: Region
    terms: Sequence[NormTerm]


def terms_of_members(region_ids: Collection[int]) -> list[MemberTerms]:
    """Return the terms of each of these regions, by name: two queries and those of covenants."""
    covenants = covenants_by_region(region_ids)
    return [
        MemberTerms(region, norm_terms(covenants[region.id], region_id=region.id))
        for region in get_regions(region_ids)
    ]


def norm_terms(covenants: Sequence[Covenant], *, region_id: int) -> list[NormTerm]:
    """Return the terms of one region under covenants that were read before, in their order.

    Covenants in which it has no share are left out.
    """
    return [
        norm_term(covenant, part=covenant.part_of(region_id), ends_on=covenant.latest_end_on)
        for covenant in covenants
        if region_id in covenant.region_ids
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
