"""Covenants: the list, the page of one, drafting and signing."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.enums import FUNDING_LABELS, FundingInstrument
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.covenant_clock import CLOCK_SIGNAL_LABELS, clock_signal, days_left
from vpt_regio.domain.rules.covenant_sentence import covenant_sentence
from vpt_regio.domain.workflows.covenants import COVENANT, CovenantStatus
from vpt_regio.forms.covenants import ROWS, CovenantForm, FundingForm, SignForm, StoredDraft
from vpt_regio.models.covenants import Covenant
from vpt_regio.queries.amendments import plan_versions_checked, recorded_signatures
from vpt_regio.queries.covenants import (
    count_with_regions,
    find_covenant,
    get_regions,
    line_of,
    list_covenants,
    list_regions_for_covenant,
    may_be_seen,
    status_of,
)
from vpt_regio.queries.history import list_history
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.covenants import (
    create_covenant,
    edit_covenant,
    record_funding,
    sign_covenant,
)
from vpt_regio.services.transitions import blockers
from vpt_regio.web.amendment_pages import deadline_rows, timeline_of
from vpt_regio.web.authorize import authorize, may
from vpt_regio.web.filters import state_label, state_tone, vague
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label, message_of
from vpt_regio.web.session import current_person

bp = Blueprint("covenants", __name__)


def load_covenant(covenant_id: int) -> Covenant | None:
    return find_covenant(covenant_id)


@bp.get("/convenanten")
@authorize(Permission.COVENANT_VIEW)
def index() -> ResponseReturnValue:
    covenants = list_covenants(current_person())
    running = [c for c in covenants if status_of(c, clock.today()) is CovenantStatus.IN_FORCE]
    return render_template(
        "covenants/index.html",
        rows=[_row(covenant) for covenant in covenants],
        counts=count_with_regions(covenants),
        running=count_with_regions(running),
    )


@bp.get("/convenanten/<int:covenant_id>")
@authorize(Permission.COVENANT_VIEW, load_covenant)
def show(covenant: Covenant) -> ResponseReturnValue:
    if not may_be_seen(covenant, current_person()):
        abort(404)
    today = clock.today()
    status = status_of(covenant, today)
    running = status is CovenantStatus.IN_FORCE
    is_draft = status is CovenantStatus.DRAFT
    return render_template(
        "covenants/show.html",
        covenant=covenant,
        status=status,
        is_draft=is_draft,
        term=_term(covenant, today) if running else None,
        funding=FUNDING_LABELS[covenant.funding],
        is_funding_open=not is_draft and covenant.funding is FundingInstrument.UNKNOWN,
        deadlines=[] if is_draft else deadline_rows(covenant),
        changes=_changes(covenant),
        sentence=covenant_sentence(line_of(covenant, today)),
        entries=in_words(list_history(covenant, *covenant.amendments)),
    )


def _changes(covenant: Covenant) -> list[dict[str, Any]]:
    amendments = covenant.amendments
    return timeline_of(
        covenant,
        with_details=may(Permission.REGION_VIEW_DETAILS, covenant),
        recorders=recorded_signatures(amendments),
        checked=plan_versions_checked([found.sufficiency_check_id for found in amendments]),
    )


@bp.get("/convenanten/nieuw")
@authorize(Permission.COVENANT_MANAGE)
def new() -> ResponseReturnValue:
    return _edit_page(None, make_form(CovenantForm, choices=_choices()))


@bp.post("/convenanten/nieuw")
@authorize(Permission.COVENANT_MANAGE)
def create() -> ResponseReturnValue:
    form = make_form(CovenantForm, choices=_choices())
    return handle(
        form,
        lambda: create_covenant(get_programme(), actor=current_person(), **_values(form)),
        page=lambda: _edit_page(None, form),
        success=lambda covenant: url_for("covenants.show", covenant_id=covenant.id),
        message=_("Het concept is bewaard."),
    )


@bp.get("/convenanten/<int:covenant_id>/bewerken")
@authorize(Permission.COVENANT_MANAGE, load_covenant)
def edit(covenant: Covenant) -> ResponseReturnValue:
    form = make_form(CovenantForm, StoredDraft(covenant), choices=_choices())
    return _edit_page(covenant, form)


@bp.post("/convenanten/<int:covenant_id>/bewerken")
@authorize(Permission.COVENANT_MANAGE, load_covenant)
def save(covenant: Covenant) -> ResponseReturnValue:
    form = make_form(CovenantForm, StoredDraft(covenant), choices=_choices())
    return handle(
        form,
        lambda: edit_covenant(
            covenant,
            actor=current_person(),
            expected_version=form.expected_version,
            **_values(form),
        ),
        page=lambda: _edit_page(covenant, form),
        success=url_for("covenants.show", covenant_id=covenant.id),
        message=_("Het concept is bewaard."),
        obj=StoredDraft(covenant),
    )


@bp.get("/convenanten/<int:covenant_id>/ondertekenen")
@authorize(Permission.COVENANT_SIGN, load_covenant)
def sign(covenant: Covenant) -> ResponseReturnValue:
    return _sign_page(covenant, make_form(SignForm, covenant))


@bp.post("/convenanten/<int:covenant_id>/ondertekenen")
@authorize(Permission.COVENANT_SIGN, load_covenant)
def record_signature(covenant: Covenant) -> ResponseReturnValue:
    form = make_form(SignForm, covenant)
    return handle(
        form,
        lambda: sign_covenant(
            covenant,
            signed_on=form.signed_on.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _sign_page(covenant, form),
        success=url_for("covenants.show", covenant_id=covenant.id),
        message=_("De ondertekening is vastgelegd. Het convenant is van kracht."),
        obj=covenant,
    )


@bp.get("/convenanten/<int:covenant_id>/bekostiging")
@authorize(Permission.COVENANT_MANAGE, load_covenant)
def funding(covenant: Covenant) -> ResponseReturnValue:
    return _funding_page(covenant, _funding_form(covenant))


@bp.post("/convenanten/<int:covenant_id>/bekostiging")
@authorize(Permission.COVENANT_MANAGE, load_covenant)
def save_funding(covenant: Covenant) -> ResponseReturnValue:
    form = _funding_form(covenant)
    return handle(
        form,
        lambda: record_funding(
            covenant,
            funding=FundingInstrument(form.funding.data),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _funding_page(covenant, form),
        success=url_for("covenants.show", covenant_id=covenant.id),
        message=_("Vastgelegd is hoe het geld wordt verstrekt."),
        obj=covenant,
    )


def _funding_form(covenant: Covenant) -> FundingForm:
    return make_form(FundingForm, covenant, choices={"funding": _fundings()})


def _funding_page(covenant: Covenant, form: FundingForm) -> str:
    is_open = covenant.funding is FundingInstrument.UNKNOWN
    return render_template("covenants/funding.html", covenant=covenant, form=form, is_open=is_open)


def _edit_page(covenant: Covenant | None, form: CovenantForm) -> str:
    return render_template(
        "covenants/edit.html",
        covenant=covenant,
        form=form,
        rows=ROWS,
        minister=get_programme().minister_title,
        is_draft=covenant is None or covenant.status is CovenantStatus.DRAFT,
    )


def _sign_page(covenant: Covenant, form: SignForm) -> str:
    problems = blockers(covenant, "sign", workflow=COVENANT, actor=current_person())
    # after a refused form the same reasons stand in its own summary
    missing = [] if form.is_submitted() else [message_of(problem) for problem in problems]
    return render_template("covenants/sign.html", covenant=covenant, form=form, missing=missing)


def _choices() -> dict[str, list[tuple[Any, str]]]:
    regions = list_regions_for_covenant(get_programme().id)
    return {
        "regions": [(region.id, region.name) for region in regions],
        "funding": _fundings(),
    }


def _fundings() -> list[tuple[Any, str]]:
    return [(kind.value, label(text)) for kind, text in FUNDING_LABELS.items()]


def _values(form: CovenantForm) -> dict[str, Any]:
    return {
        "number": form.number.data,
        "title": form.title.data,
        "regions": get_regions(form.regions.data or []),
        "counterparties": form.counterparties(),
        "minister_signatory": form.minister_signatory.data,
        "advance_cents": form.advance_cents.data,
        "min_hours_per_week": form.min_hours_per_week.data,
        "original_end_on": form.original_end_on.data,
        "plan_due_on": form.plan_due_on.data,
        "funding": FundingInstrument(form.funding.data or FundingInstrument.UNKNOWN),
    }


def _row(covenant: Covenant) -> list[Any]:
    status = status_of(covenant, clock.today())
    return [
        {"text": covenant.number, "url": url_for("covenants.show", covenant_id=covenant.id)},
        covenant.title,
        ", ".join(region.name for region in covenant.regions),
        {"text": state_label("covenant", status), "badge": state_tone("covenant", status)},
        vague(covenant.signed),
        vague(covenant.latest_end),
    ]


def _term(covenant: Covenant, today: date) -> dict[str, Any] | None:
    """Return how far the covenant is, or None when one of its dates is not known."""
    start, end = covenant.signed_on, covenant.last_day
    if start is None or end is None:
        return None
    signal = clock_signal(end, today)
    return {
        "left": days_left(end, today),
        "elapsed": (today - start).days,
        "total": (end - start).days,
        "signal": CLOCK_SIGNAL_LABELS[signal] if signal else "",
    }
