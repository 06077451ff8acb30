"""Organisations of the programme."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock, policies
from vpt_regio.domain.enums import ORGANISATION_KIND_LABELS, OrganisationKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.organisations import OrganisationForm
from vpt_regio.models.programmes import Sector
from vpt_regio.models.regions import Organisation
from vpt_regio.queries.history import list_history
from vpt_regio.queries.maturity import list_judgements
from vpt_regio.queries.organisations import get_organisation, list_organisations
from vpt_regio.queries.programmes import get_programme, list_sectors
from vpt_regio.queries.same_entries import in_list, with_kept
from vpt_regio.services import organisations as services
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label
from vpt_regio.web.maturity_pages import of_organisation
from vpt_regio.web.session import current_person

bp = Blueprint("organisations", __name__)


def load_organisation(organisation_id: int) -> Organisation | None:
    return get_organisation(organisation_id)


@bp.get("/organisaties")
@authorize(Permission.ORGANISATION_VIEW)
def index() -> ResponseReturnValue:
    return render_template(
        "organisations/index.html",
        organisations=list_organisations(),
        kind_labels=ORGANISATION_KIND_LABELS,
    )


@bp.get("/organisaties/nieuw")
@authorize(Permission.ORGANISATION_MANAGE)
def new() -> ResponseReturnValue:
    return _new_page(make_form(OrganisationForm, choices=_choices()))


@bp.post("/organisaties/nieuw")
@authorize(Permission.ORGANISATION_MANAGE)
def create() -> ResponseReturnValue:
    form = make_form(OrganisationForm, choices=_choices())
    return handle(
        form,
        lambda: services.create_organisation(
            get_programme(), actor=current_person(), **_values(form)
        ),
        page=lambda: _new_page(form),
        success=lambda made: url_for("organisations.show", organisation_id=made.id),
        message=_("De organisatie is toegevoegd."),
    )


@bp.get("/organisaties/<int:organisation_id>")
@authorize(Permission.ORGANISATION_VIEW, load_organisation)
def show(organisation: Organisation) -> ResponseReturnValue:
    visible = policies.visible_regions(current_person(), Permission.MATURITY_VIEW)
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        kind_labels=ORGANISATION_KIND_LABELS,
        maturity=of_organisation(list_judgements(organisation, visible=visible)),
        entries=in_words(list_history(organisation)),
    )


@bp.get("/organisaties/<int:organisation_id>/bewerken")
@authorize(Permission.ORGANISATION_MANAGE, load_organisation)
def edit(organisation: Organisation) -> ResponseReturnValue:
    form = _edit_form(organisation)
    return _edit_page(organisation, form)


@bp.post("/organisaties/<int:organisation_id>/bewerken")
@authorize(Permission.ORGANISATION_MANAGE, load_organisation)
def save(organisation: Organisation) -> ResponseReturnValue:
    form = _edit_form(organisation)
    return handle(
        form,
        lambda: services.change_organisation(
            organisation,
            actor=current_person(),
            expected_version=form.expected_version,
            **_values(form),
        ),
        page=lambda: _edit_page(organisation, form),
        success=url_for("organisations.show", organisation_id=organisation.id),
        message=_("De organisatie is opgeslagen."),
        obj=organisation,
    )


def _edit_form(organisation: Organisation) -> OrganisationForm:
    """Return the form with the sector as the list of today names it, or as it was named."""
    listed = list_sectors(get_programme(), on=clock.today())
    (chosen,) = in_list(Sector, [organisation.sector_id], listed)
    return make_form(
        OrganisationForm,
        organisation,
        choices=_choices(organisation.sector),
        data={"sector_id": chosen},
    )


def _choices(kept: Sector | None = None) -> dict[str, list[tuple[Any, str]]]:
    listed = list_sectors(get_programme(), on=clock.today())
    sectors = with_kept(listed, [kept] if kept else [])
    return {
        "kind": [(code.value, label(text)) for code, text in ORGANISATION_KIND_LABELS.items()],
        "sector_id": [("", _("Geen sector")), *((sector.id, sector.name) for sector in sectors)],
    }


def _values(form: OrganisationForm) -> dict[str, Any]:
    """Return what was filled in, by the names that the services use."""
    return {
        "name": form.name.data or "",
        "kind": OrganisationKind(form.kind.data),
        "sector_id": form.sector_id.data,
        "municipality": form.municipality.data or "",
    }


def _new_page(form: OrganisationForm) -> str:
    return render_template("organisations/new.html", form=form)


def _edit_page(organisation: Organisation, form: OrganisationForm) -> str:
    return render_template("organisations/edit.html", organisation=organisation, form=form)
