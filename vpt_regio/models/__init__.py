"""Every model, so that one import fills the metadata."""

from vpt_regio.models import (
    action_plans,
    audit,
    contracts,
    covenant_money,
    covenants,
    decisions,
    figures,
    holds,
    jobs,
    maturity,
    people,
    periods,
    programmes,
    regions,
    remarks,
)

__all__ = [
    "action_plans",
    "audit",
    "contracts",
    "covenant_money",
    "covenants",
    "decisions",
    "figures",
    "holds",
    "jobs",
    "maturity",
    "people",
    "periods",
    "programmes",
    "regions",
    "remarks",
]
