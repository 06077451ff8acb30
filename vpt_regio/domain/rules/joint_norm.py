"""The hours that several regions owe together: those of a merger, each under its own covenants."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from vpt_regio.domain.half_year import iso_week_thursday, iso_weeks_between
from vpt_regio.domain.rules.hours_norm import (
    AVERAGED_WEEKS,
    NormTerm,
    averaged_norm,
    norm_between,
    norm_stretches,
    term_on,
    weekly_norm,
)

Terms = Sequence[NormTerm]


def joint_norm_between(members: Iterable[Terms], start: date, end: date) -> Fraction | None:
    """Return the hours owed over a span of days by regions together, each under its own terms.

    Who owes nothing in these days is left out. Returns None when nobody owes anything, or when
    what somebody owes is not known.
    """
    return _sum(
        members,
        lambda terms: bool(norm_stretches(terms, start, end)),
        lambda terms: norm_between(terms, start, end),
    )


def joint_weekly_norm(members: Iterable[Terms], day: date) -> Fraction | None:
    """Return the hours a week owed together on a day; None as for a span of days."""
    return _sum(
        members,
        lambda terms: term_on(terms, day) is not None,
        lambda terms: weekly_norm(terms, day),
    )


def joint_averaged_norm(members: Iterable[Terms], *, monday: date) -> Fraction | None:
    """Return the hours a week owed together in the four weeks before a Monday.

    Returns None unless all who owe something do so, as far as known, in all of these weeks.
    """
    start, end = monday - timedelta(weeks=AVERAGED_WEEKS), monday - timedelta(days=1)
    return _sum(
        members,
        lambda terms: bool(norm_stretches(terms, start, end)),
        lambda terms: averaged_norm(terms, monday=monday),
    )


def norms_by_week(members: Sequence[Terms], start: date, end: date) -> dict[date, Fraction | None]:
    """Return the hours a week of each week in which somebody owes some, by its Thursday."""
    thursdays = [iso_week_thursday(year, week) for year, week in iso_weeks_between(start, end)]
    return {
        thursday: joint_weekly_norm(members, thursday)
        for thursday in thursdays
        if any(term_on(terms, thursday) is not None for terms in members)
    }


def _sum(
    members: Iterable[Terms],
    owes: Callable[[Terms], bool],
    norm_of: Callable[[Terms], Fraction | None],
) -> Fraction | None:
    total: Fraction | None = None
    for terms in members:
        if not owes(terms):
            continue
        norm = norm_of(terms)
        if norm is None:
            return None
        total = (total or Fraction(0)) + norm
    return total
