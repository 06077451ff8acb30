"""The next half-year: shown with what it starts with, then made."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.deadlines import DEADLINE_LABELS
from vpt_regio.domain.rules.roll_over import next_deadlines
from vpt_regio.forms.periods import PeriodForm
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.periods import get_period
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.roll_over import period_after, starting_with
from vpt_regio.services.roll_over import propose, roll_over
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("roll_over", __name__)


def load_period(code: str) -> ReportingPeriod | None:
    return get_period(get_programme().id, code)


@bp.get("/halfjaren/<code>/volgende")
@authorize(Permission.PERIOD_MANAGE, load_period)
def show(period: ReportingPeriod) -> ResponseReturnValue:
    return _page(period, _form(period))


@bp.post("/halfjaren/<code>/volgende")
@authorize(Permission.PERIOD_MANAGE, load_period)
def create(period: ReportingPeriod) -> ResponseReturnValue:
    form = _form(period)
    return handle(
        form,
        lambda: roll_over(
            period,
            **{field.short_name: field.data for field in form.content_fields()},
            actor=current_person(),
        ),
        page=lambda: _page(period, form),
        success=lambda made: url_for("periods.show", code=made.code),
        message=_("Het volgende halfjaar is aangemaakt."),
    )


def _form(period: ReportingPeriod) -> PeriodForm:
    return make_form(PeriodForm, data=vars(propose(period)))


def _page(period: ReportingPeriod, form: PeriodForm) -> str:
    plan = propose(period)
    current = {deadline.kind: deadline.due_on for deadline in period.deadlines}
    coming = next_deadlines(current, last_letter_on=period.letter_on, letter_on=plan.letter_on)
    return render_template(
        "periods/next.html",
        period=period,
        form=form,
        later=period_after(period),
        starting=starting_with(period, starts_on=plan.starts_on, ends_on=plan.ends_on),
        deadlines=[(DEADLINE_LABELS[kind], current.get(kind), on) for kind, on in coming.items()],
    )
