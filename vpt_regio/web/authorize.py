"""Deny by default: every view declares its permission, or says why it is public.

A record outside what a person may see answers 404; a known record without the right answers 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, g
from flask.typing import ResponseReturnValue

from vpt_regio import policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.web.expired import ask_to_sign_in
from vpt_regio.web.session import current_person, signed_in_person

View = TypeVar("View", bound=Callable[..., Any])
Loader = Callable[..., Any]


def public(reason: str) -> Callable[[View], View]:
    """Declare a view that needs nobody signed in, and why."""

    def decorate(view: View) -> View:
        view.vpt_public = reason  # type: ignore[attr-defined]
        return view

    return decorate


def authorize(
    permission: Permission, load: Loader | None = None
) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
    """Declare the permission of a view; `load` turns the parts of its address into its subject.

    The view gets the subject in place of those parts. A loader returns None for "not found".
    """

    def decorate(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def guarded(**parts: Any) -> ResponseReturnValue:
            if signed_in_person() is None:
                return ask_to_sign_in()
            subject = load(**parts) if load else None
            check(permission, subject, is_expected=load is not None)
            g.page_subject = subject
            return view(subject) if load else view(**parts)

        guarded.vpt_permission = permission  # type: ignore[attr-defined]
        guarded.vpt_loader = load  # type: ignore[attr-defined]
        return guarded

    return decorate


def check(permission: Permission, subject: Any, *, is_expected: bool = True) -> None:
    """Abort with 404 or 403 unless the person who is signed in has the permission."""
    person = current_person()
    if is_expected and (subject is None or not policies.can_see(person, subject)):
        abort(404)
    policies.require(person, permission, subject)


def may(permission: Permission, subject: Any = None) -> bool:
    """Return whether the person who is signed in has a permission: for buttons and menus."""
    person = signed_in_person()
    return person is not None and bool(policies.can(person, permission, subject))


def refuse_undeclared(app: Flask) -> None:
    """Stop the start of an application with a view that declares nothing."""
    undeclared = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if not hasattr(view, "vpt_permission") and not hasattr(view, "vpt_public")
    ]
    if undeclared:
        raise RuntimeError(f"views without a declared permission: {', '.join(undeclared)}")
