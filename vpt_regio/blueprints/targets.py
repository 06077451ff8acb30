"""The targets of the programme side by side, and adding, changing and removing one."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.indicator_codes import ChangeKind, Direction
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.targets import PROGRESS_RULE
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.targets import TargetForm
from vpt_regio.models.figures import ProgrammeTarget
from vpt_regio.queries import targets as queries
from vpt_regio.queries.history import list_history
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.targets import TargetInput, add_target, edit_target, remove_target
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.session import current_person

bp = Blueprint("targets", __name__)


def load_target(target_id: int) -> ProgrammeTarget | None:
    return queries.get_target(target_id)


@bp.get("/doelen")
@authorize(Permission.FIGURE_VIEW)
def index() -> ResponseReturnValue:
    return render_template(
        "targets/index.html",
        lines=queries.target_lines(get_programme(), as_of=clock.today()),
        rule=PROGRESS_RULE,
    )


@bp.get("/doelen/nieuw")
@authorize(Permission.FIGURE_MANAGE)
def new() -> ResponseReturnValue:
    return _new_page(_form())


@bp.post("/doelen/nieuw")
@authorize(Permission.FIGURE_MANAGE)
def create() -> ResponseReturnValue:
    form = _form()
    return handle(
        form,
        lambda: add_target(get_programme(), _input(form), actor=current_person()),
        page=lambda: _new_page(form),
        success=url_for("targets.index"),
        message=_("Het doel is toegevoegd."),
    )


@bp.get("/doelen/<int:target_id>/bewerken")
@authorize(Permission.FIGURE_MANAGE, load_target)
def edit(target: ProgrammeTarget) -> ResponseReturnValue:
    return _edit_page(target, _form(target))


@bp.post("/doelen/<int:target_id>/bewerken")
@authorize(Permission.FIGURE_MANAGE, load_target)
def save(target: ProgrammeTarget) -> ResponseReturnValue:
    form = _form(target)
    return handle(
        form,
        lambda: edit_target(
            target,
            _input(form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _edit_page(target, form),
        success=url_for("targets.index"),
        message=_("Het doel is gewijzigd."),
        obj=target,
    )


@bp.post("/doelen/<int:target_id>/verwijderen")
@authorize(Permission.FIGURE_MANAGE, load_target)
def remove(target: ProgrammeTarget) -> ResponseReturnValue:
    form = make_form(AppForm, target)
    return handle(
        form,
        lambda: remove_target(
            target, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _edit_page(target, _form(target), removal=form),
        success=url_for("targets.index"),
        message=_("Het doel is verwijderd."),
    )


def _form(target: ProgrammeTarget | None = None) -> TargetForm:
    programme = get_programme()
    none = ("", _("geen"))
    categories = [
        (str(one.id), f"{one.figure_set.title}: {one.name}")
        for one in queries.list_categories(programme)
    ]
    periods = [
        (str(one.id), f"{one.figure_set.title}: {one.label}")
        for one in queries.list_figure_periods(programme)
    ]
    choices = {"category": [none, *categories], "from_period": [none, *periods]}
    chosen = (
        {"category": str(target.category_id or ""), "from_period": str(target.from_period_id or "")}
        if target
        else None
    )
    return make_form(TargetForm, target, choices=choices, data=chosen)


def _input(form: TargetForm) -> TargetInput:
    programme = get_programme()
    categories = {str(one.id): one for one in queries.list_categories(programme)}
    periods = {str(one.id): one for one in queries.list_figure_periods(programme)}
    return TargetInput(
        name=form.name.data,
        subject=form.subject.data,
        change=form.change.data,
        change_kind=ChangeKind(form.change_kind.data),
        direction=Direction(form.direction.data),
        source=form.source.data,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        period_words=form.period_words.data,
        explanation=form.explanation.data,
        category=categories.get(form.category.data),
        from_period=periods.get(form.from_period.data),
    )


def _new_page(form: TargetForm) -> str:
    return render_template("targets/new.html", form=form)


def _edit_page(target: ProgrammeTarget, form: TargetForm, *, removal: AppForm | None = None) -> str:
    return render_template(
        "targets/edit.html",
        target=target,
        form=form,
        removal=removal or make_form(AppForm, target),
        entries=in_words(list_history(target)),
    )
