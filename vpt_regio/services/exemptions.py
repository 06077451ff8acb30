"""The judgement of the reasons with which a plan leaves measures out."""

from vpt_regio import clock
from vpt_regio.domain.enums import ExemptionVerdict, PlanSection, RemarkWeight
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.remarks import RemarkStatus
from vpt_regio.errors import Invalid, WrongState
from vpt_regio.models.action_plans import MeasureExemption, PlanVersion
from vpt_regio.models.people import Person
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.decisions import was_decided_on
from vpt_regio.queries.remarks import list_verdicts, musts_at_measure
from vpt_regio.queries.same_entries import same_measures
from vpt_regio.services.plan_parts import PlanPart, cleaned, require_same, written
from vpt_regio.services.remarks import (
    make_remark,
    may_review,
    reopen_remark,
    settle_remark,
    withdraw_remark,
)


def exemption_part(exemption: MeasureExemption) -> PlanPart:
    """Return what the form of a judgement shows, as a part of its own."""
    return PlanPart(
        lambda: {
            "verdict": exemption.verdict,
            "verdict_note": exemption.verdict_note,
            "reason": exemption.reason,
        }
    )


def judge_exemption(
    version: PlanVersion,
    *,
    exemption: MeasureExemption | None,
    verdict: ExemptionVerdict,
    note: str,
    actor: Person,
    expected_version: int | None = None,
) -> MeasureExemption:
    """Accept or reject the reason to leave a measure out; a later verdict takes its place.

    A rejection needs a note and becomes a remark at the measure that must be followed up; an
    acceptance settles that remark. None stands for a reason that is not in this version.
    """
    role = may_review(actor, version)
    if exemption is None or exemption not in version.exemptions:
        raise WrongState(N_("Deze maatregel is in deze versie niet buiten het plan gelaten."))
    require_same(exemption_part(exemption), expected_version)
    text = cleaned(note, field="verdict_note")
    if verdict is ExemptionVerdict.REJECTED and not text:
        raise Invalid(N_("Leg uit waarom u niet akkoord gaat."), field="verdict_note")
    if (exemption.verdict, exemption.verdict_note) == (verdict, text):
        return exemption
    _follow_up(version, exemption, verdict, text, actor)
    exemption.verdict, exemption.verdict_note = verdict, text
    exemption.judged_by, exemption.judged_on = actor, clock.today()
    details = {"measure": exemption.measure.name, "verdict": verdict, "note": text}
    written(version, "action_plan.exemption_judged", actor=actor, role=role, **details)
    return exemption


def _follow_up(
    version: PlanVersion,
    exemption: MeasureExemption,
    verdict: ExemptionVerdict,
    note: str,
    actor: Person,
) -> None:
    """Let the remarks at the measure say what the verdict says."""
    remarks = musts_at_measure(version.plan, exemption.measure)
    if verdict is ExemptionVerdict.ACCEPTED:
        for remark in _made_by_rejection(version, exemption, remarks):
            _drop(version, remark, note, actor)
        return
    for remark in _made_by_rejection(version, exemption, remarks):
        if _is_of_this_review(version, remark, actor):
            withdraw_remark(version, remark=remark, actor=actor)
    answered = [remark for remark in remarks if remark.status is RemarkStatus.ANSWERED]
    for remark in answered:
        reopen_remark(remark, note=note, actor=actor)
    if not answered:
        make_remark(
            version,
            section=PlanSection.ACTIVITIES,
            measure=exemption.measure,
            weight=RemarkWeight.MUST,
            body=note,
            actor=actor,
        )


def _made_by_rejection(
    version: PlanVersion, exemption: MeasureExemption, remarks: list[Remark]
) -> list[Remark]:
    """Return the remarks that a rejection of this measure made: they say what its note said."""
    notes = {
        one.verdict_note
        for one in [*list_verdicts(version.plan, before=version), exemption]
        if one.verdict is ExemptionVerdict.REJECTED
        and same_measures().are_same(one.measure_id, exemption.measure_id)
    }
    return [remark for remark in remarks if remark.body in notes]


def _drop(version: PlanVersion, remark: Remark, note: str, actor: Person) -> None:
    if _is_of_this_review(version, remark, actor):
        withdraw_remark(version, remark=remark, actor=actor)
    else:
        settle_remark(remark, note=note, actor=actor)


def _is_of_this_review(version: PlanVersion, remark: Remark, actor: Person) -> bool:
    """Tell whether a remark is not final yet: its author may take it back as if never made."""
    is_own = remark in version.remarks and remark.author_id == actor.id
    return is_own and not remark.entries and not was_decided_on(version)
