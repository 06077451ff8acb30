"""How agreements stood in one half-year: what was measured for it, held against what held then."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.agreement_standing import AgreementStanding, Measured, Series


def is_of(measured: Measured, period: ReportingPeriod) -> bool:
    """Return whether a measurement tells about a half-year.

    That is the one it was reported for, even when its day lies after it; else the one of its day.
    """
    if measured.period_id is not None:
        return measured.period_id == period.id
    return period.starts_on <= measured.cutoff_on <= period.ends_on


def ran_in(standing: AgreementStanding, period: ReportingPeriod) -> bool:
    """Return whether the contract of an agreement ran on a day of a half-year."""
    starts_on, ends_on = standing.contract_starts_on, standing.contract_ends_on
    return starts_on <= period.ends_on and period.starts_on <= ends_on


def limited(
    standing: AgreementStanding, periods: Iterable[ReportingPeriod], *, until: date
) -> AgreementStanding:
    """Return how an agreement stands by the measurements of some half-years alone.

    What was agreed is as it held on the day `until`, or on the day of the standing when that is
    earlier. The last revision of a day tells for which half-year all of them count.
    """
    wanted = list(periods)
    series = standing.series
    last = {one.cutoff_on: one for one in series.measurements}
    measurements = tuple(
        one
        for one in series.measurements
        if any(is_of(last[one.cutoff_on], period) for period in wanted)
    )
    return replace(
        standing,
        as_of=min(standing.as_of, until),
        series=Series(series.references, measurements),
    )


def in_half_year(standing: AgreementStanding, period: ReportingPeriod) -> AgreementStanding:
    """Return how an agreement stood at the end of a half-year, by what was measured for it."""
    return limited(standing, [period], until=period.ends_on)
