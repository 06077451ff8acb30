"""What the annex tells beside the sheets of the workbook: lines, explanations, pilots."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from vpt_regio.extensions import db
from vpt_regio.models.board import ReportExplanation
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.pilot_reports import PilotProgress
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.programmes import PolicyLine, Programme


def policy_line_ids(programme: Programme) -> dict[str, int]:
    """Return the id of each main line by its name; of several with a name the first."""
    query = (
        select(PolicyLine.name, PolicyLine.id)
        .where(PolicyLine.programme_id == programme.id)
        .order_by(PolicyLine.id.desc())
    )
    return {row.name: row.id for row in db.session.execute(query)}


def explanations_of(period: ReportingPeriod) -> dict[int, str]:
    """Return by region why a half-year goes out without its report."""
    query = select(ReportExplanation.region_id, ReportExplanation.reason).where(
        ReportExplanation.period_id == period.id
    )
    return {row.region_id: row.reason for row in db.session.execute(query)}


def pilot_progress(period: ReportingPeriod, *, known_on: date) -> Sequence[PilotProgress]:
    """Return how pilots went in a half-year, by title: what was recorded last by a day."""
    query = (
        select(PilotProgress)
        .join(PilotProgress.pilot)
        .options(contains_eager(PilotProgress.pilot))
        .where(PilotProgress.period_id == period.id, PilotProgress.recorded_on <= known_on)
        .order_by(Pilot.title, Pilot.id, PilotProgress.revision_no)
    )
    newest = {one.pilot_id: one for one in db.session.scalars(query)}
    return list(newest.values())
