"""Figure sets: all of them, one of them, and how its rows and columns are laid out."""

from datetime import date
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.indicator_codes import UNIT_LABELS, ChangeKind, Unit
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.indicators import CHANGE_RULES
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.figures import AsOfForm, NewSetForm, SetForm, StoredSet, set_form
from vpt_regio.models.figures import FigureSet
from vpt_regio.queries import figures as queries
from vpt_regio.queries.history import list_history
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import figures as services
from vpt_regio.web import figure_forms, figure_pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

bp = Blueprint("figures", __name__)


def load_set(set_code: str) -> FigureSet | None:
    return queries.get_set(set_code)


@bp.get("/cijfers")
@authorize(Permission.FIGURE_VIEW)
def index() -> ResponseReturnValue:
    tables = queries.figure_tables(get_programme(), as_of=clock.today())
    return render_template(
        "figures/index.html",
        rows=figure_pages.set_rows(tables, queries.checks_over(tables)),
    )


@bp.get("/cijfers/nieuw")
@authorize(Permission.FIGURE_DEFINE)
def new() -> ResponseReturnValue:
    return _new_page(_new_form())


@bp.post("/cijfers/nieuw")
@authorize(Permission.FIGURE_DEFINE)
def create() -> ResponseReturnValue:
    form = _new_form()
    return handle(
        form,
        lambda: services.create_set(
            get_programme(),
            code=form.code.data,
            unit=Unit(form.unit.data),
            categories=figure_forms.new_categories(form),
            periods=figure_forms.new_periods(form),
            actor=current_person(),
            **figure_forms.set_values(form),
        ),
        page=lambda: _new_page(form),
        success=lambda made: url_for("figures.show", set_code=made.code),
        message=_("De cijferreeks is toegevoegd."),
    )


@bp.get("/cijfers/<set_code>")
@authorize(Permission.FIGURE_VIEW, load_set)
def show(figure_set: FigureSet) -> ResponseReturnValue:
    form = AsOfForm(formdata=request.args)
    asked: date | None = form.per.data if form.validate() else None
    return _show_page(figure_set, form, asked or clock.today())


@bp.get("/cijfers/<set_code>/bewerken")
@authorize(Permission.FIGURE_DEFINE, load_set)
def edit(figure_set: FigureSet) -> ResponseReturnValue:
    return _edit_page(figure_set, _set_form(figure_set))


@bp.post("/cijfers/<set_code>/bewerken")
@authorize(Permission.FIGURE_DEFINE, load_set)
def save(figure_set: FigureSet) -> ResponseReturnValue:
    form = _set_form(figure_set)
    return handle(
        form,
        lambda: services.change_set(
            figure_set,
            categories=figure_forms.categories(form, figure_set),
            periods=figure_forms.periods(form, figure_set),
            actor=current_person(),
            expected_version=form.expected_version,
            **figure_forms.set_values(form),
        ),
        page=lambda: _edit_page(figure_set, form),
        success=url_for("figures.show", set_code=figure_set.code),
        message=_("De cijferreeks is opgeslagen."),
        obj=StoredSet(figure_set),
    )


@bp.post("/cijfers/<set_code>/stoppen")
@authorize(Permission.FIGURE_DEFINE, load_set)
def stop(figure_set: FigureSet) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: services.retire_set(figure_set, actor=current_person()),
        page=lambda: _edit_page(figure_set, _set_form(figure_set), form),
        success=url_for("figures.show", set_code=figure_set.code),
        message=_("De cijferreeks is gestopt. Wat er staat, blijft staan."),
    )


@bp.post("/cijfers/<set_code>/heropenen")
@authorize(Permission.FIGURE_DEFINE, load_set)
def take_up(figure_set: FigureSet) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: services.take_up_set(figure_set, actor=current_person()),
        page=lambda: _edit_page(figure_set, _set_form(figure_set), form),
        success=url_for("figures.show", set_code=figure_set.code),
        message=_("De cijferreeks is weer open."),
    )


def _new_form() -> NewSetForm:
    units = [(unit.value, label(text)) for unit, text in UNIT_LABELS.items()]
    choices: dict[str, list[tuple[Any, str]]] = {"unit": units}
    return make_form(NewSetForm, choices=choices, data={"decimals": 0})


def _set_form(figure_set: FigureSet) -> SetForm:
    form_type = set_form(figure_set, queries.used_places(figure_set))
    choices = figure_forms.part_of_choices(figure_set)
    return make_form(form_type, StoredSet(figure_set), choices=choices)


def _new_page(form: NewSetForm) -> str:
    return render_template("figures/new.html", form=form)


def _edit_page(figure_set: FigureSet, form: SetForm, action: AppForm | None = None) -> str:
    return render_template(
        "figures/edit.html",
        figure_set=figure_set,
        form=form,
        action=action or make_form(AppForm),
        unit_labels=UNIT_LABELS,
    )


def _show_page(figure_set: FigureSet, form: AsOfForm, as_of: date) -> str:
    table = queries.figure_table(figure_set, as_of=as_of)
    checks = queries.checks_of(table)
    kind = ChangeKind.POINTS if figure_set.unit is Unit.PERCENT else ChangeKind.PERCENT
    return render_template(
        "figures/show.html",
        figure_set=figure_set,
        table=table,
        form=form,
        is_past=as_of < clock.today(),
        can_import="figure_import.upload" in current_app.view_functions,
        unit=label(UNIT_LABELS[figure_set.unit]),
        rows=figure_pages.table_rows(table),
        deliveries=figure_pages.delivery_rows(table),
        series=figure_pages.chart_series(table),
        bars=figure_pages.bar_series(table),
        marks=figure_pages.marks(table),
        change_rule=None if figure_set.unit is Unit.YES_NO else CHANGE_RULES[kind],
        check_rows=figure_pages.check_rows(checks, figure_pages.claim_url),
        rules=figure_pages.rules_of(checks),
        entries=in_words(list_history(figure_set)),
    )
