"""How many contracts count for each region on a day, and what of their agreements was reached."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from vpt_regio.domain.indicator_codes import Attainment
from vpt_regio.queries.agreement_values import AgreementStanding
from vpt_regio.standing import Standing


@dataclass(frozen=True)
class AgreementTally:
    """The contracts of a region that hold or held on a day, and their agreements."""

    contracts: int = 0
    met: int = 0
    total: int = 0


def tallies(
    agreements: Iterable[AgreementStanding], stands: Standing, day: date
) -> Mapping[int, AgreementTally]:
    """Return by region what counts for it on a day: after a merger that of its members too.

    A region without an agreement is not in it.
    """
    by_region: dict[int, list[AgreementStanding]] = defaultdict(list)
    for one in agreements:
        by_region[stands.holder(one.region_id, day)].append(one)
    return {
        region_id: AgreementTally(
            contracts=len({one.contract_id for one in found}),
            met=sum(one.attainment is Attainment.MET for one in found),
            total=len(found),
        )
        for region_id, found in by_region.items()
    }
