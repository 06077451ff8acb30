"""Commitments to the House: the list, one with its letters, and the steps until it is done."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.half_year_codes import (
    COMMITMENT_KIND_LABELS,
    CommitmentKind,
    CommitmentStatus,
)
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.commitments import COMMITMENT
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.commitments import (
    CommitmentFilterForm,
    CommitmentForm,
    FulfilForm,
    InterimLetterForm,
    LapseForm,
    PartForm,
)
from vpt_regio.models.commitments import Commitment
from vpt_regio.queries import commitments as queries
from vpt_regio.queries.history import list_history
from vpt_regio.queries.letters import all_letters, get_letter
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import commitments as services
from vpt_regio.services import transitions
from vpt_regio.services.commitments import CommitmentData
from vpt_regio.web import commitment_pages as pages
from vpt_regio.web.addresses import number_asked, same_page
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label
from vpt_regio.web.letter_pages import oddities
from vpt_regio.web.session import current_person

bp = Blueprint("commitments", __name__)

ADDRESS = "/toezeggingen/<int:commitment_id>"
LetterForm = InterimLetterForm | PartForm | FulfilForm


def load_commitment(commitment_id: int) -> Commitment | None:
    return queries.get_commitment(commitment_id)


@bp.get("/toezeggingen")
@authorize(Permission.COMMITMENT_VIEW)
def index() -> ResponseReturnValue:
    form = _filter_form()
    is_valid = form.validate()
    kind, status = (form.soort.data, form.status.data) if is_valid else ("", "")
    page = queries.page_of_commitments(
        get_programme().id,
        kind=CommitmentKind(kind) if kind else None,
        status=CommitmentStatus(status) if status else None,
        search=form.zoek.data if is_valid else "",
        page=number_asked("pagina") or 1,
    )
    rendered = render_template(
        "commitments/index.html",
        form=form,
        headers=pages.list_headers(),
        rows=pages.list_rows(page.items),
        page=page,
        page_url=lambda number: same_page("commitments.index", pagina=str(number)),
    )
    return rendered, 200 if is_valid else 422


@bp.get("/toezeggingen/nieuw")
@authorize(Permission.COMMITMENT_MANAGE)
def new() -> ResponseReturnValue:
    return _form_page(None, _form())


@bp.post("/toezeggingen/nieuw")
@authorize(Permission.COMMITMENT_MANAGE)
def create() -> ResponseReturnValue:
    form = _form()
    return handle(
        form,
        lambda: services.record_commitment(
            get_programme(), data=_data(form), actor=current_person()
        ),
        page=lambda: _form_page(None, form),
        success=_address_of,
        message=_("De toezegging is vastgelegd."),
    )


@bp.get(ADDRESS)
@authorize(Permission.COMMITMENT_VIEW, load_commitment)
def show(commitment: Commitment) -> ResponseReturnValue:
    return _commitment_page(commitment, make_form(AppForm, commitment))


@bp.get(f"{ADDRESS}/wijzigen")
@authorize(Permission.COMMITMENT_MANAGE, load_commitment)
def edit(commitment: Commitment) -> ResponseReturnValue:
    return _form_page(commitment, _form(commitment))


@bp.post(f"{ADDRESS}/wijzigen")
@authorize(Permission.COMMITMENT_MANAGE, load_commitment)
def save(commitment: Commitment) -> ResponseReturnValue:
    form = _form(commitment)
    return handle(
        form,
        lambda: services.edit_commitment(
            commitment,
            data=_data(form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _form_page(commitment, form),
        success=_address_of(commitment),
        message=_("De toezegging is gewijzigd."),
        obj=commitment,
    )


@bp.post(f"{ADDRESS}/in-behandeling")
@authorize(Permission.COMMITMENT_MANAGE, load_commitment)
def start(commitment: Commitment) -> ResponseReturnValue:
    form = make_form(AppForm, commitment)
    return handle(
        form,
        lambda: services.start_commitment(
            commitment, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _commitment_page(commitment, form),
        success=_address_of(commitment),
        message=_("De toezegging is in behandeling."),
        obj=commitment,
    )


@bp.get(f"{ADDRESS}/brief")
@authorize(Permission.COMMITMENT_MANAGE, load_commitment)
def interim_letter(commitment: Commitment) -> ResponseReturnValue:
    return _interim_page(commitment, _letter_form(InterimLetterForm, commitment))


@bp.post(f"{ADDRESS}/brief")
@authorize(Permission.COMMITMENT_MANAGE, load_commitment)
def add_interim_letter(commitment: Commitment) -> ResponseReturnValue:
    form = _letter_form(InterimLetterForm, commitment)
    return _with_letter(
        commitment,
        form,
        lambda letter, **who: services.add_interim_letter(
            commitment, letter=letter, note=form.note.data, **who
        ),
        page=lambda: _interim_page(commitment, form),
        message=_("De brief is erbij gezet."),
    )


@bp.get(f"{ADDRESS}/deels-afdoen")
@authorize(Permission.COMMITMENT_MANAGE, load_commitment)
def part(commitment: Commitment) -> ResponseReturnValue:
    return _part_page(commitment, _letter_form(PartForm, commitment))


@bp.post(f"{ADDRESS}/deels-afdoen")
@authorize(Permission.COMMITMENT_MANAGE, load_commitment)
def fulfil_partly(commitment: Commitment) -> ResponseReturnValue:
    form = _letter_form(PartForm, commitment)
    return _with_letter(
        commitment,
        form,
        lambda letter, **who: services.fulfil_partly(
            commitment, letter=letter, note=form.note.data, **who
        ),
        page=lambda: _part_page(commitment, form),
        message=_("Vastgelegd dat een brief dit voor een deel afdoet."),
    )


@bp.get(f"{ADDRESS}/afdoen")
@authorize(Permission.COMMITMENT_MANAGE, load_commitment)
def answer(commitment: Commitment) -> ResponseReturnValue:
    return _answer_page(commitment, _letter_form(FulfilForm, commitment))


@bp.post(f"{ADDRESS}/afdoen")
@authorize(Permission.COMMITMENT_MANAGE, load_commitment)
def fulfil(commitment: Commitment) -> ResponseReturnValue:
    form = _letter_form(FulfilForm, commitment)
    return _with_letter(
        commitment,
        form,
        lambda letter, **who: services.fulfil(
            commitment, letter=letter, outcome=form.outcome.data, **who
        ),
        page=lambda: _answer_page(commitment, form),
        message=_("Vastgelegd dat een brief dit afdoet."),
    )


@bp.get(f"{ADDRESS}/vervallen")
@authorize(Permission.COMMITMENT_MANAGE, load_commitment)
def lapse(commitment: Commitment) -> ResponseReturnValue:
    return _lapse_page(commitment, make_form(LapseForm, commitment))


@bp.post(f"{ADDRESS}/vervallen")
@authorize(Permission.COMMITMENT_MANAGE, load_commitment)
def record_lapse(commitment: Commitment) -> ResponseReturnValue:
    form = make_form(LapseForm, commitment)
    return handle(
        form,
        lambda: services.lapse(
            commitment,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _lapse_page(commitment, form),
        success=_address_of(commitment),
        message=_("De toezegging is vervallen."),
        obj=commitment,
    )


def _with_letter(
    commitment: Commitment,
    form: LetterForm,
    work: Callable[..., Any],
    *,
    page: Callable[[], str],
    message: str,
) -> ResponseReturnValue:
    """Handle a form in which somebody chose a letter."""
    return handle(
        form,
        lambda: work(
            get_letter(form.letter.data) if form.letter.data else None,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=page,
        success=_address_of(commitment),
        message=message,
        obj=commitment,
    )


def _filter_form() -> CommitmentFilterForm:
    form = CommitmentFilterForm(formdata=request.args)
    everything = ("", _("Alles"))
    kinds = COMMITMENT_KIND_LABELS.items()
    states = COMMITMENT.labels().items()
    form.soort.choices = [everything, *((str(code), label(text)) for code, text in kinds)]
    form.status.choices = [everything, *((str(code), label(text)) for code, text in states)]
    return form


def _form(commitment: Commitment | None = None) -> CommitmentForm:
    kinds: list[tuple[Any, str]] = [
        (kind, label(text)) for kind, text in COMMITMENT_KIND_LABELS.items()
    ]
    return make_form(CommitmentForm, commitment, choices={"kind": kinds})


def _data(form: CommitmentForm) -> CommitmentData:
    return CommitmentData(**{field.short_name: field.data for field in form.content_fields()})


def _letter_form(form_type: type[Any], commitment: Commitment) -> Any:
    letters = all_letters(get_programme().id)
    return make_form(form_type, commitment, choices={"letter": pages.letter_choices(letters)})


def _address_of(commitment: Commitment) -> str:
    return url_for("commitments.show", commitment_id=commitment.id)


def _commitment_page(commitment: Commitment, form: AppForm) -> str:
    steps = transitions.available(commitment, workflow=COMMITMENT, actor=current_person())
    return render_template(
        "commitments/show.html",
        commitment=commitment,
        form=form,
        badge_of=pages.badge_of(commitment),
        facts=pages.facts(commitment),
        letters=pages.letter_rows(commitment),
        may_change=pages.may_change(commitment),
        steps=[step.code for step in steps],
        oddities=oddities(commitment.source),
        entries=in_words(list_history(commitment)),
    )


def _form_page(commitment: Commitment | None, form: CommitmentForm) -> str:
    return render_template(
        "commitments/edit.html",
        commitment=commitment,
        form=form,
        is_done=commitment is not None and not pages.may_change(commitment),
    )


def _interim_page(commitment: Commitment, form: InterimLetterForm) -> str:
    lead = _("Een brief die de Kamer vertelt hoe het ervoor staat, zonder dat dit is afgedaan.")
    return _step_page(commitment, form, _("Brief over de voortgang toevoegen"), lead)


def _part_page(commitment: Commitment, form: PartForm) -> str:
    lead = _("Een brief die een deel doet van wat is gevraagd of toegezegd.")
    return _step_page(commitment, form, _("Deels afdoen"), lead)


def _answer_page(commitment: Commitment, form: FulfilForm) -> str:
    lead = _("De brief waarmee de Kamer krijgt wat is gevraagd of toegezegd.")
    return _step_page(commitment, form, _("Afdoen"), lead)


def _lapse_page(commitment: Commitment, form: LapseForm) -> str:
    lead = _("De toezegging blijft zichtbaar, met de reden waarom zij vervalt.")
    return _step_page(commitment, form, _("Laten vervallen"), lead, kind="danger")


def _step_page(
    commitment: Commitment, form: AppForm, title: str, lead: str, *, kind: str = "primary"
) -> str:
    return render_template(
        "commitments/step.html",
        commitment=commitment,
        form=form,
        title=title,
        lead_text=lead,
        kind=kind,
        is_done=not pages.may_change(commitment),
    )
