"""Writing an action plan: start, texts, agreement, money, exemptions, and submission."""

from sqlalchemy import func, select

from vpt_regio import clock, policies
from vpt_regio.domain.enums import PLAN_SECTION_LABELS, AgreementLevel, Phase, PlanSection
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.errors import DomainError, DuplicateValue, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, BudgetLine, MeasureExemption, PlanVersion
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure
from vpt_regio.models.regions import Region
from vpt_regio.queries.action_plans import find_plan_of
from vpt_regio.queries.plan_facts import measures_of
from vpt_regio.queries.same_entries import same_measures
from vpt_regio.services import transitions
from vpt_regio.services.covenants import require_in_force
from vpt_regio.services.notices import tell
from vpt_regio.services.plan_parts import (
    AGREEMENT_FIELDS,
    FUNDING_FIELDS,
    amount_problems,
    cleaned,
    may_edit,
    part_of,
    require_open,
    require_same,
    written,
)


def start_plan(covenant: Covenant, *, region: Region, actor: Person) -> ActionPlan:
    """Start the plan of a region under a covenant in force, with version 1 as a draft.

    Raises Invalid for a region outside the covenant, DuplicateValue when the plan exists.
    """
    role = policies.require(actor, Permission.ACTION_PLAN_EDIT, region)
    policies.require_moving(covenant)
    if region.id not in covenant.region_ids:
        raise Invalid(
            N_("%(region)s valt niet onder convenant %(number)s."),
            params={"region": region.name, "number": covenant.number},
        )
    raise_all(require_in_force(covenant, clock.today()))
    if find_plan_of(covenant, region) is not None:
        raise DuplicateValue(N_("Voor dit convenant is al een plan begonnen. Werk daarin verder."))
    plan = ActionPlan(covenant=covenant, region=region)
    version = PlanVersion(
        plan=plan, version_no=1, status=ActionPlanStatus.DRAFT, author=actor, other_funding_cents=0
    )
    db.session.add_all([plan, version])
    db.session.flush()
    written(version, "action_plan.started", actor=actor, role=role, version_no=1)
    return plan


def edit_texts(
    version: PlanVersion,
    *,
    actor: Person,
    problem_analysis: str | None = None,
    approach: str | None = None,
    embedding: str | None = None,
    expected_version: int | None = None,
) -> PlanVersion:
    """Change the long texts that are given; None leaves a text as it is.

    `expected_version` is the version of these texts as a part (`plan_parts.part_of`).
    """
    given = {
        PlanSection.PROBLEM_ANALYSIS: problem_analysis,
        PlanSection.APPROACH: approach,
        PlanSection.EMBEDDING: embedding,
    }
    sections = [section for section, text in given.items() if text is not None]
    role = may_edit(actor, version)
    for section in sections:
        require_open(version, section)
    # each section is stored in the column of its own name
    require_same(part_of(version, *map(str, sections)), expected_version)
    for section in sections:
        text = cleaned(given[section] or "", field=section)
        if text == getattr(version, section):
            continue
        setattr(version, section, text)
        _section_written(version, section, actor=actor, role=role, characters=len(text))
    return version


def set_agreement(
    version: PlanVersion,
    *,
    actor: Person,
    consensus_analysis: AgreementLevel | None,
    consensus_approach: AgreementLevel | None,
    consensus_analysis_note: str = "",
    consensus_approach_note: str = "",
    expected_version: int | None = None,
) -> PlanVersion:
    """Record how far the partners agree on the analysis and on the approach.

    Source: the covenant asks the account manager to watch over exactly this.
    """
    role = may_edit(actor, version, PlanSection.AGREEMENT)
    part = part_of(version, *AGREEMENT_FIELDS)
    require_same(part, expected_version)
    before = part.version
    version.consensus_analysis = consensus_analysis
    version.consensus_approach = consensus_approach
    version.consensus_analysis_note = cleaned(
        consensus_analysis_note, field="consensus_analysis_note"
    )
    version.consensus_approach_note = cleaned(
        consensus_approach_note, field="consensus_approach_note"
    )
    if part.version != before:
        _section_written(
            version,
            PlanSection.AGREEMENT,
            actor=actor,
            role=role,
            analysis=consensus_analysis,
            approach=consensus_approach,
        )
    return version


def set_other_funding(
    version: PlanVersion,
    *,
    amount_cents: int,
    note: str = "",
    actor: Person,
    expected_version: int | None = None,
) -> PlanVersion:
    """Record the money in cents that comes from others than the minister, and from whom."""
    role = may_edit(actor, version, PlanSection.BUDGET)
    part = part_of(version, *FUNDING_FIELDS)
    require_same(part, expected_version)
    problems = amount_problems(amount_cents, field="other_funding_cents")
    text = cleaned(note, field="other_funding_note", maximum=500)
    if amount_cents > 0 and not text:
        problems.append(Invalid(N_("Vul in van wie dit bedrag komt."), field="other_funding_note"))
    raise_all(problems)
    before = part.version
    version.other_funding_cents, version.other_funding_note = amount_cents, text
    if part.version != before:
        written(version, "action_plan.budget_changed", actor=actor, role=role, other=amount_cents)
    return version


