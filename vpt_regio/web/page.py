"""What every page knows: who is signed in, the menu, the language, the banner of the demo."""

from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import format_date, gettext

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.models.holds import Hold
from vpt_regio.queries.holds import holds_about
from vpt_regio.web.addresses import same_page
from vpt_regio.web.authorize import may
from vpt_regio.web.i18n import LANGUAGES, current_language
from vpt_regio.web.link_holder import current_visit
from vpt_regio.web.navigation import menu
from vpt_regio.web.session import signed_in_person


def init_app(app: Flask) -> None:
    app.context_processor(_context)
    # macros are imported without the context of the page
    app.add_template_global(may)
    app.add_template_global(Permission, "Permission")
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _context() -> dict[str, Any]:
    return {
        "current_person": signed_in_person(),
        "current_locale": current_language(),
        "demo_banner": _demo_banner(),
        "holds_here": _holds_here,
        "languages": LANGUAGES,
        "language_url": _language_url,
        "navigation": menu(),
        "today": clock.today(),
    }


def _holds_here() -> list[Hold]:
    """Return the holds that the record of this page stands under."""
    subject = g.get("page_subject")
    return holds_about(subject) if subject is not None else []


def _demo_banner() -> str:
    day = current_app.config["VPT_TODAY"]
    if day is None:
        return ""
    return gettext(
        "Dit is een demonstratie. Het is hier %(day)s. De gegevens zijn deels verzonnen.",
        day=format_date(day, "d MMMM yyyy"),
    )


def _language_url(language: str) -> str:
    """Return the address of this same page in another language."""
    if request.endpoint is None or request.method != "GET":
        visit = current_visit()
        if visit is not None:
            return url_for("applicant.show", token=visit.token, taal=language)
        return url_for("home.index", taal=language)
    return same_page(request.endpoint, taal=language)
