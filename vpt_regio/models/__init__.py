"""Every model, so that one import fills the metadata."""

from vpt_regio.models import (
    action_plans,
    audit,
    covenants,
    decisions,
    jobs,
    people,
    periods,
    programmes,
    regions,
)

__all__ = [
    "action_plans",
    "audit",
    "covenants",
    "decisions",
    "jobs",
    "people",
    "periods",
    "programmes",
    "regions",
]
