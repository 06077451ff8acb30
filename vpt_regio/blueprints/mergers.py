"""Merging regions: choose, look at what would happen, confirm; and undo it again."""

from datetime import date
from typing import Any, NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import DomainError
from vpt_regio.forms.mergers import ConfirmMergerForm, MergerForm, UndoMergerForm
from vpt_regio.models.regions import Region, RegionMerger
from vpt_regio.queries import mergers as queries
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.mergers import (
    SUCCESSOR_STATES,
    check_merger,
    merge_regions,
    undo_merger,
    undo_refusals,
)
from vpt_regio.web import merger_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import message_of
from vpt_regio.web.session import current_person

bp = Blueprint("mergers", __name__)


class Asked(NamedTuple):
    """The merger that the address asks about."""

    successor: Region
    predecessors: list[Region]
    merged_on: date


def load_merger(merger_id: int) -> RegionMerger | None:
    return queries.get_merger(merger_id)


@bp.get("/regios/samenvoegen")
@authorize(Permission.REGION_MERGE)
def new() -> ResponseReturnValue:
    return _new_page(_new_form())


@bp.post("/regios/samenvoegen")
@authorize(Permission.REGION_MERGE)
def choose() -> ResponseReturnValue:
    """Check the choice and go on to what it would do; nothing is stored yet."""
    form = _new_form()

    def check() -> str:
        [successor] = queries.find_regions(get_programme(), [form.successor.data])
        found = queries.find_regions(get_programme(), form.predecessors.data or [])
        check_merger(successor, found, merged_on=form.merged_on.data, actor=current_person())
        return url_for(
            "mergers.preview",
            opvolger=successor.code,
            regio=[region.code for region in found],
            dag=form.merged_on.data.isoformat(),
        )

    return handle(form, check, page=lambda: _new_page(form), success=lambda url: url)


@bp.get("/regios/samenvoegen/controle")
@authorize(Permission.REGION_MERGE)
def preview() -> ResponseReturnValue:
    asked = _asked()
    if asked is None:
        return redirect(url_for("mergers.new"))
    return _preview_page(asked, make_form(ConfirmMergerForm))


@bp.post("/regios/samenvoegen/controle")
@authorize(Permission.REGION_MERGE)
def merge() -> ResponseReturnValue:
    asked = _asked()
    if asked is None:
        return redirect(url_for("mergers.new"), 303)
    form = make_form(ConfirmMergerForm)
    return handle(
        form,
        lambda: merge_regions(
            asked.successor,
            asked.predecessors,
            merged_on=asked.merged_on,
            reason=form.reason.data,
            actor=current_person(),
        ),
        page=lambda: _preview_page(asked, form),
        success=lambda merger: url_for("mergers.show", merger_id=merger.id),
        message=_("De regio's zijn samengevoegd."),
    )


@bp.get("/samenvoegingen/<int:merger_id>")
@authorize(Permission.REGION_VIEW, load_merger)
def show(merger: RegionMerger) -> ResponseReturnValue:
    return render_template(
        "mergers/show.html",
        merger=merger,
        predecessors=queries.codes_of(merger),
        headers=pages.report_headers(pages.stored_names(merger)),
        tables=pages.stored_tables(merger),
    )


@bp.get("/samenvoegingen/<int:merger_id>/ongedaan-maken")
@authorize(Permission.REGION_MERGE, load_merger)
def undoing(merger: RegionMerger) -> ResponseReturnValue:
    return _undo_page(merger, make_form(UndoMergerForm))


@bp.post("/samenvoegingen/<int:merger_id>/ongedaan-maken")
@authorize(Permission.REGION_MERGE, load_merger)
def undo(merger: RegionMerger) -> ResponseReturnValue:
    form = make_form(UndoMergerForm)
    return handle(
        form,
        lambda: undo_merger(merger, reason=form.reason.data, actor=current_person()),
        page=lambda: _undo_page(merger, form),
        success=url_for("mergers.show", merger_id=merger.id),
        message=_("De samenvoeging is ongedaan gemaakt."),
    )


def _new_form() -> MergerForm:
    programme = get_programme()
    successors = queries.list_candidates(programme, *SUCCESSOR_STATES)
    active = queries.list_candidates(programme, RegionStatus.ACTIVE)
    choices: dict[str, list[tuple[Any, str]]] = {
        "successor": [("", _("Kies een regio")), *((r.code, r.name) for r in successors)],
        "predecessors": [(region.code, region.name) for region in active],
    }
    return make_form(MergerForm, choices=choices)


def _asked() -> Asked | None:
    """Return what the address asks about; None when it is not complete or cannot be."""
    try:
        merged_on = date.fromisoformat(request.args.get("dag", ""))
    except ValueError:
        return None
    programme = get_programme()
    successors = queries.find_regions(programme, [request.args.get("opvolger", "")])
    predecessors = queries.find_regions(programme, request.args.getlist("regio"))
    if not successors:
        return None
    return Asked(successors[0], predecessors, merged_on)


def _new_page(form: MergerForm) -> str:
    return render_template("mergers/new.html", form=form)


def _preview_page(asked: Asked, form: ConfirmMergerForm) -> str:
    person = current_person()
    regions = [asked.successor, *asked.predecessors]
    problems = []
    try:
        check_merger(asked.successor, asked.predecessors, merged_on=asked.merged_on, actor=person)
    except DomainError as error:
        problems = [message_of(one) for one in getattr(error, "errors", [error])]
    found = None
    if not problems:
        found = queries.preview_merger(
            asked.successor, asked.predecessors, merged_on=asked.merged_on
        )
    return render_template(
        "mergers/preview.html",
        asked=asked,
        form=form,
        problems=problems,
        headers=pages.report_headers(region.name for region in regions),
        tables=pages.preview_tables(found.rows if found else [], regions),
        is_equal=bool(found and all(row.is_equal for row in found.rows)),
        access=pages.access_rows(found.access) if found else [],
    )


def _undo_page(merger: RegionMerger, form: UndoMergerForm) -> str:
    problems = [message_of(error) for error in undo_refusals(merger, actor=current_person())]
    found = None if problems else queries.preview_undo(merger)
    regions = [merger.successor, *merger.predecessors]
    return render_template(
        "mergers/undo.html",
        merger=merger,
        form=form,
        problems=problems,
        headers=pages.report_headers(region.name for region in regions),
        tables=pages.preview_tables(found.rows if found else [], regions, after=True),
        since=pages.since_rows(queries.recorded_since(merger)),
        access=pages.access_rows(found.access) if found else [],
        today=clock.today(),
    )
