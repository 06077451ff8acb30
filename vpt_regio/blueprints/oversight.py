"""The watch duties of a region over time."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vpt_regio.domain.permissions import Permission
from vpt_regio.models.regions import Region
from vpt_regio.queries.regions import get_region
from vpt_regio.web import oversight
from vpt_regio.web.authorize import authorize

bp = Blueprint("oversight", __name__)


def load_region(code: str) -> Region | None:
    return get_region(code)


@bp.get("/regios/<code>/toezicht")
@authorize(Permission.ACTION_PLAN_VIEW, load_region)
def show(region: Region) -> ResponseReturnValue:
    moments = oversight.moments_of(region)
    return render_template(
        "oversight/show.html",
        region=region,
        moments=[(one, oversight.moment_name(one), oversight.moment_url(one)) for one in moments],
        rows=oversight.course_rows(moments),
    )
