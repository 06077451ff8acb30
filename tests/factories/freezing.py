"""Brings a half-year past its freeze: what is missing is explained, and its letter registered."""

from vpt_regio import clock
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Snapshot
from vpt_regio.queries.snapshots import list_deliveries
from vpt_regio.services.explanations import explain_missing
from vpt_regio.services.freeze import freeze
from vpt_regio.services.letters import register_letter
from vpt_regio.services.periods import send_letter


def freeze_with_explanations(period: ReportingPeriod, officer: Person) -> Snapshot:
    """Freeze a half-year; a report that is not accepted gets an explanation."""
    for one in list_deliveries(period):
        if not one.is_settled:
            explain_missing(period, one.region, reason="Ziekte.", actor=officer)
    return freeze(period, actor=officer)


def send_half_year(period: ReportingPeriod, officer: Person) -> None:
    """Freeze a half-year, register the letter of today about it, and tell that it went out."""
    freeze_with_explanations(period, officer)
    register_letter_today(period, officer)
    send_letter(period, actor=officer)


def register_letter_today(period: ReportingPeriod, officer: Person) -> None:
    """Register a letter of today about a half-year."""
    register_letter(
        period.programme,
        reference=f"VPT-{period.code}",
        subject=f"Voortgang {period.name}",
        written_on=clock.today(),
        period=period,
        actor=officer,
    )
