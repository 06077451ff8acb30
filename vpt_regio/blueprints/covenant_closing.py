"""The end of a covenant: closing it, or ending it early."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.covenants import COVENANT
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.covenant_money import TerminateForm
from vpt_regio.models.covenants import Covenant
from vpt_regio.queries.covenant_money import money_of
from vpt_regio.queries.covenants import find_covenant
from vpt_regio.services.covenant_closing import close_covenant, terminate_covenant
from vpt_regio.services.transitions import blockers
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import message_of
from vpt_regio.web.session import current_person

bp = Blueprint("covenant_closing", __name__, url_prefix="/convenanten/<int:covenant_id>")


def load_covenant(covenant_id: int) -> Covenant | None:
    return find_covenant(covenant_id)


@bp.get("/afsluiten")
@authorize(Permission.COVENANT_CLOSE, load_covenant)
def closing(covenant: Covenant) -> ResponseReturnValue:
    return _close_page(covenant, make_form(AppForm, covenant))


@bp.post("/afsluiten")
@authorize(Permission.COVENANT_CLOSE, load_covenant)
def close(covenant: Covenant) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: close_covenant(
            covenant, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _close_page(covenant, form),
        success=url_for("covenants.show", covenant_id=covenant.id),
        message=_("Het convenant is afgesloten."),
    )


@bp.get("/beeindigen")
@authorize(Permission.COVENANT_TERMINATE, load_covenant)
def ending(covenant: Covenant) -> ResponseReturnValue:
    return _end_page(covenant, make_form(TerminateForm, covenant))


@bp.post("/beeindigen")
@authorize(Permission.COVENANT_TERMINATE, load_covenant)
def end(covenant: Covenant) -> ResponseReturnValue:
    form = make_form(TerminateForm, covenant)
    return handle(
        form,
        lambda: terminate_covenant(
            covenant,
            ended_on=form.ended_on.data,
            reason=form.reason.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _end_page(covenant, form),
        success=url_for("covenants.show", covenant_id=covenant.id),
        message=_("Het convenant is voortijdig beëindigd."),
    )


def _close_page(covenant: Covenant, form: AppForm) -> str:
    return render_template(
        "covenant_money/close.html",
        covenant=covenant,
        form=form,
        whole=money_of(covenant).whole,
        missing=_missing(covenant, "close", form),
    )


def _end_page(covenant: Covenant, form: TerminateForm) -> str:
    return render_template(
        "covenant_money/end.html",
        covenant=covenant,
        form=form,
        missing=_missing(covenant, "terminate", form),
    )


def _missing(covenant: Covenant, step: str, form: AppForm) -> list[str]:
    """Return what still stands in the way; after a refusal that stands in the form itself."""
    if form.is_submitted():
        return []
    problems = blockers(covenant, step, workflow=COVENANT, actor=current_person())
    return [message_of(problem) for problem in problems]
