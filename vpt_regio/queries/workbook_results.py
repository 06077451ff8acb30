"""The agreements of a half-year for its workbook, and the day whose knowledge it shows."""

from datetime import date

from sqlalchemy import select

from vpt_regio import clock
from vpt_regio.extensions import db
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.agreement_standing import AgreementStanding
from vpt_regio.queries.agreement_values import standings
from vpt_regio.queries.half_year_values import in_half_year, ran_in
from vpt_regio.queries.region_row import SETTLED_PERIODS
from vpt_regio.queries.snapshots import live_reopenings
from vpt_regio.standing import standing


def known_on(period: ReportingPeriod) -> date:
    """Return the day whose knowledge an overview shows: today, or that of its letter.

    What is recorded after the letter of a settled half-year was not in it, unless something is
    open again to be put right.
    """
    today = clock.today()
    is_settled = period.status in SETTLED_PERIODS
    if period.letter_on is None or not is_settled or live_reopenings(period, on=today):
        return today
    return min(today, period.letter_on)


def list_agreements(period: ReportingPeriod) -> list[tuple[str, AgreementStanding]]:
    """Return the agreements that ran in a half-year, with the region for which each counts.

    They stand as at its end, by what was measured for it; by region, contract and number.
    """
    names = _names(period.programme_id)
    day = min(period.ends_on, clock.today())
    found = [
        (names[standing().holder(one.region_id, day)], in_half_year(one, period))
        for one in standings(as_of=known_on(period), region_ids=names)
        if ran_in(one, period)
    ]
    # what went up in a region stands among what is its own
    return sorted(found, key=lambda pair: (pair[0], pair[1].region_id))


def _names(programme_id: int) -> dict[int, str]:
    query = select(Region.id, Region.name).where(Region.programme_id == programme_id)
    return {row.id: row.name for row in db.session.execute(query.order_by(Region.id))}
