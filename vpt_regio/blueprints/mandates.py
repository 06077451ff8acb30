"""Mandates: who may decide on behalf of the minister."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import PERMISSION_LABELS, Permission
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.mandates import NewMandateForm, StandInForm, SubMandateForm
from vpt_regio.forms.people import EndForm
from vpt_regio.models.people import Mandate, Person
from vpt_regio.queries.people import get_mandate, get_person, list_mandates, list_persons_by_name
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import mandates as services
from vpt_regio.services.mandate_checks import MANDATED, last_day
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
        last_day=last_day,
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


@bp.get("/beheer/mandaten/<int:mandate_id>/ondermandaat")
@authorize(Permission.MANDATE_MANAGE, load_mandate)
def new_sub(mandate: Mandate) -> ResponseReturnValue:
    return _part_page(mandate, _sub_form(mandate), "mandates/sub.html")


@bp.post("/beheer/mandaten/<int:mandate_id>/ondermandaat")
@authorize(Permission.MANDATE_MANAGE, load_mandate)
def create_sub(mandate: Mandate) -> ResponseReturnValue:
    form = _sub_form(mandate)
    return handle(
        form,
        lambda: services.give_sub_mandate(
            mandate,
            person=_chosen(form.person.data),
            reference=form.reference.data,
            max_amount_cents=form.max_amount_cents.data,
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            allows_sub_mandate=form.allows_sub_mandate.data,
            actor=current_person(),
        ),
        page=lambda: _part_page(mandate, form, "mandates/sub.html"),
        success=url_for("mandates.index"),
        message=_("Het ondermandaat is vastgelegd."),
    )


@bp.get("/beheer/mandaten/<int:mandate_id>/waarneming")
@authorize(Permission.MANDATE_MANAGE, load_mandate)
def new_stand_in(mandate: Mandate) -> ResponseReturnValue:
    return _part_page(mandate, _stand_in_form(), "mandates/stand_in.html")


@bp.post("/beheer/mandaten/<int:mandate_id>/waarneming")
@authorize(Permission.MANDATE_MANAGE, load_mandate)
def create_stand_in(mandate: Mandate) -> ResponseReturnValue:
    form = _stand_in_form()
    return handle(
        form,
        lambda: services.arrange_stand_in(
            mandate,
            person=_chosen(form.person.data),
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            actor=current_person(),
        ),
        page=lambda: _part_page(mandate, form, "mandates/stand_in.html"),
        success=url_for("mandates.index"),
        message=_("De waarneming is vastgelegd."),
    )


def _chosen(person_id: int | None) -> Person:
    person = get_person(person_id or 0)
    if person is None:
        raise LookupError("the list of choices held somebody who is not there")
    return person


def _give(form: NewMandateForm) -> Mandate:
    return services.give_mandate(
        _chosen(form.person.data),
        permission=Permission(form.permission.data),
        on_behalf_of=form.on_behalf_of.data or "",
        reference=form.reference.data or "",
        max_amount_cents=form.max_amount_cents.data,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        actor=current_person(),
        allows_sub_mandate=form.allows_sub_mandate.data,
    )


def _people() -> list[tuple[int | str, str]]:
    people = [(person.id, person.name) for person in list_persons_by_name() if person.is_active]
    return [("", _("Kies een persoon")), *people]


def _sub_form(parent: Mandate) -> SubMandateForm:
    return make_form(
        SubMandateForm,
        choices={"person": _people()},
        data={
            "starts_on": clock.today(),
            "ends_on": last_day(parent),
            "max_amount_cents": parent.max_amount_cents,
        },
    )


def _stand_in_form() -> StandInForm:
    return make_form(StandInForm, choices={"person": _people()}, data={"starts_on": clock.today()})


def _mandate_form() -> NewMandateForm:
    permissions = [
        (permission.value, label(PERMISSION_LABELS[permission])) for permission in MANDATED
    ]
    return make_form(
        NewMandateForm,
        choices={
            "person": _people(),
            "permission": [("", _("Kies een besluit")), *permissions],
        },
        data={"starts_on": clock.today()},
    )


def _new_page(form: NewMandateForm) -> str:
    return render_template("mandates/new.html", form=form)


def _end_page(mandate: Mandate, form: EndForm) -> str:
    return _part_page(mandate, form, "mandates/end.html")


def _part_page(mandate: Mandate, form: AppForm, template: str) -> str:
    return render_template(
        template, mandate=mandate, form=form, permission_labels=PERMISSION_LABELS
    )
