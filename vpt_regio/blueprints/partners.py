"""The organisations that take part in a region: join, change, leave."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.organisations import LeaveForm, NewPartnerForm, PartnerForm
from vpt_regio.models.regions import Region, RegionPartner
from vpt_regio.queries.organisations import list_candidates
from vpt_regio.queries.regions import get_partner, get_region
from vpt_regio.services import organisations as services
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("partners", __name__)


def load_region(code: str) -> Region | None:
    return get_region(code)


def load_partner(code: str, partner_id: int) -> RegionPartner | None:
    return get_partner(code, partner_id)


@bp.get("/regios/<code>/partners/nieuw")
@authorize(Permission.PARTNER_MANAGE, load_region)
def new(region: Region) -> ResponseReturnValue:
    return _new_page(region, _new_form(region))


@bp.post("/regios/<code>/partners/nieuw")
@authorize(Permission.PARTNER_MANAGE, load_region)
def create(region: Region) -> ResponseReturnValue:
    form = _new_form(region)
    return handle(
        form,
        lambda: services.add_partner(
            region,
            form.organisation_id.data,
            actor=current_person(),
            joined_on=form.joined_on.data,
            contact_name=form.contact_name.data or "",
            contact_email=form.contact_email.data or "",
            contact_phone=form.contact_phone.data or "",
            is_publishable=bool(form.is_publishable.data),
        ),
        page=lambda: _new_page(region, form),
        success=url_for("regions.partners", code=region.code),
        message=_("De partner is toegevoegd."),
    )


@bp.get("/regios/<code>/partners/<int:partner_id>/bewerken")
@authorize(Permission.PARTNER_MANAGE, load_partner)
def edit(partner: RegionPartner) -> ResponseReturnValue:
    return _edit_page(partner, make_form(PartnerForm, partner))


@bp.post("/regios/<code>/partners/<int:partner_id>/bewerken")
@authorize(Permission.PARTNER_MANAGE, load_partner)
def save(partner: RegionPartner) -> ResponseReturnValue:
    form = make_form(PartnerForm, partner)
    return handle(
        form,
        lambda: services.change_partner(
            partner,
            actor=current_person(),
            expected_version=form.expected_version,
            joined_on=form.joined_on.data,
            contact_name=form.contact_name.data or "",
            contact_email=form.contact_email.data or "",
            contact_phone=form.contact_phone.data or "",
            is_publishable=bool(form.is_publishable.data),
        ),
        page=lambda: _edit_page(partner, form),
        success=url_for("regions.partners", code=partner.region.code),
        message=_("De partner is opgeslagen."),
        obj=partner,
    )


@bp.get("/regios/<code>/partners/<int:partner_id>/stoppen")
@authorize(Permission.PARTNER_MANAGE, load_partner)
def leave(partner: RegionPartner) -> ResponseReturnValue:
    return _leave_page(partner, make_form(LeaveForm, partner))


@bp.post("/regios/<code>/partners/<int:partner_id>/stoppen")
@authorize(Permission.PARTNER_MANAGE, load_partner)
def end(partner: RegionPartner) -> ResponseReturnValue:
    form = make_form(LeaveForm, partner)
    return handle(
        form,
        lambda: services.end_partner(
            partner,
            left_on=form.left_on.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _leave_page(partner, form),
        success=url_for("regions.partners", code=partner.region.code),
        message=_("Vastgelegd dat de organisatie geen partner meer is."),
        obj=partner,
    )


def _new_form(region: Region) -> NewPartnerForm:
    candidates = [("", _("Kies een organisatie"))]
    candidates += [(str(found.id), found.name) for found in list_candidates(region)]
    return make_form(NewPartnerForm, choices={"organisation_id": candidates})


def _new_page(region: Region, form: NewPartnerForm) -> str:
    return render_template("regions/new_partner.html", region=region, form=form)


def _edit_page(partner: RegionPartner, form: PartnerForm) -> str:
    return render_template("regions/edit_partner.html", partner=partner, form=form)


def _leave_page(partner: RegionPartner, form: LeaveForm) -> str:
    return render_template("regions/end_partner.html", partner=partner, form=form)
