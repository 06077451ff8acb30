"""One region on the board of a half-year: extra time, and why its report is missing."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.board import ExplanationForm, ExtensionForm, WithdrawalForm
from vpt_regio.models.board import DeadlineExtension
from vpt_regio.queries import extensions as queries
from vpt_regio.queries.region_in_period import (
    RegionInPeriod,
    find_region_in_period,
    get_extension,
)
from vpt_regio.services import explanations, extensions
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("board", __name__, url_prefix="/halfjaren/<code>")


def load_place(code: str, region_code: str) -> RegionInPeriod | None:
    return find_region_in_period(code, region_code)


def load_extension(code: str, extension_id: int) -> DeadlineExtension | None:
    return get_extension(code, extension_id)


@bp.get("/uitstel/<region_code>")
@authorize(Permission.PERIOD_MANAGE, load_place)
def extend(place: RegionInPeriod) -> ResponseReturnValue:
    return _extension_page(place, make_form(ExtensionForm))


@bp.post("/uitstel/<region_code>")
@authorize(Permission.PERIOD_MANAGE, load_place)
def grant(place: RegionInPeriod) -> ResponseReturnValue:
    form = make_form(ExtensionForm)
    return handle(
        form,
        lambda: extensions.grant_extension(
            place.period,
            place.region,
            extended_to=form.extended_to.data,
            reason=form.reason.data,
            actor=current_person(),
        ),
        page=lambda: _extension_page(place, form),
        success=url_for("periods.show", code=place.period.code),
        message=_("Het uitstel is vastgelegd. De projectleider krijgt bericht."),
    )


@bp.get("/uitstel/<int:extension_id>/intrekken")
@authorize(Permission.PERIOD_MANAGE, load_extension)
def end_extension(extension: DeadlineExtension) -> ResponseReturnValue:
    return _withdrawal_page(extension, make_form(WithdrawalForm, data={"reason": ""}))


@bp.post("/uitstel/<int:extension_id>/intrekken")
@authorize(Permission.PERIOD_MANAGE, load_extension)
def withdraw(extension: DeadlineExtension) -> ResponseReturnValue:
    form = make_form(WithdrawalForm)
    return handle(
        form,
        lambda: extensions.withdraw_extension(
            extension, reason=form.reason.data, actor=current_person()
        ),
        page=lambda: _withdrawal_page(extension, form),
        success=url_for("periods.show", code=extension.period.code),
        message=_("Het uitstel is ingetrokken."),
    )


@bp.get("/ontbreekt/<region_code>")
@authorize(Permission.PERIOD_MANAGE, load_place)
def missing(place: RegionInPeriod) -> ResponseReturnValue:
    known = queries.explanation_of(place.period, place.region.id)
    return _explanation_page(place, make_form(ExplanationForm, known))


@bp.post("/ontbreekt/<region_code>")
@authorize(Permission.PERIOD_MANAGE, load_place)
def explain(place: RegionInPeriod) -> ResponseReturnValue:
    known = queries.explanation_of(place.period, place.region.id)
    form = make_form(ExplanationForm, known)
    return handle(
        form,
        lambda: explanations.explain_missing(
            place.period,
            place.region,
            reason=form.reason.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _explanation_page(place, form),
        success=url_for("periods.show", code=place.period.code),
        message=_("De uitleg is vastgelegd."),
        obj=known,
    )


@bp.post("/ontbreekt/<region_code>/vervallen")
@authorize(Permission.PERIOD_MANAGE, load_place)
def drop_explanation(place: RegionInPeriod) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: explanations.withdraw_explanation(
            place.period, place.region, actor=current_person()
        ),
        page=lambda: _explanation_page(
            place, make_form(ExplanationForm, queries.explanation_of(place.period, place.region.id))
        ),
        success=url_for("periods.show", code=place.period.code),
        message=_("De uitleg is vervallen."),
    )


def _extension_page(place: RegionInPeriod, form: ExtensionForm) -> str:
    holding = queries.extension_of(place.period, place.region.id)
    return render_template(
        "board/extend.html",
        place=place,
        form=form,
        due_on=queries.due_on_with(place.period, holding),
        holding=holding,
        extensions=queries.list_extensions(place.period, place.region),
    )


def _withdrawal_page(extension: DeadlineExtension, form: WithdrawalForm) -> str:
    return render_template("board/withdraw.html", extension=extension, form=form)


def _explanation_page(place: RegionInPeriod, form: ExplanationForm) -> str:
    return render_template(
        "board/missing.html",
        place=place,
        form=form,
        known=queries.explanation_of(place.period, place.region.id),
        drop_form=make_form(AppForm),
    )
