"""Regions and covenants that stand still, and soon go on again or just did: signals of that."""

from collections.abc import Iterable
from datetime import date, timedelta

from vpt_regio.domain.fuzzy_date import format_dutch_date
from vpt_regio.domain.text import N_
from vpt_regio.models.holds import Hold
from vpt_regio.queries.region_row import RegionRow
from vpt_regio.queries.signal import Severity, Signal, SignalKind
from vpt_regio.standing import Standing

AROUND_THE_END = timedelta(days=14)


def hold_signals(row: RegionRow, stands: Standing, today: date) -> Iterable[Signal]:
    """Return a signal for each hold of a region or its covenants that ends or just ended."""
    line = stands.line(row.region_id, today)
    for hold in stands.holds:
        if hold.until_on is None or abs(hold.until_on - today) > AROUND_THE_END:
            continue
        if not hold.region_ids.isdisjoint(line):
            yield _signal(row, hold, hold.until_on, today)


def _signal(row: RegionRow, hold: Hold, until_on: date, today: date) -> Signal:
    is_past = until_on < today
    return Signal(
        SignalKind.HOLD_ENDS,
        Severity.MEDIUM,
        row,
        N_("Rond de laatste dag van een stilzetting is duidelijk hoe het verdergaat."),
        N_("%(what)s stond stil tot en met %(until)s. Er kan weer gewerkt worden.")
        if is_past
        else N_("%(what)s staat stil tot en met %(until)s."),
        N_("Bespreek hoe het verdergaat. Leg zo nodig een nieuwe stilzetting vast."),
        "regions.show" if hold.region else "covenants.show",
        {"code": hold.region.code} if hold.region else {"covenant_id": hold.covenant_id},
        {
            "what": hold.covenant.number if hold.covenant else row.name,
            "until": format_dutch_date(until_on),
        },
        days=(today - until_on).days,
    )
