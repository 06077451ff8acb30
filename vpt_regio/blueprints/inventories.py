"""Inventories among the organisations of a region, with what they found."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.maturity import FindingForm, InventoryForm
from vpt_regio.models.maturity import Inventory, InventoryFinding
from vpt_regio.models.regions import Region
from vpt_regio.queries.history import list_history
from vpt_regio.queries.maturity import get_inventory, list_judged_in
from vpt_regio.queries.regions import get_region
from vpt_regio.services import inventories as services
from vpt_regio.web import maturity_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.session import current_person

bp = Blueprint("inventories", __name__)


def load_region(code: str) -> Region | None:
    return get_region(code)


def load_inventory(inventory_id: int, **_parts: Any) -> Inventory | None:
    return get_inventory(inventory_id)


@bp.get("/inventarisaties/<int:inventory_id>")
@authorize(Permission.MATURITY_VIEW, load_inventory)
def show(inventory: Inventory) -> ResponseReturnValue:
    return _show_page(inventory, make_form(AppForm))


@bp.get("/regios/<code>/inventarisaties/nieuw")
@authorize(Permission.MATURITY_RECORD, load_region)
def new(region: Region) -> ResponseReturnValue:
    return _new_page(region, make_form(InventoryForm))


@bp.post("/regios/<code>/inventarisaties/nieuw")
@authorize(Permission.MATURITY_RECORD, load_region)
def create(region: Region) -> ResponseReturnValue:
    form = make_form(InventoryForm)
    return handle(
        form,
        lambda: services.create_inventory(region, actor=current_person(), **_values(form)),
        page=lambda: _new_page(region, form),
        success=lambda made: url_for("inventories.show", inventory_id=made.id),
        message=_("De inventarisatie is toegevoegd. Voeg nu de bevindingen toe."),
    )


@bp.get("/inventarisaties/<int:inventory_id>/bewerken")
@authorize(Permission.MATURITY_RECORD, load_inventory)
def edit(inventory: Inventory) -> ResponseReturnValue:
    return _edit_page(inventory, make_form(InventoryForm, inventory))


@bp.post("/inventarisaties/<int:inventory_id>/bewerken")
@authorize(Permission.MATURITY_RECORD, load_inventory)
def save(inventory: Inventory) -> ResponseReturnValue:
    form = make_form(InventoryForm, inventory)
    return handle(
        form,
        lambda: services.change_inventory(
            inventory,
            actor=current_person(),
            expected_version=form.expected_version,
            **_values(form),
        ),
        page=lambda: _edit_page(inventory, form),
        success=_url(inventory),
        message=_("De inventarisatie is opgeslagen."),
        obj=inventory,
    )


@bp.get("/inventarisaties/<int:inventory_id>/bevindingen/nieuw")
@authorize(Permission.MATURITY_RECORD, load_inventory)
def new_finding(inventory: Inventory) -> ResponseReturnValue:
    return _finding_page(inventory, None, make_form(FindingForm))


@bp.post("/inventarisaties/<int:inventory_id>/bevindingen/nieuw")
@authorize(Permission.MATURITY_RECORD, load_inventory)
def add_finding(inventory: Inventory) -> ResponseReturnValue:
    form = make_form(FindingForm)
    return handle(
        form,
        lambda: services.add_finding(
            inventory,
            body=form.body.data,
            follow_up=form.follow_up.data,
            actor=current_person(),
        ),
        page=lambda: _finding_page(inventory, None, form),
        success=_url(inventory),
        message=_("De bevinding is toegevoegd."),
    )


@bp.get("/inventarisaties/<int:inventory_id>/bevindingen/<int:finding_id>")
@authorize(Permission.MATURITY_RECORD, load_inventory)
def edit_finding(inventory: Inventory) -> ResponseReturnValue:
    finding = _finding(inventory) or abort(404)
    form = make_form(FindingForm, services.finding_part(finding))
    return _finding_page(inventory, finding, form)


@bp.post("/inventarisaties/<int:inventory_id>/bevindingen/<int:finding_id>")
@authorize(Permission.MATURITY_RECORD, load_inventory)
def save_finding(inventory: Inventory) -> ResponseReturnValue:
    finding = _finding(inventory)
    part = services.finding_part(finding) if finding else None
    form = make_form(FindingForm, part)
    return handle(
        form,
        lambda: services.change_finding(
            inventory,
            finding=_finding(inventory),
            body=form.body.data,
            follow_up=form.follow_up.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        # of one that was removed the text stays, to be added again
        page=lambda: _finding_page(inventory, _finding(inventory), form),
        success=_url(inventory),
        message=_("De bevinding is opgeslagen."),
        obj=part,
    )


@bp.post("/inventarisaties/<int:inventory_id>/bevindingen/<int:finding_id>/verwijderen")
@authorize(Permission.MATURITY_RECORD, load_inventory)
def remove_finding(inventory: Inventory) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: services.remove_finding(
            inventory, finding=_finding(inventory), actor=current_person()
        ),
        page=lambda: _show_page(inventory, form),
        success=_url(inventory),
        message=_("De bevinding is verwijderd."),
    )


def _finding(inventory: Inventory) -> InventoryFinding | None:
    """Return the finding of this address; one that was removed already is not there."""
    asked = (request.view_args or {})["finding_id"]
    return next((one for one in inventory.findings if one.id == asked), None)


def _values(form: InventoryForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "held": form.held.data,
        "declared_organisations": form.declared_organisations.data,
        "source": form.source.data,
    }


def _url(inventory: Inventory) -> str:
    return url_for("inventories.show", inventory_id=inventory.id)


def _show_page(inventory: Inventory, form: AppForm) -> str:
    judged = list_judged_in(inventory)
    return render_template(
        "inventories/show.html",
        inventory=inventory,
        region=inventory.region,
        form=form,
        judged=judged,
        organisations=len({one.organisation_id for one in judged}),
        pages=pages,
        entries=in_words(list_history(inventory)),
    )


def _new_page(region: Region, form: InventoryForm) -> str:
    return render_template("inventories/edit.html", region=region, inventory=None, form=form)


def _edit_page(inventory: Inventory, form: InventoryForm) -> str:
    return render_template(
        "inventories/edit.html", region=inventory.region, inventory=inventory, form=form
    )


def _finding_page(inventory: Inventory, finding: InventoryFinding | None, form: FindingForm) -> str:
    return render_template(
        "inventories/finding.html",
        region=inventory.region,
        inventory=inventory,
        finding=finding,
        form=form,
    )
