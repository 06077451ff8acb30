"""Language of the page: Dutch is the source text, English a complete catalogue."""

from flask import Flask, Response, g, request
from flask_babel import gettext

from vpt_regio.errors import DomainError
from vpt_regio.extensions import babel

LANGUAGES = {"nl": "Nederlands", "en": "English"}
COOKIE = "vpt_taal"


def init_app(app: Flask) -> None:
    babel.init_app(app, locale_selector=current_language)
    app.after_request(_remember_choice)


def current_language() -> str:
    """Return the language asked for in the address, else the one chosen before, else Dutch."""
    if "language" not in g:
        asked = request.args.get("taal") or request.cookies.get(COOKIE, "nl")
        g.language = asked if asked in LANGUAGES else "nl"
    language: str = g.language
    return language


def message_of(error: DomainError) -> str:
    """Return the message of a rule in the language of the page."""
    params = {
        name: gettext(value) if isinstance(value, str) and value else value
        for name, value in error.params.items()
    }
    return gettext(error.message, **params)


def label(text: str, **params: object) -> str:
    """Return a label of the domain in the language of the page; empty stays empty."""
    return gettext(text, **params) if text else ""


def _remember_choice(response: Response) -> Response:
    if request.args.get("taal") in LANGUAGES:
        response.set_cookie(COOKIE, request.args["taal"], max_age=31_536_000, samesite="Lax")
    return response
