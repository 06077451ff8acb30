"""Who is signed in: from the token in the cookie to a person, and back."""

from typing import Any

from flask import Flask, Request, Response, current_app, g, request
from flask_login import current_user

from vpt_regio.extensions import db, login_manager
from vpt_regio.models.people import Person, UserSession
from vpt_regio.services import sessions
from vpt_regio.uow import write


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
    login_manager.request_loader(_load_person)


def signed_in_person() -> Person | None:
    """Return who is signed in, or None."""
    user: Any = current_user
    return user._get_current_object() if user and user.is_authenticated else None


def current_person() -> Person:
    """Return who is signed in; only for views that ask for a permission."""
    person = signed_in_person()
    if person is None:
        raise RuntimeError("nobody is signed in: this view must ask for a permission")
    return person


def current_session() -> UserSession | None:
    """Return the session of this request, alive or not."""
    token = request.cookies.get(cookie_name())
    return sessions.find_session(token) if token else None


def cookie_name() -> str:
    return "__Host-vpt_session" if current_app.config["VPT_SECURE_COOKIES"] else "vpt_session"


def set_session_cookie(response: Response, token: str) -> None:
    response.set_cookie(
        cookie_name(),
        token,
        max_age=int(sessions.ABSOLUTE_LIMIT.total_seconds()),
        secure=current_app.config["VPT_SECURE_COOKIES"],
        httponly=True,
        samesite="Lax",
        path="/",
    )


def clear_session_cookie(response: Response) -> None:
    response.delete_cookie(
        cookie_name(),
        secure=current_app.config["VPT_SECURE_COOKIES"],
        httponly=True,
        samesite="Lax",
        path="/",
    )


def _load_person(_request: Request) -> Person | None:
    session = current_session()
    if session is None:
        return None
    if not sessions.is_alive(session):
        # the form handler keeps what this person typed until they are back
        g.expired_person_id = session.person_id
        return None
    if sessions.needs_touch(session):
        session_id = session.id
        write(lambda: _touch(session_id))
    return session.person


def _touch(session_id: int) -> None:
    session = db.session.get(UserSession, session_id)
    if session is not None:
        sessions.touch(session)
