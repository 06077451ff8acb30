"""Mandates: who may decide on behalf of the minister."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import PERMISSION_LABELS, Permission
from vpt_regio.forms.people import EndForm, MandateForm
from vpt_regio.models.people import Mandate
from vpt_regio.queries.people import get_mandate, get_person, list_mandates, list_persons_by_name
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import mandates as services
from vpt_regio.services.mandate_checks import MANDATED
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

bp = Blueprint("mandates", __name__)


def load_mandate(mandate_id: int) -> Mandate | None:
    return get_mandate(mandate_id)


@bp.get("/beheer/mandaten")
@authorize(Permission.MANDATE_VIEW)
def index() -> ResponseReturnValue:
    return render_template(
        "mandates/index.html",
        mandates=list_mandates(get_programme()),
        permission_labels=PERMISSION_LABELS,
    )


@bp.get("/beheer/mandaten/nieuw")
@authorize(Permission.MANDATE_MANAGE)
def new() -> ResponseReturnValue:
    return _new_page(_mandate_form())


@bp.post("/beheer/mandaten/nieuw")
@authorize(Permission.MANDATE_MANAGE)
def create() -> ResponseReturnValue:
    form = _mandate_form()
    return handle(
        form,
        lambda: _give(form),
        page=lambda: _new_page(form),
        success=url_for("mandates.index"),
        message=_("Het mandaat is vastgelegd."),
    )


@bp.get("/beheer/mandaten/<int:mandate_id>/beeindigen")
@authorize(Permission.MANDATE_MANAGE, load_mandate)
def end(mandate: Mandate) -> ResponseReturnValue:
    form = make_form(EndForm, mandate)
    form.ends_on.data = form.ends_on.data or clock.today()
    return _end_page(mandate, form)


@bp.post("/beheer/mandaten/<int:mandate_id>/beeindigen")
@authorize(Permission.MANDATE_MANAGE, load_mandate)
def save_end(mandate: Mandate) -> ResponseReturnValue:
    form = make_form(EndForm, mandate)
    return handle(
        form,
        lambda: services.end_mandate(
            mandate,
            ends_on=form.ends_on.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _end_page(mandate, form),
        success=url_for("mandates.index"),
        message=_("Het mandaat is beëindigd."),
        obj=mandate,
    )


def _give(form: MandateForm) -> Mandate:
    person = get_person(form.person.data)
    if person is None:
        raise LookupError("the list of choices held somebody who is not there")
    return services.give_mandate(
        person,
        permission=Permission(form.permission.data),
        on_behalf_of=form.on_behalf_of.data or "",
        reference=form.reference.data or "",
        max_amount_cents=form.max_amount_cents.data,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        actor=current_person(),
    )


def _mandate_form() -> MandateForm:
    people = [(person.id, person.name) for person in list_persons_by_name() if person.is_active]
    permissions = [
        (permission.value, label(PERMISSION_LABELS[permission])) for permission in MANDATED
    ]
    return make_form(
        MandateForm,
        choices={
            "person": [("", _("Kies een persoon")), *people],
            "permission": [("", _("Kies een besluit")), *permissions],
        },
        data={"starts_on": clock.today()},
    )


def _new_page(form: MandateForm) -> str:
    return render_template("mandates/new.html", form=form)


def _end_page(mandate: Mandate, form: EndForm) -> str:
    return render_template(
        "mandates/end.html", mandate=mandate, form=form, permission_labels=PERMISSION_LABELS
    )
