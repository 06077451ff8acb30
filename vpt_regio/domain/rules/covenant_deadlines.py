"""The days that hang on a covenant, and why one of them moved.

Everything follows from the signature, the ends and the day of the plan; nothing is stored, so an
extension or an early end moves all that depends on it at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from vpt_regio.domain.enums import FundingInstrument
from vpt_regio.domain.fuzzy_date import UNKNOWN_WORDS, FuzzyDate, Precision, format_dutch_date
from vpt_regio.domain.text import N_

FINAL_ACCOUNT_WEEKS = 13
"""Source: the usual term in which a grant is accounted for after the activities end."""

ACCOUNTABILITY_DUE = (7, 15)
"""Month and day, in the next year. Source: single information, single audit."""


class CovenantDeadlineKind(StrEnum):
    """In the order in which they are shown when they fall on one day."""

    PLAN = "plan"
    END = "end"
    FINAL_ACCOUNT = "final_account"
    ACCOUNTABILITY = "accountability"


COVENANT_DEADLINE_LABELS: dict[CovenantDeadlineKind, str] = {
    CovenantDeadlineKind.PLAN: N_("Plan van aanpak klaar"),
    CovenantDeadlineKind.END: N_("Laatste dag van het convenant"),
    CovenantDeadlineKind.FINAL_ACCOUNT: N_("Eindverantwoording ingediend"),
    CovenantDeadlineKind.ACCOUNTABILITY: N_("Verantwoording bij de jaarrekening"),
}

MOVED = N_("verschoven van %(before)s naar %(after)s door de verlenging van %(signed)s")
MOVED_UNDATED = N_("verschoven van %(before)s naar %(after)s door een verlenging")
MOVED_BY_EARLY_END = N_(
    "verschoven van %(before)s naar %(after)s doordat het convenant eerder eindigde"
)
ADDED = N_("komt erbij door de verlenging van %(signed)s")
ADDED_UNDATED = N_("komt erbij door een verlenging")


@dataclass(frozen=True)
class Extension:
    """A signed extension: its new end and, if it moved, the new day of the plan."""

    new_end: FuzzyDate
    signed: FuzzyDate | None = None
    new_plan_due_on: date | None = None


@dataclass(frozen=True)
class CovenantTerm:
    """What the days follow from; `extensions` in the order in which they hold.

    `ended_on` is the last day of a covenant that was ended early or closed.
    """

    signed_on: date | None
    original_end: FuzzyDate | None
    extensions: tuple[Extension, ...] = ()
    ended_on: date | None = None
    plan_due_on: date | None = None
    funding: FundingInstrument = FundingInstrument.UNKNOWN

    @property
    def latest_end(self) -> FuzzyDate | None:
        return self.extensions[-1].new_end if self.extensions else self.original_end

    @property
    def last_day(self) -> FuzzyDate | None:
        """The end that counts: the early one, else the latest."""
        return FuzzyDate.exactly(self.ended_on) if self.ended_on else self.latest_end

    @property
    def is_ended_early(self) -> bool:
        latest = self.latest_end.on if self.latest_end else None
        return self.ended_on is not None and (latest is None or self.ended_on < latest)


@dataclass(frozen=True)
class CovenantDeadline:
    """One day: as it holds (`due`), as it was agreed at first (`original`; None: there was none).

    `reason` is Dutch source text with places for `params`, empty while nothing moved. `year` is
    the year accounted for. A day that follows from a vague end is vague itself: show
    `due.display()`, compare with `due_on`.
    """

    kind: CovenantDeadlineKind
    due: FuzzyDate
    original: FuzzyDate | None
    reason: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None

    @property
    def due_on(self) -> date:
        if self.due.on is None:
            raise AssertionError("a deadline without a day")
        return self.due.on

    @property
    def original_on(self) -> date | None:
        return self.original.on if self.original else None


def covenant_deadlines(
    term: CovenantTerm, *, final_account_weeks: int = FINAL_ACCOUNT_WEEKS
) -> list[CovenantDeadline]:
    """Return the days that hang on a signed covenant, the nearest first.

    The plan (when a day was agreed), the end, the final account `final_account_weeks` after the
    last day, and for a specific grant 15 July after each year in which the covenant ran. What
    hangs on a date that is not known is left out.
    """
    found = [
        *_plan(term),
        *_end(term),
        *_final_account(term, final_account_weeks),
        *_accountability(term),
    ]
    kinds = list(CovenantDeadlineKind)
    return sorted(found, key=lambda deadline: (deadline.due_on, kinds.index(deadline.kind)))


def _plan(term: CovenantTerm) -> Iterable[CovenantDeadline]:
    moved = [extension for extension in term.extensions if extension.new_plan_due_on]
    due_on = moved[-1].new_plan_due_on if moved else term.plan_due_on
    if due_on is None:
        return
    due = FuzzyDate.exactly(due_on)
    original = FuzzyDate.exactly(term.plan_due_on) if term.plan_due_on else None
    if not moved or due == original:
        yield CovenantDeadline(CovenantDeadlineKind.PLAN, due, original)
        return
    reason, params = _by_extension(moved[-1], original, due)
    yield CovenantDeadline(CovenantDeadlineKind.PLAN, due, original, reason, params)


def _end(term: CovenantTerm) -> Iterable[CovenantDeadline]:
    yield from _from_end(CovenantDeadlineKind.END, term, term.original_end, term.last_day)


def _final_account(term: CovenantTerm, weeks: int) -> Iterable[CovenantDeadline]:
    original, due = _weeks_after(term.original_end, weeks), _weeks_after(term.last_day, weeks)
    yield from _from_end(CovenantDeadlineKind.FINAL_ACCOUNT, term, original, due)


def _weeks_after(end: FuzzyDate | None, weeks: int) -> FuzzyDate | None:
    if end is None or end.on is None:
        return None
    day = end.on + timedelta(weeks=weeks)
    if end.is_exact:
        return FuzzyDate.exactly(day)
    return FuzzyDate(day, end.precision, f"{weeks} weken na {end.display()}")


def _from_end(
    kind: CovenantDeadlineKind,
    term: CovenantTerm,
    original: FuzzyDate | None,
    due: FuzzyDate | None,
) -> Iterable[CovenantDeadline]:
    if due is None or due.on is None:
        return
    before = original if original is not None and original.on is not None else None
    if before is not None and before.on == due.on:
        yield CovenantDeadline(kind, due, before)
        return
    reason, params = _cause(term, before, due)
    yield CovenantDeadline(kind, due, before, reason, params)


def _accountability(term: CovenantTerm) -> Iterable[CovenantDeadline]:
    last = term.last_day.on if term.last_day else None
    if term.funding is not FundingInstrument.SPECIFIC_GRANT or not term.signed_on or not last:
        return
    agreed = term.original_end.on if term.original_end else None
    for year in range(term.signed_on.year, last.year + 1):
        due = FuzzyDate.exactly(date(year + 1, *ACCOUNTABILITY_DUE))
        kind = CovenantDeadlineKind.ACCOUNTABILITY
        if agreed is None or year <= agreed.year or not term.extensions:
            yield CovenantDeadline(kind, due, due, year=year)
            continue
        signed = _signed_words(term.extensions[-1])
        reason = ADDED if signed else ADDED_UNDATED
        yield CovenantDeadline(kind, due, None, reason, {"signed": signed}, year)


def _cause(
    term: CovenantTerm, before: FuzzyDate | None, after: FuzzyDate
) -> tuple[str, dict[str, str]]:
    if term.is_ended_early:
        latest = before.display() if before else UNKNOWN_WORDS
        return MOVED_BY_EARLY_END, {"before": latest, "after": after.display()}
    if term.extensions:
        return _by_extension(term.extensions[-1], before, after)
    return "", {}


def _by_extension(
    extension: Extension, before: FuzzyDate | None, after: FuzzyDate
) -> tuple[str, dict[str, str]]:
    signed = _signed_words(extension)
    if before is None:
        return (ADDED if signed else ADDED_UNDATED), {"signed": signed}
    params = {"before": before.display(), "after": after.display(), "signed": signed}
    return (MOVED if signed else MOVED_UNDATED), params


def _signed_words(extension: Extension) -> str:
    """Return when an extension was signed as it is written; nothing when that is not known."""
    signed = extension.signed
    if signed is None or signed.precision is Precision.UNKNOWN or signed.on is None:
        return ""
    return format_dutch_date(signed.on) if signed.is_exact else signed.display()
