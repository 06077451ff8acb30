"""Letting a region or a covenant stand still, and letting it go again."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.holds import HoldForm, LiftForm
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.holds import Hold
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import find_covenant
from vpt_regio.queries.holds import find_hold, list_holds
from vpt_regio.queries.regions import get_region
from vpt_regio.services.holds import lift_hold, place_hold
from vpt_regio.web.authorize import authorize
from vpt_regio.web.filters import day
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("holds", __name__)


def load_region(code: str) -> Region | None:
    return get_region(code)


def load_covenant(covenant_id: int) -> Covenant | None:
    return find_covenant(covenant_id)


def load_hold(hold_id: int) -> Hold | None:
    return find_hold(hold_id)


@bp.get("/regios/<code>/stilzetten")
@authorize(Permission.HOLD_MANAGE, load_region)
def hold_region(region: Region) -> ResponseReturnValue:
    return _page(region, _new_form())


@bp.post("/regios/<code>/stilzetten")
@authorize(Permission.HOLD_MANAGE, load_region)
def place_on_region(region: Region) -> ResponseReturnValue:
    return _placed(region)


@bp.get("/convenanten/<int:covenant_id>/stilzetten")
@authorize(Permission.HOLD_MANAGE, load_covenant)
def hold_covenant(covenant: Covenant) -> ResponseReturnValue:
    return _page(covenant, _new_form())


@bp.post("/convenanten/<int:covenant_id>/stilzetten")
@authorize(Permission.HOLD_MANAGE, load_covenant)
def place_on_covenant(covenant: Covenant) -> ResponseReturnValue:
    return _placed(covenant)


@bp.get("/stilzettingen/<int:hold_id>/vrijgeven")
@authorize(Permission.HOLD_MANAGE, load_hold)
def lifting(hold: Hold) -> ResponseReturnValue:
    return _lift_page(hold, make_form(LiftForm, hold, data={"reason": ""}))


@bp.post("/stilzettingen/<int:hold_id>/vrijgeven")
@authorize(Permission.HOLD_MANAGE, load_hold)
def lift(hold: Hold) -> ResponseReturnValue:
    form = make_form(LiftForm)
    return handle(
        form,
        lambda: lift_hold(
            hold,
            reason=form.reason.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _lift_page(hold, form),
        success=_address(hold.region or hold.covenant),
        message=_("Het is weer vrijgegeven. Er kan weer gewerkt worden."),
    )


def _new_form() -> HoldForm:
    return make_form(HoldForm, data={"starts_on": clock.today()})


def _placed(subject: Region | Covenant) -> ResponseReturnValue:
    form = _new_form()
    return handle(
        form,
        lambda: place_hold(
            subject,
            reason=form.reason.data,
            starts_on=form.starts_on.data,
            until_on=form.until_on.data,
            actor=current_person(),
        ),
        page=lambda: _page(subject, form),
        success=_address(subject),
        message=_("De stilzetting is vastgelegd."),
    )


def _page(subject: Region | Covenant, form: HoldForm) -> str:
    return render_template(
        "holds/place.html",
        subject=subject,
        is_region=isinstance(subject, Region),
        form=form,
        back=_address(subject),
        rows=[_row(hold) for hold in list_holds(subject)],
    )


def _lift_page(hold: Hold, form: LiftForm) -> str:
    subject = hold.region or hold.covenant
    return render_template(
        "holds/lift.html",
        hold=hold,
        subject=subject,
        is_region=hold.region is not None,
        form=form,
        back=_address(subject),
    )


def _address(subject: Region | Covenant | None) -> str:
    if isinstance(subject, Region):
        return url_for("regions.show", code=subject.code)
    if subject is None:
        raise AssertionError("a hold of nothing")
    return url_for("covenants.show", covenant_id=subject.id)


def _row(hold: Hold) -> list[Any]:
    ends_on = hold.lifted_on or hold.until_on
    is_running = hold.lifted_on is None and (not hold.until_on or hold.until_on >= clock.today())
    url = url_for("holds.lifting", hold_id=hold.id) if is_running else None
    return [
        {"text": day(hold.starts_on), "url": url},
        day(ends_on) if ends_on else _("tot vrijgave"),
        hold.reason,
        hold.placed_by.name,
        {"text": hold.lifted_by.name, "note": hold.lift_reason} if hold.lifted_by else _("nee"),
    ]
