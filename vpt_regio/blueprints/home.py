"""The first page: what waits for me."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vpt_regio.domain.permissions import Permission
from vpt_regio.web.authorize import authorize

bp = Blueprint("home", __name__)


@bp.get("/")
@authorize(Permission.PROFILE_EDIT)
def index() -> ResponseReturnValue:
    return redirect(url_for("home.my_work"))


@bp.get("/mijn-werk")
@authorize(Permission.PROFILE_EDIT)
def my_work() -> ResponseReturnValue:
    return render_template("home/my_work.html")