def add_budget_line(
    version: PlanVersion, *, phase: Phase, description: str, amount_cents: int | None, actor: Person
) -> BudgetLine:
    """Add a line to the budget of the plan as a whole, in cents."""
    role = may_edit(actor, version, PlanSection.BUDGET)
    text = cleaned(description, field="description", maximum=300)
    problems: list[DomainError] = []
    if not text:
        problems.append(Invalid(N_("Vul in waarvoor dit bedrag is."), field="description"))
    if amount_cents is None:
        problems.append(Invalid(N_("Vul een bedrag in."), field="amount_cents"))
    raise_all(problems + amount_problems(amount_cents, field="amount_cents"))
    line = BudgetLine(
        phase=phase,
        number=_next_line_number(version),
        description=text,
        amount_cents=amount_cents or 0,
    )
    version.budget_lines.append(line)
    details = {"added": text, "phase": phase, "amount": amount_cents}
    written(version, "action_plan.budget_changed", actor=actor, role=role, **details)
    return line


def _next_line_number(version: PlanVersion) -> int:
    """Return a number that no line of any version of the plan has."""
    # two people may add a line at once: the second one counts after the first
    lock = select(ActionPlan.id).where(ActionPlan.id == version.action_plan_id).with_for_update()
    db.session.execute(lock)
    last = db.session.scalar(
        select(func.max(BudgetLine.number))
        .join(BudgetLine.plan_version)
        .where(PlanVersion.action_plan_id == version.action_plan_id)
    )
    return (last or 0) + 1


def remove_budget_line(version: PlanVersion, *, line: BudgetLine | None, actor: Person) -> None:
    """Take a line of the plan as a whole out of the budget; None stands for one that is gone."""
    role = may_edit(actor, version, PlanSection.BUDGET)
    if line is None or line not in version.budget_lines:
        raise WrongState(N_("Deze begrotingsregel is al verwijderd."))
    details = {"removed": line.description, "phase": line.phase, "amount": line.amount_cents}
    version.budget_lines.remove(line)
    written(version, "action_plan.budget_changed", actor=actor, role=role, **details)


def exempt_measure(
    version: PlanVersion, *, measure: Measure, reason: str, actor: Person
) -> MeasureExemption:
    """Leave a measure of the programme out of the plan, with the reason.

    Source: the covenant asks to spread every measure of the programme.
    """
    role = may_edit(actor, version, PlanSection.ACTIVITIES)
    text = cleaned(reason, field="reason")
    problems: list[DomainError] = []
    if measure not in measures_of(version):
        problems.append(Invalid(N_("Deze maatregel staat niet in de lijst."), field="measure_id"))
    if not text:
        problems.append(
            Invalid(N_("Leg uit waarom u deze maatregel niet opneemt."), field="reason")
        )
    raise_all(problems)
    same = same_measures()
    exemption = next(
        (one for one in version.exemptions if same.are_same(one.measure_id, measure.id)), None
    )
    if exemption is None:
        exemption = MeasureExemption(measure=measure)
        version.exemptions.append(exemption)
    if exemption.reason != text:
        # an accepted reason was accepted as it read then
        exemption.verdict, exemption.verdict_note = None, ""
        exemption.judged_by, exemption.judged_on = None, None
    exemption.reason = text
    details = {"measure": measure.name, "note": text}
    written(version, "action_plan.measure_exempted", actor=actor, role=role, **details)
    return exemption


def withdraw_exemption(version: PlanVersion, *, measure: Measure, actor: Person) -> None:
    """Take a measure up in the plan again; nothing happens when it was not left out."""
    role = may_edit(actor, version, PlanSection.ACTIVITIES)
    for exemption in list(version.exemptions):
        if same_measures().are_same(exemption.measure_id, measure.id):
            version.exemptions.remove(exemption)
            details = {"measure": measure.name}
            written(version, "action_plan.exemption_withdrawn", actor=actor, role=role, **details)


def submit_plan(
    version: PlanVersion, *, actor: Person, expected_version: int | None = None
) -> PlanVersion:
    """Hand in a draft that lacks nothing; from now on its content never changes."""
    # the day and person must stand there when the new status is stored, and not before
    with db.session.no_autoflush:
        version.submitted_on, version.submitted_by = clock.today(), actor
        transitions.apply(
            version,
            "submit",
            workflow=ACTION_PLAN,
            actor=actor,
            expected_version=expected_version,
        )
    _tell_manager(version, actor)
    return version


def withdraw_plan(
    version: PlanVersion, *, actor: Person, expected_version: int | None = None
) -> PlanVersion:
    """Take a submission back that nobody has taken up yet; the region goes on in a new version."""
    transitions.apply(
        version,
        "withdraw",
        workflow=ACTION_PLAN,
        actor=actor,
        expected_version=expected_version,
    )
    region = version.plan.region
    tell(
        Role.ACCOUNT_MANAGER,
        region,
        subject=f"Indiening plan van aanpak {region.name} ingetrokken",
        message=(
            f"{actor.name} heeft versie {version.version_no} van het plan van aanpak van"
            f" {region.name} ingetrokken. U hoeft die versie niet te beoordelen."
        ),
        path=f"/plannen/{version.action_plan_id}",
        actor=actor,
    )
    return version


def _section_written(
    version: PlanVersion, section: PlanSection, *, actor: Person, role: str, **details: object
) -> None:
    details["section"] = PLAN_SECTION_LABELS[section]
    written(version, "action_plan.section_changed", actor=actor, role=role, **details)


def _tell_manager(version: PlanVersion, actor: Person) -> None:
    region = version.plan.region
    tell(
        Role.ACCOUNT_MANAGER,
        region,
        subject=f"Plan van aanpak {region.name} ingediend",
        message=(
            f"Versie {version.version_no} van het plan van aanpak van {region.name} is ingediend"
            f" door {actor.name}. Neem het plan in behandeling."
        ),
        path=f"/plannen/{version.action_plan_id}/beoordeling",
        actor=actor,
    )
