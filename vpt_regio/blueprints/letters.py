"""Letters to the House: the list, one with its citations, registering, changing, publication."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.letters import (
    CorrectionForm,
    LetterFilterForm,
    LetterForm,
    NewLetterForm,
    PublicationForm,
)
from vpt_regio.models.letters import Letter
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries import letters as queries
from vpt_regio.queries.commitments import commitments_of
from vpt_regio.queries.history import list_history
from vpt_regio.queries.periods import list_periods
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import letters as services
from vpt_regio.services.letter_contents import LetterData, parse_annexes
from vpt_regio.web import letter_pages as pages
from vpt_regio.web.addresses import number_asked, same_page
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.session import current_person

bp = Blueprint("letters", __name__)

ADDRESS = "/brieven/<int:letter_id>"


def load_letter(letter_id: int) -> Letter | None:
    return queries.get_letter(letter_id)


@bp.get("/brieven")
@authorize(Permission.LETTER_VIEW)
def index() -> ResponseReturnValue:
    form = LetterFilterForm(formdata=request.args)
    is_valid = form.validate()
    search = form.zoek.data if is_valid else ""
    page = queries.page_of_letters(
        get_programme().id, search=search, page=number_asked("pagina") or 1
    )
    rendered = render_template(
        "letters/index.html",
        form=form,
        headers=pages.list_headers(),
        rows=pages.list_rows(page.items),
        page=page,
        page_url=lambda number: same_page("letters.index", pagina=str(number)),
    )
    return rendered, 200 if is_valid else 422


@bp.get("/brieven/nieuw")
@authorize(Permission.LETTER_MANAGE)
def new() -> ResponseReturnValue:
    return _new_page(_new_form())


@bp.post("/brieven/nieuw")
@authorize(Permission.LETTER_MANAGE)
def create() -> ResponseReturnValue:
    form = _new_form()
    return handle(
        form,
        lambda: _register(form),
        page=lambda: _new_page(form),
        success=_address_of,
        message=_("De brief is geregistreerd."),
    )


@bp.get(ADDRESS)
@authorize(Permission.LETTER_VIEW, load_letter)
def show(letter: Letter) -> ResponseReturnValue:
    return _letter_page(letter, make_form(AppForm, letter))


@bp.get(f"{ADDRESS}/wijzigen")
@authorize(Permission.LETTER_MANAGE, load_letter)
def edit(letter: Letter) -> ResponseReturnValue:
    return _edit_page(letter, _edit_form(letter))


@bp.post(f"{ADDRESS}/wijzigen")
@authorize(Permission.LETTER_MANAGE, load_letter)
def save(letter: Letter) -> ResponseReturnValue:
    form = _edit_form(letter)
    return handle(
        form,
        lambda: services.edit_letter(
            letter,
            data=_data(form),
            period=_period(form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _edit_page(letter, form),
        success=_address_of(letter),
        message=_("De brief is gewijzigd."),
        obj=letter,
    )


@bp.get(f"{ADDRESS}/publicatie")
@authorize(Permission.LETTER_MANAGE, load_letter)
def publication(letter: Letter) -> ResponseReturnValue:
    return _publication_page(letter, make_form(PublicationForm, letter))


@bp.post(f"{ADDRESS}/publicatie")
@authorize(Permission.LETTER_MANAGE, load_letter)
def publish(letter: Letter) -> ResponseReturnValue:
    form = make_form(PublicationForm, letter)
    return handle(
        form,
        lambda: services.publish_letter(
            letter,
            dossier=form.dossier.data,
            number=form.number.data,
            received_on=form.received_on.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _publication_page(letter, form),
        success=_address_of(letter),
        message=_("De publicatie is vastgelegd."),
        obj=letter,
    )


@bp.get(f"{ADDRESS}/verbeteren")
@authorize(Permission.LETTER_MANAGE, load_letter)
def correction(letter: Letter) -> ResponseReturnValue:
    return _correction_page(letter, make_form(CorrectionForm, letter))


@bp.post(f"{ADDRESS}/verbeteren")
@authorize(Permission.LETTER_MANAGE, load_letter)
def correct(letter: Letter) -> ResponseReturnValue:
    form = make_form(CorrectionForm, letter)
    return handle(
        form,
        lambda: services.correct_publication(
            letter,
            reason=form.reason.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _correction_page(letter, form),
        success=_address_of(letter),
        message=_("Dossier en nummer zijn weggehaald. U kunt de brief nu wijzigen."),
        obj=letter,
    )


@bp.post(f"{ADDRESS}/versie")
@authorize(Permission.LETTER_MANAGE, load_letter)
def cite_newest(letter: Letter) -> ResponseReturnValue:
    form = make_form(AppForm, letter)
    return handle(
        form,
        lambda: services.cite_newest(
            letter, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _letter_page(letter, form),
        success=_address_of(letter),
        message=_("De brief noemt nu de nieuwste versie."),
        obj=letter,
    )


def _register(form: NewLetterForm) -> Letter:
    data = _data(form)
    return services.register_letter(
        get_programme(),
        reference=data.reference,
        subject=data.subject,
        unit=data.unit,
        addressee=data.addressee,
        sender=data.sender,
        co_signatories=data.co_signatories,
        written_on=data.written_on,
        received_on=data.received_on,
        dossier=form.dossier.data,
        number=form.number.data,
        period=_period(form),
        source=data.source,
        annexes=data.annexes,
        actor=current_person(),
    )


def _data(form: LetterForm) -> LetterData:
    offices = (line.strip() for line in form.co_signatories.data.splitlines())
    return LetterData(
        reference=form.reference.data,
        subject=form.subject.data,
        unit=form.unit.data,
        addressee=form.addressee.data,
        sender=form.sender.data,
        co_signatories=tuple(office for office in offices if office),
        written_on=form.written_on.data,
        received_on=form.received_on.data,
        source=form.source.data,
        annexes=parse_annexes(form.annexes.data),
    )


def _period(form: LetterForm) -> ReportingPeriod | None:
    periods = list_periods(get_programme().id)
    return next((one for one in periods if one.id == form.period_id.data), None)


def _period_choices() -> dict[str, list[tuple[object, str]]]:
    periods = list_periods(get_programme().id)
    none = _("Niet over een halfjaar")
    return {"period_id": [("", none), *((one.id, f"{one.code} ({one.name})") for one in periods)]}


def _new_form() -> NewLetterForm:
    return make_form(NewLetterForm, choices=_period_choices(), data=_proposed())


def _proposed() -> dict[str, Any]:
    """What a letter about the half-year of the address begins with; everything can be changed."""
    programme, asked = get_programme(), number_asked("halfjaar")
    period = next((one for one in list_periods(programme.id) if one.id == asked), None)
    if period is None:
        return {}
    last = queries.newest_about_a_period(programme.id)
    same = ("sender", "co_signatories", "unit", "addressee")
    return {
        "period_id": period.id,
        "written_on": period.letter_on,
        "subject": f"Voortgangsrapportage {programme.name}, {period.name}",
        **({name: getattr(last, name) for name in same} if last is not None else {}),
    }


def _edit_form(letter: Letter) -> LetterForm:
    return make_form(LetterForm, letter, choices=_period_choices())


def _address_of(letter: Letter) -> str:
    return url_for("letters.show", letter_id=letter.id)


def _letter_page(letter: Letter, form: AppForm) -> str:
    return render_template(
        "letters/show.html",
        letter=letter,
        form=form,
        is_published=services.is_published(letter),
        citations=pages.citations(letter),
        version=pages.version_cited(letter),
        may_cite=services.may_cite_newest(letter),
        facts=pages.facts(letter),
        annexes=pages.annex_rows(letter),
        commitments=pages.commitment_rows(commitments_of(letter), letter),
        oddities=pages.oddities(letter.source, letter.subject),
        entries=in_words(list_history(letter)),
    )


def _new_page(form: NewLetterForm) -> str:
    asked = number_asked("halfjaar")
    return render_template("letters/edit.html", letter=None, form=form, is_proposed=bool(asked))


def _edit_page(letter: Letter, form: LetterForm) -> str:
    return render_template(
        "letters/edit.html",
        letter=letter,
        form=form,
        is_published=services.is_published(letter),
    )


def _publication_page(letter: Letter, form: PublicationForm) -> str:
    return render_template(
        "letters/publication.html",
        letter=letter,
        form=form,
        is_published=services.is_published(letter),
    )


def _correction_page(letter: Letter, form: CorrectionForm) -> str:
    return render_template("letters/correction.html", letter=letter, form=form)
