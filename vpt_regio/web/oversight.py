"""The watch duties on a page: the course over time, and the score before this one."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio.domain.enums import DUTY_SCORE_LABELS, WATCH_DUTY_LABELS, DutyScore, WatchDuty
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflow import Tone
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.periods import ProgressReport
from vpt_regio.models.regions import Region
from vpt_regio.queries.duties import DutyMoment, EarlierScore, course_of, earlier_scores
from vpt_regio.web.authorize import may
from vpt_regio.web.filters import paragraphs, plain_day
from vpt_regio.web.i18n import label

SCORE_TONES = {
    DutyScore.INSUFFICIENT: Tone.DANGER,
    DutyScore.PARTIAL: Tone.WARNING,
    DutyScore.SUFFICIENT: Tone.SUCCESS,
    DutyScore.NOT_YET: Tone.NEUTRAL,
}


def moments_of(region: Region) -> list[DutyMoment]:
    """Return the moments that the person who is signed in may see the judgement of."""
    return course_of(region, with_running=may(Permission.REPORT_ACCEPT, region))


def hints_of(region: Region, subject: PlanVersion | ProgressReport) -> dict[str, str]:
    """Return, by the name of its field, how each duty was scored last before this moment."""
    found = earlier_scores(moments_of(region), subject)
    return {f"score_{duty}": _hint(earlier) for duty, earlier in found.items()}


def course_rows(moments: list[DutyMoment]) -> list[list[Any]]:
    """Return a row a duty, with a cell for each moment."""
    return [
        [label(WATCH_DUTY_LABELS[duty]), *(_cell(moment, duty) for moment in moments)]
        for duty in WatchDuty
    ]


def moment_name(moment: DutyMoment) -> str:
    """Return the name of a moment as it heads a column."""
    subject = moment.subject
    if isinstance(subject, PlanVersion):
        return _("Plan, versie %(number)s", number=subject.version_no)
    return subject.period.name


def moment_url(moment: DutyMoment) -> str:
    """Return the page of the plan version or the report."""
    subject = moment.subject
    if isinstance(subject, PlanVersion):
        return url_for(
            "action_plans.version", plan_id=subject.action_plan_id, version_no=subject.version_no
        )
    return url_for("reports.show", code=subject.period.code, region_code=subject.region.code)


def _cell(moment: DutyMoment, duty: WatchDuty) -> Any:
    score = moment.scores.get(duty)
    if score is None:
        return _("niet beoordeeld")
    shown = {"text": label(DUTY_SCORE_LABELS[score.score]), "badge": SCORE_TONES[score.score]}
    return {**shown, "note": paragraphs(score.note)} if score.note else shown


def _hint(earlier: EarlierScore) -> str:
    text = _(
        "Vorige keer (%(moment)s, %(day)s): %(score)s.",
        moment=moment_name(earlier.moment),
        day=plain_day(earlier.record.scored_on),
        score=label(DUTY_SCORE_LABELS[earlier.record.score]),
    )
    return f"{text} {earlier.record.note}" if earlier.record.note else text
