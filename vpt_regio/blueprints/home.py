"""The first page: what waits for me."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.queries import my_work as queries
from vpt_regio.queries.signals import SIGNAL_LABELS, list_signals
from vpt_regio.web.authorize import authorize
from vpt_regio.web.session import current_person

bp = Blueprint("home", __name__)

SIGNALS_SHOWN = 5


@bp.get("/")
@authorize(Permission.PROFILE_EDIT)
def index() -> ResponseReturnValue:
    return redirect(url_for("home.my_work"))


@bp.get("/mijn-werk")
@authorize(Permission.PROFILE_EDIT)
def my_work() -> ResponseReturnValue:
    person = current_person()
    return render_template(
        "home/my_work.html",
        work=queries.my_work(person),
        signals=list_signals(person, clock.today(), limit=SIGNALS_SHOWN),
        signal_labels=SIGNAL_LABELS,
    )
