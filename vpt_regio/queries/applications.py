"""Applications of a round: the list, one with its parts, and the clock of its decision."""

from dataclasses import dataclass
from datetime import date

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.subsidy_outcomes import PENDING
from vpt_regio.domain.rules.subsidy_terms import days_paused, decision_due_on
from vpt_regio.domain.subsidy_codes import ApplicationStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import (
    ApplicationLine,
    ProposalLine,
    SubsidyApplication,
    SubsidyProposal,
)
from vpt_regio.models.decisions import Decision
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure, Programme
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme
from vpt_regio.queries.work_items import within

PER_PAGE = 50


@dataclass(frozen=True)
class DecisionClock:
    """Until when to decide on an application; `paused_days` is how long the clock stood still.

    `is_paused`: it stands still today, because the applicant completes the application.
    """

    due_on: date
    is_paused: bool
    is_overdue: bool
    paused_days: int
    extended_to: date | None


def get_application(application_id: int) -> SubsidyApplication | None:
    """Return an application with its round, lines, measures, proposals and documents."""
    query = (
        select(SubsidyApplication)
        .where(SubsidyApplication.id == application_id)
        .options(
            joinedload(SubsidyApplication.round).joinedload(SubsidyRound.scheme),
            joinedload(SubsidyApplication.organisation),
            joinedload(SubsidyApplication.region),
            joinedload(SubsidyApplication.author),
            selectinload(SubsidyApplication.lines),
            selectinload(SubsidyApplication.measures),
            selectinload(SubsidyApplication.attachments),
            selectinload(SubsidyApplication.proposals).options(
                joinedload(SubsidyProposal.author), selectinload(SubsidyProposal.lines)
            ),
        )
    )
    return db.session.scalar(query)


def get_round_of_applications(round_id: int) -> SubsidyRound | None:
    """Return a round with its scheme."""
    query = (
        select(SubsidyRound)
        .where(SubsidyRound.id == round_id)
        .options(joinedload(SubsidyRound.scheme))
    )
    return db.session.scalar(query)


def list_applications(
    in_round: SubsidyRound, *, person: Person | None = None
) -> list[SubsidyApplication]:
    """Return the applications of a round by number; with a person only those they may see."""
    return list(db.session.scalars(_of_round(in_round, person)))


def page_of_applications(
    person: Person, in_round: SubsidyRound, *, status: ApplicationStatus | None, page: int
) -> Pagination:
    """Return a page of the applications of a round that a person may see, by number."""
    query = _of_round(in_round, person)
    if status is not None:
        query = query.where(SubsidyApplication.status == status)
    return db.paginate(query, page=max(page, 1), per_page=PER_PAGE, error_out=False)


def list_pending(person: Person, programme: Programme) -> list[SubsidyApplication]:
    """Return what a person may see of the applications that wait for a decision, with rounds."""
    regions = policies.visible_regions(person, Permission.APPLICATION_VIEW)
    query = (
        select(SubsidyApplication)
        .join(SubsidyApplication.round)
        .join(SubsidyRound.scheme)
        .where(
            SubsidyScheme.programme_id == programme.id,
            SubsidyApplication.status.in_(sorted(PENDING)),
            within(SubsidyApplication.region_id, regions),
        )
        .options(
            contains_eager(SubsidyApplication.round).contains_eager(SubsidyRound.scheme),
            joinedload(SubsidyApplication.region),
        )
        .order_by(SubsidyApplication.received_at, SubsidyApplication.id)
    )
    return list(db.session.scalars(query))


def list_decisions_on(application: SubsidyApplication) -> list[Decision]:
    """Return the decisions on an application, the newest first."""
    query = (
        select(Decision)
        .where(Decision.application_id == application.id)
        .options(joinedload(Decision.decided_by), joinedload(Decision.replaced_by))
        .order_by(Decision.id.desc())
    )
    return list(db.session.scalars(query))


def next_number(in_round: SubsidyRound) -> int:
    """Return the number of the next application; ask it under the lock of the round."""
    query = select(func.max(SubsidyApplication.number)).where(
        SubsidyApplication.round_id == in_round.id
    )
    return (db.session.scalar(query) or 0) + 1


