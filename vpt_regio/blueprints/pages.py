"""Pages that belong to the website as such."""

from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from vpt_regio import clock
from vpt_regio.web.authorize import public
from vpt_regio.web.guides import FILES, NAMES, guides_of, read_guide
from vpt_regio.web.session import signed_in_person

bp = Blueprint("pages", __name__)

# RFC 9116: less than a year ahead, so that a forgotten copy tells that it is old
SECURITY_TEXT_HOLDS_FOR = timedelta(days=180)


@bp.get("/toegankelijkheid")
@public("everybody may read how accessible the website is")
def accessibility() -> ResponseReturnValue:
    contact = current_app.config["VPT_SECURITY_CONTACT"].removeprefix("mailto:")
    return render_template("pages/accessibility.html", contact=contact)


@bp.get("/hulp")
@public("who cannot sign in needs help with that")
def help_page() -> ResponseReturnValue:
    """Show the guide for the first role of the person, or the general one."""
    return _guide_page(guides_of(signed_in_person())[0])


@bp.get("/hulp/<name>")
@public("who cannot sign in needs help with that")
def guide(name: str) -> ResponseReturnValue:
    if name not in FILES:
        abort(404)
    return _guide_page(name)


def _guide_page(name: str) -> str:
    own = guides_of(signed_in_person())
    return render_template(
        "pages/help.html",
        guide=read_guide(name),
        name=name,
        names=NAMES,
        shown=own if name in own else [*own, name],
    )


@bp.get("/.well-known/security.txt")
@public("whoever finds a leak must be able to tell us")
def security_text() -> ResponseReturnValue:
    expires = (clock.real_now() + SECURITY_TEXT_HOLDS_FOR).replace(microsecond=0)
    base = current_app.config["VPT_BASE_URL"]
    lines = (
        f"Contact: {current_app.config['VPT_SECURITY_CONTACT']}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {base}{url_for('pages.security_text')}",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
