"""An expired session loses no typed text: the fields wait on the server for the same person."""

from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from vpt_regio import clock
from vpt_regio.extensions import db
from vpt_regio.models.people import Person, SavedInput
from vpt_regio.services.sessions import hash_token, new_token
from vpt_regio.uow import write

KEPT_FOR = timedelta(minutes=30)
PARAMETER = "bewaard"
LONGEST_NAME = 80
NOT_KEPT = ("csrf_token", "idempotency_key", "password", "new_password", "repeat_password")


def ask_to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page and remember where the person was, and what they typed."""
    page = page_of_request()
    person_id = g.get("expired_person_id")
    if request.method == "POST" and person_id is not None:
        token = write(lambda: _keep_input(person_id))
        page += ("&" if "?" in page else "?") + urlencode({PARAMETER: token})
    return redirect(url_for("sign_in.sign_in", volgende=page), 303)


def page_of_request() -> str:
    """Return the page a person was on: of this request, or the one whose form was sent."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc == request.host:
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return url_for("home.index")


def is_own_page(target: str | None) -> bool:
    """Return whether an address leads to a page of this application, and nowhere else."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and target.isprintable() and "\\" not in target


def saved_fields(person: Person, form_name: str) -> MultiDict[str, str] | None:
    """Return what this person typed in this form before their session expired."""
    token = request.args.get(PARAMETER)
    if request.method != "GET" or not token:
        return None
    saved = db.session.scalar(
        select(SavedInput).where(
            SavedInput.token_hash == hash_token(token),
            SavedInput.person_id == person.id,
            SavedInput.form_name == form_name,
            SavedInput.expires_at > clock.real_now(),
        )
    )
    return MultiDict([(key, value) for key, value in saved.fields]) if saved else None


def _name_of_form() -> str:
    # forms are named after their class; anything else finds no form to return to
    name = request.form.get("form_name", "")
    return name if name.isidentifier() and len(name) <= LONGEST_NAME else ""


def _keep_input(person_id: int) -> str:
    token, token_hash = new_token()
    fields = [[key, value] for key, value in request.form.items(multi=True) if key not in NOT_KEPT]
    db.session.add(
        SavedInput(
            token_hash=token_hash,
            person_id=person_id,
            form_name=_name_of_form(),
            fields=fields,
            expires_at=clock.real_now() + KEPT_FOR,
        )
    )
    return token