def proposed_lines(application: SubsidyApplication) -> frozenset[int]:
    """Return the lines of an application on which something was ever proposed, by id."""
    query = (
        select(ProposalLine.application_line_id)
        .join(ApplicationLine, ApplicationLine.id == ProposalLine.application_line_id)
        .where(ApplicationLine.application_id == application.id)
        .order_by(ProposalLine.id)
    )
    return frozenset(db.session.scalars(query))


def measures_by_id(programme: Programme, measure_ids: tuple[int, ...]) -> dict[int, Measure]:
    """Return the measures of a programme with one of these ids."""
    query = select(Measure).where(Measure.programme_id == programme.id, Measure.id.in_(measure_ids))
    return {measure.id: measure for measure in db.session.scalars(query.order_by(Measure.position))}


def find_region_of(programme: Programme, region_id: int | None) -> Region | None:
    """Return a region of a programme, or None."""
    region = db.session.get(Region, region_id) if region_id else None
    return region if region is not None and region.programme_id == programme.id else None


def find_organisation_of(programme: Programme, organisation_id: int | None) -> Organisation | None:
    """Return an organisation of a programme, or None."""
    found = db.session.get(Organisation, organisation_id) if organisation_id else None
    return found if found is not None and found.programme_id == programme.id else None


def received_on(application: SubsidyApplication) -> date | None:
    """Return the day of receipt in Dutch local time; None for what was not received."""
    at = application.received_at
    return at.astimezone(clock.AMSTERDAM).date() if at is not None else None


def decision_due(
    application: SubsidyApplication, *, today: date | None = None
) -> DecisionClock | None:
    """Return the clock of the decision; None when nobody waits for one."""
    on = today or clock.today()
    is_asked = application.status is ApplicationStatus.INCOMPLETE
    paused = application.paused_days + (paused_by(application, on) if is_asked else 0)
    due_on = last_day_to_decide(application, paused_days=paused)
    if due_on is None or application.status not in PENDING:
        return None
    return DecisionClock(
        due_on=due_on,
        is_paused=is_asked and _stands_still(application, on),
        is_overdue=on > due_on,
        paused_days=paused,
        extended_to=application.extended_to,
    )


def last_day_to_decide(
    application: SubsidyApplication, *, paused_days: int | None = None
) -> date | None:
    """Return until when is, or was, to be decided; None for what was not received."""
    day = received_on(application)
    if day is None:
        return None
    return decision_due_on(
        day,
        days=application.round.decision_days,
        paused_days=application.paused_days if paused_days is None else paused_days,
        extended_to=application.extended_to,
    )


def paused_by(application: SubsidyApplication, on: date) -> int:
    """Return how many days the clock stood still, up to a day, for the completion asked for.

    A term that was over already does not stand still: asking then makes no decision less late.
    """
    asked_on, due_on = application.completion_asked_on, application.completion_due_on
    if asked_on is None or due_on is None or _was_over(application, asked_on):
        return 0
    return days_paused(asked_on, due_on=due_on, completed_on=application.completed_on, today=on)


def _stands_still(application: SubsidyApplication, on: date) -> bool:
    asked_on, due_on = application.completion_asked_on, application.completion_due_on
    if asked_on is None or due_on is None:
        return False
    return on <= due_on and not _was_over(application, asked_on)


def _was_over(application: SubsidyApplication, day: date) -> bool:
    """Tell whether the term to decide was over on a day, as if it never stood still."""
    last = last_day_to_decide(application, paused_days=0)
    return last is not None and day > last


def _of_round(in_round: SubsidyRound, person: Person | None) -> Select[SubsidyApplication]:
    query = (
        select(SubsidyApplication)
        .where(SubsidyApplication.round_id == in_round.id)
        .options(joinedload(SubsidyApplication.region), joinedload(SubsidyApplication.round))
        .order_by(SubsidyApplication.number)
    )
    if person is None:
        return query
    regions = policies.visible_regions(person, Permission.APPLICATION_VIEW)
    return query.where(within(SubsidyApplication.region_id, regions))
