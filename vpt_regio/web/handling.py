"""The way of every form: fill, check the shape, run the use case, redirect; or show it again.

Whatever goes wrong, the page comes back with what was typed and with every message.
"""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from flask import abort, flash, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import format_time, gettext
from sqlalchemy import inspect, select
from sqlalchemy.orm import InstanceState
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from vpt_regio import clock
from vpt_regio.errors import Conflict, DomainError, NotAllowed, OnHold
from vpt_regio.extensions import db
from vpt_regio.forms.base import AppForm
from vpt_regio.models.people import IdempotencyKey
from vpt_regio.uow import write
from vpt_regio.web.conflicts import TAKE_THEIRS, show_differences
from vpt_regio.web.expired import saved_fields
from vpt_regio.web.i18n import message_of
from vpt_regio.web.link_holder import current_visit, require_living_link
from vpt_regio.web.session import signed_in_person

FormType = TypeVar("FormType", bound=AppForm)
Page = Callable[[], str]


def make_form(
    form_type: type[FormType],
    obj: Any = None,
    *,
    choices: dict[str, list[tuple[Any, str]]] | None = None,
    data: dict[str, Any] | None = None,
) -> FormType:
    """Return a form: with what was sent, or with what was kept, or with the record's values.

    `choices` are the options of its select fields by name; `data` overrules the record.
    A form that another form of the same page was sent for is not filled from the request.
    """
    # a page with a link is for its holder, whoever is signed in besides
    person = signed_in_person() if current_visit() is None else None
    kept = saved_fields(person, form_type.__name__) if person else None
    is_sent = request.method == "POST" and request.form.get("form_name") in (
        None,
        "",
        form_type.__name__,
    )
    source = _without_idle_spaces(request.form) if is_sent else kept
    form = form_type(formdata=source, obj=obj, data=data)
    for name, options in (choices or {}).items():
        field: Any = form[name]
        field.choices = [SelectChoice(value, text) for value, text in options]
    if obj is not None and not is_sent and getattr(obj, "version", None) is not None:
        form.version.data = str(obj.version)
    if kept is not None:
        flash(gettext("Uw sessie was verlopen. Wat u had getypt, staat nog in het formulier."))
    return form


def _without_idle_spaces(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what was sent, with nothing in place of only spaces: for choices as for text."""
    pairs = sent.items(multi=True)
    return MultiDict([(name, "" if text.isspace() else text) for name, text in pairs])


def handle(
    form: AppForm,
    work: Callable[[], Any],
    *,
    page: Page,
    success: str | Callable[[Any], str],
    message: str | None = None,
    obj: Any = None,
) -> ResponseReturnValue:
    """Run a use case for a sent form.

    `page` renders the page again with the form in it; `success` is where to go, or a function of
    the result; `message` is the confirmation (already translated); `obj` is the stored record,
    to be shown beside what was typed when somebody else changed it.
    """
    if request.form.get("conflict") == TAKE_THEIRS:
        return _left_as_it_is(success, obj)
    if not form.validate():
        return refused(form, page, 422)
    key = _key_of_sending()
    done = _already_done(key)
    if done:
        return _handled_before(done)
    try:
        url = write(lambda: _once(key, work, success))
    except (DomainError, NotFound) as error:
        # the same form may have been sent twice at once: then the other one did the work
        done = _already_done(key)
        if done:
            return _handled_before(done)
        if isinstance(error, NotFound) or _is_gone():
            abort(404)
        # a hold passes: what was typed stays in the form
        if isinstance(error, NotAllowed) and not isinstance(error, OnHold):
            raise
        return _refused_by_rule(form, error, page, obj)
    return _done(url, message, obj)


def _left_as_it_is(success: str | Callable[[Any], str], obj: Any) -> ResponseReturnValue:
    """Answer somebody who saw what another person saved, and lets that stand."""
    flash(gettext("De tekst van de ander blijft staan. Uw eigen tekst is niet bewaard."), "ok")
    if isinstance(success, str):
        return redirect(success, 303)
    return redirect(success(obj) if obj is not None else request.path, 303)


def _handled_before(url: str) -> ResponseReturnValue:
    flash(gettext("U had dit formulier al verstuurd. Het is één keer verwerkt."), "ok")
    return redirect(url, 303)


def _refused_by_rule(
    form: AppForm, error: DomainError, page: Page, obj: Any
) -> ResponseReturnValue:
    form.add_error(error, message_of)
    if isinstance(error, Conflict) and obj is not None:
        show_differences(form, obj)
    return refused(form, page, error.status)


def refused(form: AppForm, page: Page, status: int) -> ResponseReturnValue:
    """Return the page again with its messages (as JSON when a script saved in between)."""
    if wants_json():
        first = form.general_errors + [text for texts in form.errors.values() for text in texts]
        return jsonify(message=first[0] if first else ""), status
    return page(), status


def wants_json() -> bool:
    """Return whether a script saves in between, as opposed to a person sending the form."""
    return request.accept_mimetypes.best == "application/json"


def _once(key: str | None, work: Callable[[], Any], success: str | Callable[[Any], str]) -> str:
    if _is_gone():
        abort(404)
    require_living_link()
    result = work()
    url = success if isinstance(success, str) else success(result)
    if key is not None:
        visit = current_visit()
        kept = visit.conceal(url) if visit else url
        db.session.add(IdempotencyKey(person_id=_keeper_id(), key=key, url=kept))
    return url


def _keeper_id() -> int | None:
    """Return with which person it is kept that a form was handled; None when nobody is known.

    Whoever holds a link has no account: theirs is kept with who made the link. The key covers the
    address, and with it the token, so that it is the key of nobody else.
    """
    visit = current_visit()
    if visit is not None:
        return visit.link.made_by_id
    person = signed_in_person()
    return person.id if person is not None else None


def _is_gone() -> bool:
    """Return whether the record of this page was removed since it was looked up."""
    state = inspect(g.get("page_subject"), raiseerr=False)
    if not isinstance(state, InstanceState) or state.identity is None:
        return False
    return db.session.get(state.class_, state.identity) is None


def _key_of_sending() -> str | None:
    """Return what tells this sending of a form from any other; None when none is kept.

    It covers what was typed: whoever goes back, changes something and sends it again means
    something new, although the page (and its key) is the same.
    """
    if _keeper_id() is None or not request.form.get("idempotency_key") or wants_json():
        return None
    fields = sorted(pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token")
    return hashlib.sha256(repr((request.path, fields)).encode()).hexdigest()


def _already_done(key: str | None) -> str | None:
    """Return where the same form led to when it was handled before."""
    if key is None:
        return None
    kept = db.session.scalar(
        select(IdempotencyKey.url).where(
            IdempotencyKey.person_id == _keeper_id(), IdempotencyKey.key == key
        )
    )
    visit = current_visit()
    return visit.reveal(kept) if visit and kept else kept


def _done(url: str, message: str | None, obj: Any) -> ResponseReturnValue:
    if wants_json():
        return jsonify(
            saved_at=format_time(clock.now(), "HH:mm"), version=getattr(obj, "version", None)
        )
    if message:
        flash(message, "ok")
    return redirect(url, 303)
