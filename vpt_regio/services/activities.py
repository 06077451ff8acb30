"""Activities of a plan: a number for life, and content for each version of the plan."""

from collections.abc import Sequence
from datetime import date
from typing import Required, TypedDict, Unpack

from sqlalchemy import func, select

from vpt_regio.domain.enums import Phase, PlanSection
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    Activity,
    ActivityMeasure,
    ActivityVersion,
    BudgetLine,
    PlanVersion,
)
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure, PolicyLine
from vpt_regio.models.regions import Organisation
from vpt_regio.queries.plan_facts import measures_of
from vpt_regio.queries.same_entries import kept_or_new, same_measures
from vpt_regio.services.plan_parts import (
    activity_part,
    amount_problems,
    cleaned,
    content_part,
    lock_problem,
    may_edit,
    require_same,
    written,
)

LINE = 300  # characters that one line of text may have


class ActivityContent(TypedDict, total=False):
    """What a version says of an activity. Money is in cents; None means not filled in."""

    title: Required[str]
    description: str
    measures: Sequence[Measure]
    policy_line: PolicyLine | None
    is_awareness: bool
    target_group: str
    owner: Organisation | None
    starts_on: date | None
    ends_on: date | None
    development_cents: int | None
    implementation_cents: int | None


def add_activity(
    version: PlanVersion, *, actor: Person, **content: Unpack[ActivityContent]
) -> ActivityVersion:
    """Add an activity to a draft; it gets the next number of the plan, also after a removal.

    Only the title is needed to begin with: `find_gaps` tells what else must be there.
    """
    role = may_edit(actor, version, PlanSection.ACTIVITIES)
    values = _checked(version, content)
    with db.session.no_autoflush:
        identity = Activity(plan=version.plan, number=_next_number(version))
        activity = ActivityVersion(activity=identity)
        version.activities.append(activity)
        _fill(activity, values)
    _activity_written(activity, "added", version=version, actor=actor, role=role)
    return activity


def change_activity(
    activity: ActivityVersion,
    *,
    actor: Person,
    expected_version: int | None = None,
    **content: Unpack[ActivityContent],
) -> ActivityVersion:
    """Replace what a draft says of an activity; what is not given becomes empty.

    The amounts belong to the activity and to the budget, so that one of the two must be open.
    `expected_version` is the version of the activity as a part (`plan_parts.activity_part`).
    """
    version = activity.plan_version
    role = may_edit(actor, version, PlanSection.ACTIVITIES, PlanSection.BUDGET)
    part = activity_part(activity)
    require_same(part, expected_version)
    # an activity may keep a measure that has left the list since
    linked = frozenset(link.measure_id for link in activity.measures)
    values = _checked(version, content, linked=linked)
    before, content_before = part.version, content_part(activity).version
    # asked before the change: what it leaves empty must not open a section that was locked
    locked = lock_problem(version, PlanSection.ACTIVITIES)
    with db.session.no_autoflush:
        _fill(activity, values)
    db.session.flush()
    if locked is not None and content_part(activity).version != content_before:
        # with the budget alone open only the amounts may differ
        raise locked
    if part.version != before:
        _activity_written(activity, "changed", version=version, actor=actor, role=role)
    return activity


def remove_activity(activity: ActivityVersion, *, actor: Person) -> None:
    """Take an activity out of this draft only; its number is not given again."""
    version = activity.plan_version
    role = may_edit(actor, version, PlanSection.ACTIVITIES)
    for line in list(activity.budget_lines):
        version.budget_lines.remove(line)
    version.activities.remove(activity)
    _activity_written(activity, "removed", version=version, actor=actor, role=role)


def _next_number(version: PlanVersion) -> int:
    last = db.session.scalar(
        select(func.max(Activity.number)).where(Activity.action_plan_id == version.action_plan_id)
    )
    return (last or 0) + 1


def _checked(
    version: PlanVersion, content: ActivityContent, *, linked: frozenset[int] = frozenset()
) -> ActivityContent:
    """Return every value, with clean texts; raises all that is wrong with them at once."""
    values = ActivityContent(
        title=cleaned(content["title"], field="title", maximum=LINE),
        description=cleaned(content.get("description", ""), field="description"),
        measures=content.get("measures", ()),
        policy_line=content.get("policy_line"),
        is_awareness=content.get("is_awareness", False),
        target_group=cleaned(content.get("target_group", ""), field="target_group", maximum=LINE),
        owner=content.get("owner"),
        starts_on=content.get("starts_on"),
        ends_on=content.get("ends_on"),
        development_cents=content.get("development_cents"),
        implementation_cents=content.get("implementation_cents"),
    )
    problems: list[DomainError] = []
    if not values["title"]:
        problems.append(Invalid(N_("Vul in hoe de activiteit heet."), field="title"))
    problems += _list_problems(version, values, linked)
    problems += _day_problems(version, values["starts_on"], values["ends_on"])
    problems += amount_problems(values["development_cents"], field="development_cents")
    problems += amount_problems(values["implementation_cents"], field="implementation_cents")
    raise_all(problems)
    return values


