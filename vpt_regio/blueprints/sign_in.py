"""Signing in and out, passwords, and one-time links.

Passwords are hashed and compared between two short writes, never inside one.
"""

from collections.abc import Callable

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.errors import DomainError, Invalid, raise_all
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.sign_in import ChangePasswordForm, ForgotForm, NewPasswordForm, SignInForm
from vpt_regio.services import one_time_links, passwords
from vpt_regio.services import sign_in as signing_in
from vpt_regio.uow import write
from vpt_regio.web.authorize import authorize, public
from vpt_regio.web.expired import is_own_page
from vpt_regio.web.handling import Page, make_form, refused
from vpt_regio.web.i18n import message_of
from vpt_regio.web.links import one_time_link
from vpt_regio.web.session import (
    clear_session_cookie,
    current_person,
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
    return _answer(form, lambda: _sign_in(form), page=lambda: _sign_in_page(form))


@bp.post("/uitloggen")
@public("signing out works with an expired session too")
def sign_out() -> ResponseReturnValue:
    write(_end_current_session)
    session.clear()
    response = make_response(redirect(url_for("sign_in.sign_in"), 303))
    clear_session_cookie(response)
    return response


@bp.get("/wachtwoord")
@authorize(Permission.PROFILE_EDIT)
def change_password() -> ResponseReturnValue:
    return _password_page(make_form(ChangePasswordForm))


@bp.post("/wachtwoord")
@authorize(Permission.PROFILE_EDIT)
def save_password() -> ResponseReturnValue:
    form = make_form(ChangePasswordForm)
    return _answer(form, lambda: _change_password(form), page=lambda: _password_page(form))


@bp.get("/wachtwoord-vergeten")
@public("whoever forgot the password cannot sign in")
def forgot() -> ResponseReturnValue:
    return _forgot_page(make_form(ForgotForm))


@bp.post("/wachtwoord-vergeten")
@public("whoever forgot the password cannot sign in")
def request_link() -> ResponseReturnValue:
    form = make_form(ForgotForm)
    return _answer(form, lambda: _request_link(form), page=lambda: _forgot_page(form))


@bp.get("/eenmalig/<token>")
@public("the link itself is the proof")
def use_link(token: str) -> ResponseReturnValue:
    if one_time_links.find_link(token) is None:
        return render_template("sign_in/link_spent.html"), 410
    return _link_page(make_form(NewPasswordForm))


@bp.post("/eenmalig/<token>")
@public("the link itself is the proof")
def set_password(token: str) -> ResponseReturnValue:
    if one_time_links.find_link(token) is None:
        return render_template("sign_in/link_spent.html"), 410
    form = make_form(NewPasswordForm)
    return _answer(form, lambda: _set_password(form, token), page=lambda: _link_page(form))


def _answer(
    form: AppForm, work: Callable[[], ResponseReturnValue], *, page: Page
) -> ResponseReturnValue:
    """Return what the work answers, or the page again with its messages."""
    if not form.validate():
        return refused(form, page, 422)
    try:
        return work()
    except DomainError as error:
        form.add_error(error, message_of)
        return refused(form, page, error.status)


def _sign_in(form: SignInForm) -> ResponseReturnValue:
    attempt = _begin(form.email.data or "")
    is_right = passwords.matches(attempt.stored_hash, form.password.data or "")
    token = write(
        lambda: signing_in.finish_attempt(attempt, is_right=is_right, previous=current_session())
    )
    if token is None:
        raise Invalid(signing_in.NO_MATCH)
    return _with_new_session(_next_page(), token)


def _change_password(form: ChangePasswordForm) -> ResponseReturnValue:
    attempt = _begin(current_person().email)
    if not passwords.matches(attempt.stored_hash, form.password.data or ""):
        raise Invalid(signing_in.WRONG_PASSWORD, field="password")
    person, new = current_person(), form.new_password.data or ""
    raise_all(passwords.problems(new, name=person.name, email=person.email))
    password_hash = passwords.hash_password(new)
    token = write(lambda: signing_in.change_password(attempt, password_hash=password_hash))
    response = _with_new_session(url_for("people.profile"), token)
    flash(_("Uw wachtwoord is gewijzigd. Op andere apparaten bent u uitgelogd."), "ok")
    return response


def _request_link(form: ForgotForm) -> ResponseReturnValue:
    email, address = form.email.data or "", request.remote_addr or ""
    write(lambda: one_time_links.request_link(email, address=address, link_to=one_time_link))
    flash(
        _("Als dit e-mailadres bij ons bekend is, hebt u zo een e-mail met een link."),
        "ok",
    )
    return redirect(url_for("sign_in.sign_in"), 303)


def _set_password(form: NewPasswordForm, token: str) -> ResponseReturnValue:
    link, new = one_time_links.find_link(token), form.new_password.data or ""
    if link is not None:
        raise_all(passwords.problems(new, name=link.person.name, email=link.person.email))
    password_hash = passwords.hash_password(new)
    write(lambda: one_time_links.use_link(token, password_hash=password_hash))
    flash(_("Uw wachtwoord is opgeslagen. U kunt nu inloggen."), "ok")
    return redirect(url_for("sign_in.sign_in"), 303)


def _begin(email: str) -> signing_in.Attempt:
    address = request.remote_addr or ""
    return write(lambda: signing_in.begin_attempt(email, address=address))


def _with_new_session(url: str, token: str) -> ResponseReturnValue:
    """Return the way to a page with a new session, and nothing left of the one before."""
    session.clear()
    response = make_response(redirect(url, 303))
    set_session_cookie(response, token)
    return response


def _end_current_session() -> None:
    running = current_session()
    if running is not None:
        signing_in.sign_out(running)


def _next_page() -> str:
    target = request.args.get("volgende")
    return target if target and is_own_page(target) else url_for("home.index")


def _sign_in_page(form: SignInForm) -> str:
    return render_template("sign_in/sign_in.html", form=form, demo=_demo_accounts())


def _password_page(form: ChangePasswordForm) -> str:
    return render_template("sign_in/change_password.html", form=form)


def _forgot_page(form: ForgotForm) -> str:
    return render_template("sign_in/forgot.html", form=form)


def _link_page(form: NewPasswordForm) -> str:
    return render_template("sign_in/use_link.html", form=form)


def _demo_accounts() -> dict[str, object] | None:
    """Return the demonstration accounts and their password; only the demonstration shows them."""
    if current_app.config["VPT_ENV"] != "demo" or not current_app.config["VPT_SHOW_DEMO_ACCOUNTS"]:
        return None
    from vpt_regio.demo.accounts import ACCOUNTS, PASSWORD

    return {"accounts": ACCOUNTS, "password": PASSWORD}
