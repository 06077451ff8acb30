"""Plans that were returned with remarks, and the drafts that follow them."""

from collections.abc import Collection

from tests.factories.action_plans import Stage, make_in_review
from vpt_regio.domain.enums import PlanSection, RemarkWeight
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.remarks import Remark
from vpt_regio.services.action_plans import submit_plan
from vpt_regio.services.plan_reviews import return_plan, take_up_plan
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.services.remarks import make_remark


def make_must(version: PlanVersion, stage: Stage, *, body: str = "Werk dit uit.") -> Remark:
    """A remark at the first paragraph of the approach that must be followed up."""
    return make_remark(
        version,
        section=PlanSection.APPROACH,
        paragraph_no=1,
        weight=RemarkWeight.MUST,
        body=body,
        actor=stage.manager,
    )


def make_following(
    stage: Stage, *, sections: Collection[PlanSection] = ()
) -> tuple[PlanVersion, Remark]:
    """A draft that follows a version that was returned with one such remark."""
    version = make_in_review(stage)
    remark = make_must(version, stage)
    return_plan(version, sections=sections, actor=stage.manager)
    return start_new_version(version.plan, actor=stage.leader), remark


def hand_in(draft: PlanVersion, stage: Stage) -> PlanVersion:
    """Submit a draft and take it up."""
    return take_up_plan(submit_plan(draft, actor=stage.leader), actor=stage.manager)
