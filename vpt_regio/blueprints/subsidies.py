"""Subsidy schemes: the list with the rounds that run, one scheme, and what sources count of it."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.subsidy_schemes import last_incidental_day
from vpt_regio.domain.subsidy_codes import COUNT_KIND_LABELS
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.subsidies import CountForm, SchemeForm
from vpt_regio.models.subsidies import SubsidyScheme
from vpt_regio.queries.history import list_history
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.subsidy_outcomes import counts_on
from vpt_regio.queries.subsidy_rounds import get_scheme, list_open_rounds, list_schemes
from vpt_regio.services import subsidy_schemes as services
from vpt_regio.web import round_pages, scheme_pages
from vpt_regio.web.addresses import number_asked, same_page
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

bp = Blueprint("subsidies", __name__)

ADDRESS = "/subsidies/regelingen/<int:scheme_id>"


def load_scheme(scheme_id: int) -> SubsidyScheme | None:
    return get_scheme(scheme_id)


@bp.get("/subsidies")
@authorize(Permission.SUBSIDY_VIEW)
def index() -> ResponseReturnValue:
    programme = get_programme()
    rounds = list_open_rounds(programme)
    counts = counts_on(clock.today(), rounds)
    page = list_schemes(programme, page=number_asked("pagina") or 1)
    return render_template(
        "subsidies/index.html",
        headers=round_pages.round_headers(),
        round_rows=[round_pages.round_row(one, counts[one.id], with_scheme=True) for one in rounds],
        scheme_rows=[scheme_pages.scheme_row(one) for one in page.items],
        page=page,
        page_url=lambda number: same_page("subsidies.index", pagina=str(number)),
    )


@bp.get("/subsidies/regelingen/nieuw")
@authorize(Permission.SUBSIDY_MANAGE)
def new_scheme() -> ResponseReturnValue:
    return _scheme_form_page(None, make_form(SchemeForm))


@bp.post("/subsidies/regelingen/nieuw")
@authorize(Permission.SUBSIDY_MANAGE)
def create_scheme() -> ResponseReturnValue:
    form = make_form(SchemeForm)
    return handle(
        form,
        lambda: services.start_scheme(get_programme(), data=_data(form), actor=current_person()),
        page=lambda: _scheme_form_page(None, form),
        success=lambda scheme: url_for("subsidies.scheme", scheme_id=scheme.id),
        message=_("De regeling is toegevoegd."),
    )


@bp.get(ADDRESS)
@authorize(Permission.SUBSIDY_VIEW, load_scheme)
def scheme(scheme: SubsidyScheme) -> ResponseReturnValue:
    counts = counts_on(clock.today(), scheme.rounds)
    first = scheme.starts_on
    return render_template(
        "subsidies/scheme.html",
        scheme=scheme,
        period=scheme_pages.period_words(scheme),
        last_day=last_incidental_day(first) if first and scheme_pages.is_too_long(scheme) else None,
        count_rows=scheme_pages.scheme_count_rows(scheme),
        headers=round_pages.round_headers(),
        round_rows=[
            round_pages.round_row(one, counts[one.id], with_scheme=False) for one in scheme.rounds
        ],
        chart=round_pages.rounds_chart(scheme.rounds, counts),
        entries=in_words(list_history(scheme)),
    )


@bp.get(f"{ADDRESS}/wijzigen")
@authorize(Permission.SUBSIDY_MANAGE, load_scheme)
def edit_scheme(scheme: SubsidyScheme) -> ResponseReturnValue:
    return _scheme_form_page(scheme, make_form(SchemeForm, scheme))


@bp.post(f"{ADDRESS}/wijzigen")
@authorize(Permission.SUBSIDY_MANAGE, load_scheme)
def save_scheme(scheme: SubsidyScheme) -> ResponseReturnValue:
    form = make_form(SchemeForm, scheme)
    return handle(
        form,
        lambda: services.edit_scheme(
            scheme,
            data=_data(form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _scheme_form_page(scheme, form),
        success=_address_of(scheme),
        message=_("De regeling is opgeslagen."),
        obj=scheme,
    )


@bp.get(f"{ADDRESS}/aantallen")
@authorize(Permission.SUBSIDY_MANAGE, load_scheme)
def new_count(scheme: SubsidyScheme) -> ResponseReturnValue:
    return _count_page(scheme, _count_form())


@bp.post(f"{ADDRESS}/aantallen")
@authorize(Permission.SUBSIDY_MANAGE, load_scheme)
def add_count(scheme: SubsidyScheme) -> ResponseReturnValue:
    form = _count_form()
    return handle(
        form,
        lambda: services.import_scheme_count(
            scheme,
            kind=form.kind.data,
            from_year=form.from_year.data,
            to_year=form.to_year.data,
            number=form.number.data,
            source=form.source.data,
            note=form.note.data,
            actor=current_person(),
        ),
        page=lambda: _count_page(scheme, form),
        success=_address_of(scheme),
        message=_("Het aantal is toegevoegd."),
    )


def _address_of(scheme: SubsidyScheme) -> str:
    return url_for("subsidies.scheme", scheme_id=scheme.id)


def _data(form: SchemeForm) -> services.SchemeData:
    return services.SchemeData(**{field.short_name: field.data for field in form.content_fields()})


def _count_form() -> CountForm:
    kinds = [(kind, label(text)) for kind, text in COUNT_KIND_LABELS.items()]
    return make_form(CountForm, choices={"kind": kinds})


def _scheme_form_page(scheme: SubsidyScheme | None, form: SchemeForm) -> str:
    return render_template("subsidies/edit_scheme.html", scheme=scheme, form=form)


def _count_page(scheme: SubsidyScheme, form: AppForm) -> str:
    return render_template("subsidies/add_count.html", scheme=scheme, form=form)
