"""Language of the page: Dutch is the source text, English a complete catalogue."""

from flask import Flask, Response, g, request
from flask_babel import format_date, gettext

from vpt_regio.domain.fuzzy_date import format_dutch_date, parse_dutch_date
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
    return label(error.message, **error.params)


def label(text: str, /, **params: object) -> str:
    """Return a text of the domain in the language of the page; empty stays empty."""
    values = {
        name: in_language(value) if isinstance(value, str) else value
        for name, value in params.items()
    }
    return gettext(text, **values) if text else ""


def in_language(text: str) -> str:
    """Return a label, or a day such as 1 maart 2012, in the language of the page.

    What is neither stays as it is, such as the words of a source.
    """
    if not text:
        return ""
    try:
        day = parse_dutch_date(text)
    except ValueError:
        return gettext(text)
    return format_date(day, "d MMMM yyyy") if text == format_dutch_date(day) else text


def _remember_choice(response: Response) -> Response:
    if request.args.get("taal") in LANGUAGES:
        response.set_cookie(COOKIE, request.args["taal"], max_age=31_536_000, samesite="Lax")
    return response
