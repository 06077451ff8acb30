"""The lists of the programme: their versions side by side, a new one, another entry."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.lists import NEW_ROWS, CorrectionForm, EntryForm, VersionForm, version_form
from vpt_regio.queries.lists import ProgrammeList, all_lists, find_list
from vpt_regio.services import lists as services
from vpt_regio.web import list_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("lists", __name__)


def load_list(list_name: str, **_parts: Any) -> ProgrammeList | None:
    return find_list(list_name)


@bp.get("/beheer/lijsten")
@authorize(Permission.LIST_VIEW)
def index() -> ResponseReturnValue:
    return render_template("lists/index.html", rows=pages.overview_rows(all_lists(), clock.today()))


@bp.get("/beheer/lijsten/<list_name>")
@authorize(Permission.LIST_VIEW, load_list)
def show(shown: ProgrammeList) -> ResponseReturnValue:
    return render_template(
        "lists/show.html",
        shown=shown,
        versions=pages.version_rows(shown, clock.today()),
        headers=pages.comparison_headers(shown),
        lines=pages.comparison_rows(shown),
        uses=pages.use_rows(shown),
        entries=pages.history_of(shown),
    )


@bp.get("/beheer/lijsten/<list_name>/nieuwe-versie")
@authorize(Permission.LIST_MANAGE, load_list)
def new_version(shown: ProgrammeList) -> ResponseReturnValue:
    return _version_page(shown, _version_form(shown))


@bp.post("/beheer/lijsten/<list_name>/nieuwe-versie")
@authorize(Permission.LIST_MANAGE, load_list)
def start_version(shown: ProgrammeList) -> ResponseReturnValue:
    form = _version_form(shown)
    return handle(
        form,
        lambda: services.start_version(
            shown,
            list_version=form.list_version.data,
            starts_on=form.starts_on.data,
            kept=form.kept(_present(shown)),
            added=form.added(),
            source=form.source.data,
            actor=current_person(),
        ),
        page=lambda: _version_page(shown, form),
        success=url_for("lists.show", list_name=shown.kind.name),
        message=_("De nieuwe versie is gemaakt."),
    )


@bp.get("/beheer/lijsten/<list_name>/onderdelen/nieuw")
@authorize(Permission.LIST_MANAGE, load_list)
def new_entry(shown: ProgrammeList) -> ResponseReturnValue:
    return _new_entry_page(shown, make_form(EntryForm, data={"starts_on": clock.today()}))


@bp.post("/beheer/lijsten/<list_name>/onderdelen/nieuw")
@authorize(Permission.LIST_MANAGE, load_list)
def add_entry(shown: ProgrammeList) -> ResponseReturnValue:
    form = make_form(EntryForm)
    return handle(
        form,
        lambda: services.add_entry(
            shown,
            code=form.code.data,
            name=form.name.data,
            short_name=form.short_name.data,
            starts_on=form.starts_on.data,
            source=form.source.data,
            actor=current_person(),
        ),
        page=lambda: _new_entry_page(shown, form),
        success=url_for("lists.show", list_name=shown.kind.name),
        message=_("Het onderdeel is toegevoegd."),
    )


@bp.get("/beheer/lijsten/<list_name>/onderdelen/<int:item_id>/wijzigen")
@authorize(Permission.LIST_MANAGE, load_list)
def edit_entry(shown: ProgrammeList) -> ResponseReturnValue:
    entry = _entry(shown)
    return _edit_page(shown, entry, make_form(CorrectionForm, services.entry_part(entry)))


@bp.post("/beheer/lijsten/<list_name>/onderdelen/<int:item_id>/wijzigen")
@authorize(Permission.LIST_MANAGE, load_list)
def correct_entry(shown: ProgrammeList) -> ResponseReturnValue:
    entry = _entry(shown)
    part = services.entry_part(entry)
    form = make_form(CorrectionForm, part)
    return handle(
        form,
        lambda: services.correct_entry(
            shown,
            entry=entry,
            name=form.name.data,
            short_name=form.short_name.data,
            reason=form.reason.data,
            expected_version=form.expected_version,
            actor=current_person(),
        ),
        page=lambda: _edit_page(shown, entry, form),
        success=url_for("lists.show", list_name=shown.kind.name),
        message=_("De tekst is verbeterd."),
        obj=part,
    )


def _present(shown: ProgrammeList) -> tuple[Any, ...]:
    return shown.last.entries if shown.last else ()


def _entry(shown: ProgrammeList) -> Any:
    return shown.entry((request.view_args or {})["item_id"]) or abort(404)


def _version_form(shown: ProgrammeList) -> VersionForm:
    kind = version_form(_present(shown), has_short_names=shown.kind.has_short_names)
    return make_form(kind)


def _version_page(shown: ProgrammeList, form: VersionForm) -> str:
    return render_template(
        "lists/new_version.html",
        shown=shown,
        form=form,
        present=_present(shown),
        new_rows=NEW_ROWS,
    )


def _new_entry_page(shown: ProgrammeList, form: EntryForm) -> str:
    return render_template("lists/new_entry.html", shown=shown, form=form)


def _edit_page(shown: ProgrammeList, entry: Any, form: CorrectionForm) -> str:
    return render_template("lists/edit_entry.html", shown=shown, entry=entry, form=form)
