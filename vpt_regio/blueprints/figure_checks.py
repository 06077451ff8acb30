"""The check of figures: what sources say beside our own computation, and the claims themselves."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.blueprints.figures import load_set
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.figures import CheckFilterForm, ClaimForm, StoredClaim
from vpt_regio.models.figures import FigureClaim, FigureSet
from vpt_regio.queries import figures as queries
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import figure_claims as services
from vpt_regio.web import figure_forms, figure_pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("figure_checks", __name__)


def load_claim(set_code: str, claim_id: int) -> FigureClaim | None:
    return queries.get_claim(set_code, claim_id)


@bp.get("/cijfers/controle")
@authorize(Permission.FIGURE_VIEW)
def index() -> ResponseReturnValue:
    checks = queries.checks(get_programme(), as_of=clock.today())
    form = _filter_form()
    shown = [one for one in checks if _is_wanted(one, form)] if form.validate() else checks
    return render_template(
        "figure_checks/index.html",
        form=form,
        counts=figure_pages.verdict_counts(checks),
        rows=figure_pages.check_rows(shown, figure_pages.set_url),
        rules=figure_pages.rules_of(shown),
        has_checks=bool(checks),
    )


@bp.get("/cijfers/<set_code>/uitspraken/nieuw")
@authorize(Permission.FIGURE_MANAGE, load_set)
def new(figure_set: FigureSet) -> ResponseReturnValue:
    return _new_page(figure_set, _claim_form(figure_set))


@bp.post("/cijfers/<set_code>/uitspraken/nieuw")
@authorize(Permission.FIGURE_MANAGE, load_set)
def create(figure_set: FigureSet) -> ResponseReturnValue:
    form = _claim_form(figure_set)
    return handle(
        form,
        lambda: services.create_claim(
            figure_set, figure_forms.claim_content(form), actor=current_person()
        ),
        page=lambda: _new_page(figure_set, form),
        success=url_for("figures.show", set_code=figure_set.code, _anchor="controle"),
        message=_("De uitspraak is toegevoegd."),
    )


@bp.get("/cijfers/<set_code>/uitspraken/<int:claim_id>/bewerken")
@authorize(Permission.FIGURE_MANAGE, load_claim)
def edit(claim: FigureClaim) -> ResponseReturnValue:
    return _edit_page(claim, _claim_form(claim.figure_set, claim))


@bp.post("/cijfers/<set_code>/uitspraken/<int:claim_id>/bewerken")
@authorize(Permission.FIGURE_MANAGE, load_claim)
def save(claim: FigureClaim) -> ResponseReturnValue:
    form = _claim_form(claim.figure_set, claim)
    return handle(
        form,
        lambda: services.change_claim(
            claim,
            figure_forms.claim_content(form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _edit_page(claim, form),
        success=url_for("figures.show", set_code=claim.figure_set.code, _anchor="controle"),
        message=_("De uitspraak is opgeslagen."),
        obj=StoredClaim(claim),
    )


@bp.post("/cijfers/<set_code>/uitspraken/<int:claim_id>/verwijderen")
@authorize(Permission.FIGURE_MANAGE, load_claim)
def remove(claim: FigureClaim) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: services.remove_claim(claim, actor=current_person()),
        page=lambda: _edit_page(claim, _claim_form(claim.figure_set, claim), form),
        success=url_for("figures.show", set_code=claim.figure_set.code, _anchor="controle"),
        message=_("De uitspraak is verwijderd."),
    )


def _filter_form() -> CheckFilterForm:
    form = CheckFilterForm(formdata=request.args)
    sets = [(one.code, one.title) for one in queries.list_sets()]
    form.oordeel.choices = [("", _("Alles")), *figure_pages.verdict_labels().items()]
    form.reeks.choices = [("", _("Alle cijferreeksen")), *sets]
    return form


def _is_wanted(check: queries.FigureCheck, form: CheckFilterForm) -> bool:
    verdict, code = form.oordeel.data, form.reeks.data
    if verdict and figure_pages.verdict_of(check) != verdict:
        return False
    codes = {check.figure_set.code, *(one.code for one, _total in check.totals)}
    return not code or code in codes


def _claim_form(figure_set: FigureSet, claim: FigureClaim | None = None) -> ClaimForm:
    table = queries.figure_table(figure_set, as_of=clock.today())
    stored = StoredClaim(claim) if claim else None
    data = None if claim else {"decimals": 1}
    return make_form(ClaimForm, stored, choices=figure_forms.claim_choices(table), data=data)


def _new_page(figure_set: FigureSet, form: ClaimForm) -> str:
    return render_template("figure_checks/new.html", figure_set=figure_set, form=form)


def _edit_page(claim: FigureClaim, form: ClaimForm, action: AppForm | None = None) -> str:
    return render_template(
        "figure_checks/edit.html",
        claim=claim,
        figure_set=claim.figure_set,
        form=form,
        action=action or make_form(AppForm),
    )
