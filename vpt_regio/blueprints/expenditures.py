"""What a region spends: the bookings, a new one, and corrections."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.enums import PHASE_LABELS
from vpt_regio.domain.permissions import Permission
from vpt_regio.extensions import db
from vpt_regio.forms.expenditures import CorrectionForm, ExpenditureForm
from vpt_regio.models.action_plans import Activity
from vpt_regio.models.covenants import Expenditure
from vpt_regio.models.regions import Region
from vpt_regio.queries import expenditures as queries
from vpt_regio.queries.covenants import list_covenants_of
from vpt_regio.queries.history import list_history
from vpt_regio.queries.lineage import share_of_branch
from vpt_regio.queries.region_books import RegionBooks, Span, find_books, find_span, list_spans
from vpt_regio.services.expenditures import book_expenditure, correct_expenditure
from vpt_regio.web.addresses import code_asked, number_asked
from vpt_regio.web.authorize import authorize
from vpt_regio.web.filters import day, euro
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label
from vpt_regio.web.late_bookings import late_hint, late_text
from vpt_regio.web.session import current_person

bp = Blueprint("expenditures", __name__)


def load_expenditure(code: str, expenditure_id: int) -> Expenditure | None:
    books = find_books(code)
    return queries.find_expenditure(books.region, expenditure_id) if books else None


@bp.get("/regios/<code>/uitgaven")
@authorize(Permission.REGION_VIEW_DETAILS, find_books)
def index(books: RegionBooks) -> ResponseReturnValue:
    region = books.region
    span = _chosen(region)
    page = queries.list_bookings(region, span, page=number_asked("pagina") or 1)
    planned = queries.list_planned_activities(region)
    return render_template(
        "expenditures/index.html",
        region=region,
        span=span,
        spans=list_spans(region.programme_id, today=clock.today()),
        page=page,
        rows=_rows(region, page.items),
        pots=_pots(region),
        phases=queries.spent_by_phase(region, span),
        phase_labels=PHASE_LABELS,
        activities=_activity_rows(planned, queries.spent_by_activity(region, span)),
    )


@bp.get("/regios/<code>/uitgaven/nieuw")
@authorize(Permission.EXPENDITURE_BOOK, find_books)
def new(books: RegionBooks) -> ResponseReturnValue:
    region = books.region
    return _new_page(region, _new_form(region))


@bp.post("/regios/<code>/uitgaven/nieuw")
@authorize(Permission.EXPENDITURE_BOOK, find_books)
def book(books: RegionBooks) -> ResponseReturnValue:
    region = books.region
    form = _new_form(region)
    return handle(
        form,
        lambda: book_expenditure(
            region,
            booked_on=form.booked_on.data,
            phase=form.phase.data,
            activity=db.session.get(Activity, form.activity.data or 0),
            description=form.description.data,
            amount_cents=form.amount.data,
            override_reason=form.override_reason.data,
            actor=current_person(),
        ),
        page=lambda: _new_page(region, form),
        success=lambda made: _told(made, _("De uitgave is geboekt.")),
    )


@bp.get("/regios/<code>/uitgaven/<int:expenditure_id>")
@authorize(Permission.REGION_VIEW_DETAILS, load_expenditure)
def show(expenditure: Expenditure) -> ResponseReturnValue:
    return _show_page(expenditure, make_form(CorrectionForm))


@bp.post("/regios/<code>/uitgaven/<int:expenditure_id>")
@authorize(Permission.EXPENDITURE_BOOK, load_expenditure)
def correct(expenditure: Expenditure) -> ResponseReturnValue:
    form = make_form(CorrectionForm)
    return handle(
        form,
        lambda: correct_expenditure(
            expenditure,
            booked_on=form.booked_on.data,
            amount_cents=form.amount.data,
            reason=form.reason.data,
            actor=current_person(),
        ),
        page=lambda: _show_page(expenditure, form),
        success=lambda made: _told(made, _("De correctie is geboekt.")),
    )


def _told(made: Expenditure, message: str) -> str:
    """Tell that it was booked, and where it counts when it came late; return the next page."""
    flash(" ".join(filter(None, [message, late_text(made)])))
    if made.corrects is not None:
        return _address(made.corrects)
    return url_for("expenditures.index", code=made.region.code)


def _new_form(region: Region) -> ExpenditureForm:
    planned = queries.list_planned_activities(region)
    names = [(found.activity_id, f"{found.number}. {found.title}") for found in planned]
    phases = [(phase.value, label(text)) for phase, text in PHASE_LABELS.items()]
    choices: dict[str, list[tuple[Any, str]]] = {
        "activity": [("", _("Geen activiteit uit het plan")), *names],
        "phase": phases,
    }
    return make_form(ExpenditureForm, choices=choices)


def _new_page(region: Region, form: ExpenditureForm) -> str:
    return render_template(
        "expenditures/new.html",
        region=region,
        form=form,
        pots=_pots(region),
        late_hint=late_hint(region),
    )


def _show_page(expenditure: Expenditure, form: CorrectionForm) -> str:
    corrections = queries.list_corrections(expenditure)
    activity_id = expenditure.activity_id
    return render_template(
        "expenditures/show.html",
        expenditure=expenditure,
        region=expenditure.region,
        form=form,
        late_text=late_text(expenditure),
        late_hint=late_hint(expenditure.region),
        activity_number=queries.activity_numbers([activity_id]).get(activity_id or 0),
        phase_labels=PHASE_LABELS,
        original_url=_address(expenditure.corrects) if expenditure.corrects else None,
        corrections=[
            [{"text": day(c.booked_on), "url": _address(c)}, c.reason, euro(c.amount_cents)]
            for c in corrections
        ],
        left=expenditure.amount_cents + sum(c.amount_cents for c in corrections),
        entries=in_words(list_history(expenditure, *corrections)),
    )


def _address(expenditure: Expenditure) -> str:
    return url_for("expenditures.show", code=expenditure.region.code, expenditure_id=expenditure.id)


def _chosen(region: Region) -> Span | None:
    """Return the half-year that was asked for; None stands for all of them."""
    code = code_asked("halfjaar")
    if not code:
        return None
    span = find_span(region.programme_id, code)
    return span if span is not None else abort(404)


def _rows(region: Region, expenditures: list[Expenditure]) -> list[list[Any]]:
    numbers = queries.activity_numbers(found.activity_id for found in expenditures)
    taken_back = queries.taken_back(expenditures)
    return [
        [
            {"text": day(found.booked_on), "url": _address(found)},
            {"text": found.description, "note": _note(found, taken_back.get(found.id, 0))},
            label(PHASE_LABELS[found.phase]),
            numbers.get(found.activity_id or 0),
            found.booked_by.name,
            euro(found.amount_cents),
        ]
        for found in expenditures
    ]


def _note(expenditure: Expenditure, corrected_cents: int) -> str:
    return " ".join(filter(None, [_cause(expenditure, corrected_cents), late_text(expenditure)]))


def _cause(expenditure: Expenditure, corrected_cents: int) -> str | None:
    if expenditure.corrects_id is not None:
        return _("Correctie: %(reason)s", reason=expenditure.reason)
    if expenditure.override_reason:
        return _("Boven budget toegestaan: %(reason)s", reason=expenditure.override_reason)
    if corrected_cents:
        return _("Gecorrigeerd met %(amount)s", amount=euro(corrected_cents))
    return None


def _pots(region: Region) -> list[dict[str, Any]]:
    """Return what each covenant gives the region and what was spent of it."""
    spent = queries.spent_by_covenant(region)
    return [
        {
            "covenant": covenant,
            "available": share_of_branch(covenant, region.id, covenant.available_cents),
            "spent": spent.get(covenant.id, 0),
        }
        for covenant in list_covenants_of(region)
    ]


def _activity_rows(
    planned: list[queries.PlannedActivity], spent: dict[int | None, int]
) -> list[list[Any]]:
    known = {found.activity_id for found in planned}
    rows: list[list[Any]] = [
        [
            f"{found.number}. {found.title}",
            euro(found.budget_cents),
            euro(spent.get(found.activity_id, 0)),
        ]
        for found in planned
    ]
    gone = [cents for key, cents in spent.items() if key is not None and key not in known]
    if gone:
        rows.append([_("Activiteiten die niet meer in het plan staan"), None, euro(sum(gone))])
    if None in spent:
        rows.append([_("Zonder activiteit"), None, euro(spent[None])])
    return rows
