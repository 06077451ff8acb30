"""Every model, so that one import fills the metadata."""

from vpt_regio.models import (
    action_plans,
    audit,
    covenant_money,
    covenants,
    decisions,
    holds,
    jobs,
    people,
    periods,
    programmes,
    regions,
    remarks,
)

__all__ = [
    "action_plans",
    "audit",
    "covenant_money",
    "covenants",
    "decisions",
    "holds",
    "jobs",
    "people",
    "periods",
    "programmes",
    "regions",
    "remarks",
]
