"""People and their roles, for the administrator; and one's own particulars."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import ROLE_LABELS, Role
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.people import EndForm, PeopleFilterForm, PersonForm, ReasonForm, RoleForm
from vpt_regio.models.people import Person, RoleAssignment
from vpt_regio.queries.history import list_history
from vpt_regio.queries.people import (
    PeopleFilter,
    count_running_sessions,
    get_person,
    get_region_choice,
    get_role,
    list_mandates_of,
    list_people,
    list_region_choices,
)
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import one_time_links
from vpt_regio.services import people as services
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label
from vpt_regio.web.links import one_time_link
from vpt_regio.web.session import current_person

bp = Blueprint("people", __name__)

ACCOUNT_STATES = {"open": True, "gesloten": False}


def load_person(person_id: int) -> Person | None:
    return get_person(person_id)


def load_role(person_id: int, role_id: int) -> RoleAssignment | None:
    return get_role(person_id, role_id)


@bp.get("/mijn-gegevens")
@authorize(Permission.PROFILE_EDIT)
def profile() -> ResponseReturnValue:
    person = current_person()
    return render_template(
        "people/profile.html",
        person=person,
        role_labels=ROLE_LABELS,
        mandates=list_mandates_of(person),
    )


@bp.get("/beheer/personen")
@authorize(Permission.PERSON_VIEW)
def index() -> ResponseReturnValue:
    form = PeopleFilterForm(formdata=request.args)
    form.rol.choices = [("", _("Alle rollen")), *_role_choices()]
    form.regio.choices = [("", _("Alle regio's")), *_region_choices()]
    form.account.choices = [
        ("", _("Open en gesloten")),
        ("open", _("Open")),
        ("gesloten", _("Gesloten")),
    ]
    is_valid = form.validate()
    wanted = (
        PeopleFilter(
            text=form.naam.data or "",
            role=Role(form.rol.data) if form.rol.data else None,
            region_id=form.regio.data,
            is_active=ACCOUNT_STATES.get(form.account.data or ""),
        )
        if is_valid
        else PeopleFilter()
    )
    people = list_people(wanted, on=clock.today())
    page = render_template("people/index.html", form=form, people=people, role_labels=ROLE_LABELS)
    return page, 200 if is_valid else 422


@bp.get("/beheer/personen/nieuw")
@authorize(Permission.PERSON_MANAGE)
def new() -> ResponseReturnValue:
    return _new_page(make_form(PersonForm))


@bp.post("/beheer/personen/nieuw")
@authorize(Permission.PERSON_MANAGE)
def create() -> ResponseReturnValue:
    form = make_form(PersonForm)
    return handle(
        form,
        lambda: services.create_person(
            get_programme(),
            email=form.email.data or "",
            name=form.name.data or "",
            actor=current_person(),
        ),
        page=lambda: _new_page(form),
        success=lambda person: url_for("people.show", person_id=person.id),
        message=_(
            "De persoon is toegevoegd. Geef nu een rol en stuur een link voor het wachtwoord."
        ),
    )


@bp.get("/beheer/personen/<int:person_id>")
@authorize(Permission.PERSON_VIEW, load_person)
def show(person: Person) -> ResponseReturnValue:
    return _show_page(person, make_form(AppForm))


@bp.get("/beheer/personen/<int:person_id>/bewerken")
@authorize(Permission.PERSON_MANAGE, load_person)
def edit(person: Person) -> ResponseReturnValue:
    return _edit_page(person, make_form(PersonForm, person))


@bp.post("/beheer/personen/<int:person_id>/bewerken")
@authorize(Permission.PERSON_MANAGE, load_person)
def save(person: Person) -> ResponseReturnValue:
    form = make_form(PersonForm, person)
    return handle(
        form,
        lambda: services.change_person(
            person,
            email=form.email.data or "",
            name=form.name.data or "",
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _edit_page(person, form),
        success=url_for("people.show", person_id=person.id),
        message=_("De gegevens zijn opgeslagen."),
        obj=person,
    )


@bp.get("/beheer/personen/<int:person_id>/rollen/nieuw")
@authorize(Permission.PERSON_MANAGE, load_person)
def new_role(person: Person) -> ResponseReturnValue:
    return _role_page(person, _role_form())


@bp.post("/beheer/personen/<int:person_id>/rollen/nieuw")
@authorize(Permission.PERSON_MANAGE, load_person)
def give_role(person: Person) -> ResponseReturnValue:
    form = _role_form()
    return handle(
        form,
        lambda: services.give_role(
            person,
            role=Role(form.role.data),
            region=get_region_choice(form.region.data),
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            actor=current_person(),
        ),
        page=lambda: _role_page(person, form),
        success=url_for("people.show", person_id=person.id),
        message=_("De rol is gegeven."),
    )


@bp.get("/beheer/personen/<int:person_id>/rollen/<int:role_id>/beeindigen")
@authorize(Permission.PERSON_MANAGE, load_role)
def end_role(assignment: RoleAssignment) -> ResponseReturnValue:
    return _end_role_page(assignment, make_form(EndForm, data={"ends_on": clock.today()}))


@bp.post("/beheer/personen/<int:person_id>/rollen/<int:role_id>/beeindigen")
@authorize(Permission.PERSON_MANAGE, load_role)
def save_end_role(assignment: RoleAssignment) -> ResponseReturnValue:
    form = make_form(EndForm)
    return handle(
        form,
        lambda: services.end_role(assignment, ends_on=form.ends_on.data, actor=current_person()),
        page=lambda: _end_role_page(assignment, form),
        success=url_for("people.show", person_id=assignment.person_id),
        message=_("De rol is beëindigd."),
    )


@bp.get("/beheer/personen/<int:person_id>/sluiten")
@authorize(Permission.PERSON_MANAGE, load_person)
def close(person: Person) -> ResponseReturnValue:
    return _close_page(person, make_form(ReasonForm, person))


@bp.post("/beheer/personen/<int:person_id>/sluiten")
@authorize(Permission.PERSON_MANAGE, load_person)
def deactivate(person: Person) -> ResponseReturnValue:
    form = make_form(ReasonForm, person)
    return handle(
        form,
        lambda: services.deactivate(
            person,
            reason=form.reason.data or "",
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _close_page(person, form),
        success=url_for("people.show", person_id=person.id),
        message=_("Het account is gesloten. De persoon is overal uitgelogd."),
    )


@bp.get("/beheer/personen/<int:person_id>/openen")
@authorize(Permission.PERSON_MANAGE, load_person)
def open_again(person: Person) -> ResponseReturnValue:
    return _open_page(person, make_form(ReasonForm, person))


@bp.post("/beheer/personen/<int:person_id>/openen")
@authorize(Permission.PERSON_MANAGE, load_person)
def reactivate(person: Person) -> ResponseReturnValue:
    form = make_form(ReasonForm, person)
    return handle(
        form,
        lambda: services.reactivate(
            person,
            reason=form.reason.data or "",
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _open_page(person, form),
        success=url_for("people.show", person_id=person.id),
        message=_("Het account is weer open."),
    )


@bp.post("/beheer/personen/<int:person_id>/link")
@authorize(Permission.PERSON_MANAGE, load_person)
def send_link(person: Person) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: one_time_links.send_link(person, link_to=one_time_link, actor=current_person()),
        page=lambda: _show_page(person, form),
        success=url_for("people.show", person_id=person.id),
        message=_("De link is verstuurd."),
    )


@bp.post("/beheer/personen/<int:person_id>/uitloggen")
@authorize(Permission.PERSON_MANAGE, load_person)
def sign_out_everywhere(person: Person) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: services.sign_out_everywhere(person, actor=current_person()),
        page=lambda: _show_page(person, form),
        success=url_for("people.show", person_id=person.id),
        message=_("De persoon is overal uitgelogd."),
    )


def _role_form() -> RoleForm:
    return make_form(
        RoleForm,
        choices={
            "role": [("", _("Kies een rol")), *_role_choices()],
            "region": [("", _("Alle regio's")), *_region_choices()],
        },
        data={"starts_on": clock.today()},
    )


def _role_choices() -> list[tuple[str, str]]:
    return [(role.value, label(text)) for role, text in ROLE_LABELS.items()]


def _region_choices() -> list[tuple[int, str]]:
    return [(region.id, region.name) for region in list_region_choices(get_programme())]


def _show_page(person: Person, form: AppForm) -> str:
    mandates = list_mandates_of(person)
    return render_template(
        "people/show.html",
        person=person,
        form=form,
        is_self=person.id == current_person().id,
        role_labels=ROLE_LABELS,
        mandates=mandates,
        sessions=count_running_sessions(person),
        entries=in_words(list_history(person, *mandates)),
    )


def _new_page(form: PersonForm) -> str:
    return render_template("people/new.html", form=form)


def _edit_page(person: Person, form: PersonForm) -> str:
    return render_template("people/edit.html", person=person, form=form)


def _role_page(person: Person, form: RoleForm) -> str:
    return render_template("people/new_role.html", person=person, form=form)


def _end_role_page(assignment: RoleAssignment, form: EndForm) -> str:
    return render_template(
        "people/end_role.html", assignment=assignment, form=form, role_labels=ROLE_LABELS
    )


def _close_page(person: Person, form: ReasonForm) -> str:
    return render_template("people/close.html", person=person, form=form)


def _open_page(person: Person, form: ReasonForm) -> str:
    return render_template("people/open.html", person=person, form=form)
