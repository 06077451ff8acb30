"""What became of the applications of a round, counted and told without inventing anything.

A source may tell how many applications there were and not which. What cannot be known from it
stays None: never a zero, and never what is left when the known is taken off.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vpt_regio.domain.dutch_counts import in_words
from vpt_regio.domain.subsidy_codes import ApplicationStatus

GRANTED_IN_SOME_WAY = frozenset(
    {
        ApplicationStatus.GRANTED,
        ApplicationStatus.PARTIALLY_GRANTED,
        ApplicationStatus.GRANTED_SOME,
    }
)
# too late is a fact, not a decision: it still has to be rejected
PENDING = frozenset(
    {
        ApplicationStatus.RECEIVED,
        ApplicationStatus.INCOMPLETE,
        ApplicationStatus.UNDER_ASSESSMENT,
        ApplicationStatus.TOO_LATE,
    }
)


@dataclass(frozen=True)
class Outcome:
    """One application as of a day; an amount that no source tells is None."""

    status: ApplicationStatus
    requested_cents: int | None
    granted_cents: int | None


@dataclass(frozen=True)
class RoundCounts:
    """What is known of a round as of a day; None is not known.

    `tells_of_parts`: an application was granted in part, or a source says "(partly) granted".
    `listed_pending`: how many wait for a decision among those that are listed.
    """

    applications: int | None
    granted: int | None
    partially_granted: int | None
    rejected: int | None
    withdrawn: int | None
    pending: int | None
    requested_cents: int | None
    granted_cents: int | None
    granted_in_some_way: int | None
    tells_of_parts: bool = False
    listed_pending: int = 0


def count(
    outcomes: Sequence[Outcome],
    *,
    unlisted_applications: int | None,
    unlisted_granted: int | None,
    unlisted_granted_cents: int | None = None,
) -> RoundCounts:
    """Count a round: the applications that are listed, and what a source tells beyond them.

    The `unlisted_*` are None when no source tells them, and 0 when nothing is left out.
    """
    applied = [outcome for outcome in outcomes if outcome.status != ApplicationStatus.DRAFT]
    granted = [outcome for outcome in applied if outcome.status in GRANTED_IN_SOME_WAY]
    number = Counter(outcome.status for outcome in applied)
    pending = sum(number[status] for status in PENDING)
    is_complete = unlisted_applications == 0
    more_granted = 0 if is_complete else unlisted_granted
    more_cents = 0 if more_granted == 0 else unlisted_granted_cents
    is_split = more_granted == 0 and not number[ApplicationStatus.GRANTED_SOME]
    return RoundCounts(
        applications=_sum_known([len(applied), unlisted_applications]),
        granted=number[ApplicationStatus.GRANTED] if is_split else None,
        partially_granted=number[ApplicationStatus.PARTIALLY_GRANTED] if is_split else None,
        rejected=number[ApplicationStatus.REJECTED] if is_complete else None,
        withdrawn=number[ApplicationStatus.WITHDRAWN] if is_complete else None,
        pending=pending if is_complete else None,
        requested_cents=_sum_known(
            [*(outcome.requested_cents for outcome in applied), 0 if is_complete else None]
        ),
        granted_cents=_sum_known([*(outcome.granted_cents for outcome in granted), more_cents]),
        granted_in_some_way=_sum_known([len(granted), more_granted]),
        tells_of_parts=any(outcome.status != ApplicationStatus.GRANTED for outcome in granted),
        listed_pending=pending,
    )


def round_sentence(counts: RoundCounts) -> str:
    """Return the Dutch clause of a letter: ``elf aanvragen, waarvan zes (gedeeltelijk) toegekend``.

    It tells how many were granted and how many still wait; the others were not granted. Where a
    grant in part is among them, or may be, the letter says "(gedeeltelijk)".
    """
    if counts.applications is None:
        return _without_total(counts)
    if counts.applications == 0:
        return "geen aanvragen"
    if counts.applications == 1:
        return f"{_applications(1)}{_fate_of_one(counts)}"
    return f"{_applications(counts.applications)}{_fate_of_many(counts)}"


def _applications(number: int) -> str:
    return f"{in_words(number)} {'aanvraag' if number == 1 else 'aanvragen'}"


def _without_total(counts: RoundCounts) -> str:
    granted = counts.granted_in_some_way
    if not granted:
        return f"een onbekend aantal aanvragen{_fate_of_many(counts)}"
    # what a source only calls granted is not said to be granted in part
    partly = "(gedeeltelijk) " if counts.tells_of_parts or counts.partially_granted else ""
    projects = "toegekend project" if granted == 1 else "toegekende projecten"
    return f"{in_words(granted)} {partly}{projects}{_waiting(counts)}"


def _fate_of_one(counts: RoundCounts) -> str:
    if counts.pending:
        return ", waarover nog wordt beslist"
    fates = (
        (counts.rejected, "is afgewezen"),
        (counts.withdrawn, "is ingetrokken"),
        (counts.partially_granted, "gedeeltelijk is toegekend"),
        (counts.granted_in_some_way, f"{_partly(counts)}is toegekend"),
        (counts.granted_in_some_way == 0, "niet is toegekend"),
    )
    fate = next((words for holds, words in fates if holds), "")
    return f", die {fate}" if fate else ""


def _fate_of_many(counts: RoundCounts) -> str:
    granted, waiting = counts.granted_in_some_way, _waiting(counts)
    if granted is None:
        return waiting
    if counts.pending and counts.pending == counts.applications:
        return ", waarover nog wordt beslist"
    if granted == counts.applications:
        return f", die allemaal {_partly(counts)}zijn toegekend"
    if granted == 0:
        return f", waarvan {'nog ' if waiting else ''}geen is toegekend{waiting}"
    return f", waarvan {in_words(granted)} {_partly(counts)}toegekend{waiting}"


def _waiting(counts: RoundCounts) -> str:
    """Return how many wait; of applications that are not listed nobody knows whether they do."""
    if counts.pending is None and counts.listed_pending:
        return f"; over minstens {_applications(counts.listed_pending)} wordt nog beslist"
    return f"; over {in_words(counts.pending)} wordt nog beslist" if counts.pending else ""


def _partly(counts: RoundCounts) -> str:
    return "" if counts.partially_granted == 0 else "(gedeeltelijk) "


def _sum_known(amounts: Sequence[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None