def _list_problems(
    version: PlanVersion, values: ActivityContent, linked: frozenset[int]
) -> list[DomainError]:
    problems: list[DomainError] = []
    programme_id = version.plan.region.programme_id
    listed = {measure.id for measure in measures_of(version)} | linked
    problems += [
        Invalid(
            N_("De maatregel “%(measure)s” staat niet in de lijst die nu geldt."),
            field="measures",
            params={"measure": measure.name},
        )
        for measure in values["measures"]
        if measure.id not in listed
    ]
    chosen = (("policy_line_id", values["policy_line"]), ("owner_id", values["owner"]))
    problems += [
        Invalid(N_("Kies een waarde uit de lijst."), field=field)
        for field, value in chosen
        if value is not None and value.programme_id != programme_id
    ]
    return problems


def _day_problems(
    version: PlanVersion, starts_on: date | None, ends_on: date | None
) -> list[DomainError]:
    if starts_on and ends_on and ends_on < starts_on:
        return [Invalid(N_("De einddatum ligt voor de begindatum."), field="ends_on")]
    covenant = version.plan.covenant
    # of a vague date, such as "voorjaar 2010", the first day is not known
    signed_on = covenant.signed_on if covenant.signed and covenant.signed.is_exact else None
    days = (("starts_on", starts_on), ("ends_on", ends_on))
    # an activity is paid for by the covenant: it begins within it and cannot outlive it
    problems: list[DomainError] = [
        Invalid(
            N_("Deze datum ligt na het einde van het convenant (%(day)s)."),
            field=field,
            params={"day": covenant.last_day.strftime("%d-%m-%Y")},
        )
        for field, day in days
        if day is not None and covenant.last_day is not None and day > covenant.last_day
    ]
    problems += [
        Invalid(
            N_("Deze datum ligt vóór de ondertekening van het convenant (%(day)s)."),
            field=field,
            params={"day": signed_on.strftime("%d-%m-%Y")},
        )
        for field, day in days
        if day is not None and signed_on is not None and day < signed_on
    ]
    return problems


def _fill(activity: ActivityVersion, values: ActivityContent) -> None:
    activity.title = values["title"]
    activity.description = values["description"]
    activity.policy_line = kept_or_new(activity.policy_line, values["policy_line"])
    activity.is_awareness = values["is_awareness"]
    activity.target_group = values["target_group"]
    activity.owner = values["owner"]
    activity.starts_on = values["starts_on"]
    activity.ends_on = values["ends_on"]
    _set_measures(activity, values["measures"])
    _set_amount(activity, Phase.DEVELOPMENT, values["development_cents"])
    _set_amount(activity, Phase.IMPLEMENTATION, values["implementation_cents"])


def _set_measures(activity: ActivityVersion, measures: Sequence[Measure]) -> None:
    """Keep the links that stay, also under the words of an earlier list, and their weight."""
    key = same_measures().key
    wanted = {key(measure.id): measure for measure in measures}
    kept = {key(link.measure_id): link for link in activity.measures}
    activity.measures = [
        kept.get(number) or ActivityMeasure(measure=measure, measure_id=measure.id)
        for number, measure in wanted.items()
    ]


def _set_amount(activity: ActivityVersion, phase: Phase, cents: int | None) -> None:
    version = activity.plan_version
    line = next((line for line in activity.budget_lines if line.phase is phase), None)
    if cents is None and line is not None:
        activity.budget_lines.remove(line)
        version.budget_lines.remove(line)
    elif cents is not None and line is None:
        line = BudgetLine(phase=phase, amount_cents=cents)
        activity.budget_lines.append(line)
        version.budget_lines.append(line)
    elif line is not None and cents is not None:
        line.amount_cents = cents


def _activity_written(
    activity: ActivityVersion, what: str, *, version: PlanVersion, actor: Person, role: str
) -> None:
    details = {"number": activity.activity.number, "title": activity.title}
    written(version, f"action_plan.activity_{what}", actor=actor, role=role, **details)
