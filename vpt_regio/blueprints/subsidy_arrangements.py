"""From which amount on which accountability is asked: the limits with the day they hold from."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.subsidy_arrangement import DUTY_LABELS, duties_of
from vpt_regio.forms.subsidies import LimitsForm
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.subsidy_rounds import list_limit_sets
from vpt_regio.services.subsidy_schemes import set_limits
from vpt_regio.web import scheme_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("subsidy_arrangements", __name__)

NUMBERS = (1, 2, 3)


@bp.get("/subsidies/arrangementen")
@authorize(Permission.SUBSIDY_VIEW)
def index() -> ResponseReturnValue:
    sets = list_limit_sets(get_programme())
    return render_template(
        "subsidies/arrangements.html",
        sets=[(one.newest, pages.limit_rows(one)) for one in sets],
        duties=[(number, [DUTY_LABELS[duty] for duty in duties_of(number)]) for number in NUMBERS],
    )


@bp.get("/subsidies/arrangementen/nieuw")
@authorize(Permission.SUBSIDY_MANAGE)
def new() -> ResponseReturnValue:
    return _form_page(make_form(LimitsForm))


@bp.post("/subsidies/arrangementen/nieuw")
@authorize(Permission.SUBSIDY_MANAGE)
def create() -> ResponseReturnValue:
    form = make_form(LimitsForm)
    return handle(
        form,
        lambda: set_limits(
            get_programme(),
            second_from_cents=form.second_from_cents.data,
            third_from_cents=form.third_from_cents.data,
            holds_from=form.holds_from.data,
            source=form.source.data,
            actor=current_person(),
        ),
        page=lambda: _form_page(form),
        success=url_for("subsidy_arrangements.index"),
        message=_(
            "De nieuwe grenzen zijn opgeslagen. Wat al is toegekend, houdt zijn arrangement."
        ),
    )


def _form_page(form: LimitsForm) -> str:
    return render_template("subsidies/edit_limits.html", form=form)
