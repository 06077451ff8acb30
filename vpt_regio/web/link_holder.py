"""Pages for whoever holds the link of an applicant: from the token in the address to an actor.

Nobody is signed in on such a page. The token is a secret that stands in the address: pages with a
token in it tell other places their origin only (`security`), and nothing stores or logs it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import g, request
from flask.typing import ResponseReturnValue

from vpt_regio.models.applications import ApplicantLink, SubsidyApplication
from vpt_regio.policies import LinkHolder
from vpt_regio.services.applicant_links import (
    LinkGone,
    count_wrong_token,
    find_applicant_link,
    holder_of,
    require_link,
)
from vpt_regio.uow import write

TOKEN_PLACE = "{token}"  # noqa: S105 - what is stored in the place of a token

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True, repr=False)
class LinkVisit:
    """One request by a link: `holder` is who acts, in every service and policy."""

    token: str
    link: ApplicantLink
    holder: LinkHolder

    @property
    def application(self) -> SubsidyApplication:
        return self.link.application

    def conceal(self, url: str) -> str:
        """Return an address as it may be stored: without the token."""
        return url.replace(self.token, TOKEN_PLACE)

    def reveal(self, url: str) -> str:
        """Return the address of what was stored."""
        return url.replace(TOKEN_PLACE, self.token)


def with_link(view: View) -> View:
    """Give a view with a `<token>` in its address the visit in place of the token.

    Below `@public`, which says why. A token that leads nowhere raises LinkGone, and many of them
    from one address TooManyAttempts; why it leads nowhere is not told.
    """

    @wraps(view)
    def visited(token: str, **parts: Any) -> ResponseReturnValue:
        link = find_applicant_link(token)
        if link is None:
            write(lambda: count_wrong_token(request.remote_addr or ""))
            raise LinkGone
        g.link_visit = LinkVisit(token=token, link=link, holder=holder_of(link))
        return view(g.link_visit, **parts)

    return visited


def current_visit() -> LinkVisit | None:
    """Return the visit of this request; None on any other page."""
    visit: LinkVisit | None = g.get("link_visit")
    return visit


def require_living_link() -> None:
    """Raise LinkGone when the link of this request ended since it was looked up.

    For within a unit of work, so that nothing is changed by a link that was just taken away.
    """
    visit = current_visit()
    if visit is not None:
        require_link(visit.token)
