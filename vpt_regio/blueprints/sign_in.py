"""Signing in and out."""

from flask import (
    Blueprint,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.errors import DomainError
from vpt_regio.forms.sign_in import SignInForm
from vpt_regio.services import passwords
from vpt_regio.services.sign_in import begin_attempt, finish_attempt
from vpt_regio.services.sign_in import sign_out as end_session
from vpt_regio.uow import write
from vpt_regio.web.authorize import public
from vpt_regio.web.expired import is_own_page
from vpt_regio.web.handling import make_form, refused
from vpt_regio.web.i18n import message_of
from vpt_regio.web.session import (
    clear_session_cookie,
    current_session,
    set_session_cookie,
    signed_in_person,
)

bp = Blueprint("sign_in", __name__)


@bp.get("/inloggen")
@public("whoever signs in is not signed in yet")
def sign_in() -> ResponseReturnValue:
    if signed_in_person() is not None:
        return redirect(_next_page())
    return _sign_in_page(make_form(SignInForm))


@bp.post("/inloggen")
@public("whoever signs in is not signed in yet")
def start() -> ResponseReturnValue:
    form = make_form(SignInForm)
    if not form.validate():
        return refused(form, lambda: _sign_in_page(form), 422)
    try:
        token = _check_and_sign_in(form)
    except DomainError as error:
        form.add_error(error, message_of)
        return refused(form, lambda: _sign_in_page(form), error.status)
    if token is None:
        form.general_errors.append(_("Dit e-mailadres en dit wachtwoord horen niet bij elkaar."))
        return refused(form, lambda: _sign_in_page(form), 422)
    session.clear()
    response = make_response(redirect(_next_page(), 303))
    set_session_cookie(response, token)
    return response


@bp.post("/uitloggen")
@public("signing out works with an expired session too")
def sign_out() -> ResponseReturnValue:
    write(_end_current_session)
    session.clear()
    response = make_response(redirect(url_for("sign_in.sign_in"), 303))
    clear_session_cookie(response)
    return response


def _check_and_sign_in(form: SignInForm) -> str | None:
    """Return the token of a new session, or None; the password is checked between two writes."""
    email, address = form.email.data or "", request.remote_addr or ""
    attempt = write(lambda: begin_attempt(email, address=address))
    is_right = passwords.matches(attempt.stored_hash, form.password.data or "")
    return write(lambda: finish_attempt(attempt, is_right=is_right, previous=current_session()))


def _end_current_session() -> None:
    running = current_session()
    if running is not None:
        end_session(running)


def _next_page() -> str:
    target = request.args.get("volgende")
    return target if target and is_own_page(target) else url_for("home.index")


def _sign_in_page(form: SignInForm) -> str:
    return render_template("sign_in/sign_in.html", form=form, demo=_demo_accounts())


def _demo_accounts() -> dict[str, object] | None:
    """Return the demonstration accounts and their password; only the demonstration shows them."""
    if current_app.config["VPT_ENV"] != "demo" or not current_app.config["VPT_SHOW_DEMO_ACCOUNTS"]:
        return None
    from vpt_regio.demo.accounts import ACCOUNTS, PASSWORD

    return {"accounts": ACCOUNTS, "password": PASSWORD}
