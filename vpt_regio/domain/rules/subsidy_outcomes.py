"""What became of the applications of a round, counted and told without inventing anything.

A source may tell how many applications there were and not which. What cannot be known from it
stays None: never a zero, and never what is left when the known is taken off.
"""

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
    is_complete = unlisted_applications == 0
    more_granted = 0 if is_complete else unlisted_granted
    split_known = more_granted == 0 and not _how_many(applied, ApplicationStatus.GRANTED_SOME)
    granted = [outcome for outcome in applied if outcome.status in GRANTED_IN_SOME_WAY]
    return RoundCounts(
        applications=_plus(len(applied), unlisted_applications),
        granted=_if(split_known, _how_many(applied, ApplicationStatus.GRANTED)),
        partially_granted=_if(split_known, _how_many(applied, ApplicationStatus.PARTIALLY_GRANTED)),
        rejected=_if(is_complete, _how_many(applied, ApplicationStatus.REJECTED)),
        withdrawn=_if(is_complete, _how_many(applied, ApplicationStatus.WITHDRAWN)),
        pending=_if(is_complete, _how_many(applied, *PENDING)),
        requested_cents=_sum_known(
            [*(outcome.requested_cents for outcome in applied), 0 if is_complete else None]
        ),
        granted_cents=_sum_known(
            [
                *(outcome.granted_cents for outcome in granted),
                0 if more_granted == 0 else unlisted_granted_cents,
            ]
        ),
        granted_in_some_way=_plus(len(granted), more_granted),
        tells_of_parts=any(outcome.status != ApplicationStatus.GRANTED for outcome in granted),
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
        return f"één aanvraag{_fate_of_one(counts)}"
    return f"{in_words(counts.applications)} aanvragen{_fate_of_many(counts)}"


def _without_total(counts: RoundCounts) -> str:
    granted = counts.granted_in_some_way
    if granted is None:
        return "een onbekend aantal aanvragen"
    if granted == 0:
        return "een onbekend aantal aanvragen, waarvan geen is toegekend"
    # what a source only calls granted is not said to be granted in part
    partly = "(gedeeltelijk) " if counts.tells_of_parts or counts.partially_granted else ""
    projects = "toegekend project" if granted == 1 else "toegekende projecten"
    return f"{in_words(granted)} {partly}{projects}"


def _fate_of_one(counts: RoundCounts) -> str:
    if counts.pending:
        return ", waarover nog wordt beslist"
    if counts.rejected:
        return ", die is afgewezen"
    if counts.withdrawn:
        return ", die is ingetrokken"
    if counts.granted_in_some_way is None:
        return ""
    if counts.granted_in_some_way == 0:
        return ", die niet is toegekend"
    if counts.partially_granted:
        return ", die gedeeltelijk is toegekend"
    return f", die {_partly(counts)}is toegekend"


def _fate_of_many(counts: RoundCounts) -> str:
    granted, pending = counts.granted_in_some_way, counts.pending or 0
    if granted is None:
        return ""
    if pending == counts.applications:
        return ", waarover nog wordt beslist"
    if granted == counts.applications:
        return f", die allemaal {_partly(counts)}zijn toegekend"
    waiting = f"; over {in_words(pending)} wordt nog beslist" if pending else ""
    if granted == 0:
        return f", waarvan {'nog ' if pending else ''}geen is toegekend{waiting}"
    return f", waarvan {in_words(granted)} {_partly(counts)}toegekend{waiting}"


def _partly(counts: RoundCounts) -> str:
    return "" if counts.partially_granted == 0 else "(gedeeltelijk) "


def _how_many(outcomes: Sequence[Outcome], *statuses: ApplicationStatus) -> int:
    return sum(outcome.status in statuses for outcome in outcomes)


def _if(is_known: bool, number: int) -> int | None:  # noqa: FBT001 - reads as the condition
    return number if is_known else None


def _plus(number: int, more: int | None) -> int | None:
    return None if more is None else number + more


def _sum_known(amounts: Sequence[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None
