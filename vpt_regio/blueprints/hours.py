"""The hours of the project leaders of a region, week by week."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.forms.hours import ChangeHoursForm, HoursForm
from vpt_regio.models.covenants import HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.regions import Region
from vpt_regio.queries.appointments import list_own_appointments
from vpt_regio.queries.history import list_history
from vpt_regio.queries.hours import WeekOfHours, find_entry, hours_overview
from vpt_regio.queries.lineage import holder_of
from vpt_regio.queries.region_books import RegionBooks, Span, find_books, find_span, list_spans
from vpt_regio.services.hours import book_hours, change_hours, require_own
from vpt_regio.web.addresses import code_asked
from vpt_regio.web.authorize import authorize, may
from vpt_regio.web.filters import day, hours, number, plain_day, week
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.session import current_person

bp = Blueprint("hours", __name__)


def load_entry(code: str, entry_id: int) -> HoursEntry | None:
    books = find_books(code)
    return find_entry(books.region, entry_id) if books else None


@bp.get("/regios/<code>/uren")
@authorize(Permission.REGION_VIEW_DETAILS, find_books)
def index(books: RegionBooks) -> ResponseReturnValue:
    region = books.region
    return _index_page(region, _new_form(region))


@bp.post("/regios/<code>/uren")
@authorize(Permission.HOURS_BOOK, find_books)
def book(books: RegionBooks) -> ResponseReturnValue:
    region = books.region
    form = _new_form(region)
    return handle(
        form,
        lambda: book_hours(
            db.session.get_one(ProjectLeaderAppointment, form.appointment.data),
            iso_year=form.week.data[0],
            iso_week=form.week.data[1],
            quarters=form.quarters.data,
            note=form.note.data,
            actor=current_person(),
        ),
        page=lambda: _index_page(region, form),
        success=url_for("hours.index", code=region.code, halfjaar=request.args.get("halfjaar")),
        message=_("De uren zijn geboekt."),
    )


@bp.get("/regios/<code>/uren/<int:entry_id>")
@authorize(Permission.HOURS_BOOK, load_entry)
def edit(entry: HoursEntry) -> ResponseReturnValue:
    require_own(entry.appointment, actor=current_person())
    return _edit_page(entry, make_form(ChangeHoursForm, entry))


@bp.post("/regios/<code>/uren/<int:entry_id>")
@authorize(Permission.HOURS_BOOK, load_entry)
def save(entry: HoursEntry) -> ResponseReturnValue:
    form = make_form(ChangeHoursForm, entry)
    return handle(
        form,
        lambda: change_hours(
            entry,
            quarters=form.quarters.data,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _edit_page(entry, form),
        success=url_for("hours.index", code=holder_of(entry.appointment.region).code),
        message=_("De uren zijn gewijzigd."),
        obj=entry,
    )


def _new_form(region: Region) -> HoursForm:
    own = list_own_appointments(region, current_person())
    form = make_form(HoursForm, choices={"appointment": [(a.id, _name(a)) for a in own]})
    if form.appointment.data is None and own:
        form.appointment.data = own[0].id
    return form


def _index_page(region: Region, form: HoursForm) -> str:
    today = clock.today()
    spans = list_spans(region.programme_id, today=today)
    span = _chosen(region, spans, today)
    overview = hours_overview(region, span, today=today)
    is_current = span.starts_on <= today <= span.ends_on
    return render_template(
        "hours/index.html",
        region=region,
        form=form,
        span=span,
        spans=spans,
        overview=overview,
        is_current=is_current,
        may_book=may(Permission.HOURS_BOOK, region) and region.status is not RegionStatus.MERGED,
        rows=[_row(week, region, span) for week in reversed(overview.weeks)],
    )


def _edit_page(entry: HoursEntry, form: ChangeHoursForm) -> str:
    return render_template(
        "hours/edit.html",
        entry=entry,
        region=entry.appointment.region,
        form=form,
        week=f"{entry.iso_year}-W{entry.iso_week:02}",
        entries=in_words(list_history(entry)),
    )


def _chosen(region: Region, spans: list[Span], today: date) -> Span:
    """Return the half-year that was asked for, else the one of today."""
    code = code_asked("halfjaar")
    if not code:
        return next((s for s in spans if s.starts_on <= today <= s.ends_on), spans[0])
    span = find_span(region.programme_id, code)
    return span if span is not None else abort(404)


def _name(appointment: ProjectLeaderAppointment) -> str:
    until = plain_day(appointment.ends_on) or _("nu")
    return _(
        "%(role)s, %(start)s tot en met %(end)s",
        role=_("waarnemer") if appointment.is_deputy else _("projectleider"),
        start=plain_day(appointment.starts_on),
        end=until,
    )


def _row(booked: WeekOfHours, region: Region, span: Span) -> list[Any]:
    own = [e for e in booked.entries if e.appointment.person_id == current_person().id]
    may_change = bool(own) and not span.is_locked and may(Permission.HOURS_BOOK, region)
    names = "; ".join(_entry(entry) for entry in booked.entries)
    row: list[Any] = [
        {"text": week(booked.iso_year, booked.iso_week), "note": day(booked.monday)},
        hours(booked.quarters) if booked.entries else _("niet geboekt"),
        number(booked.norm, 1),
        names or None,
    ]
    if may_change:
        url = url_for("hours.edit", code=region.code, entry_id=own[0].id)
        row.append({"text": _("Wijzig week %(week)s", week=booked.iso_week), "url": url})
    else:
        row.append("")
    return row


def _entry(entry: HoursEntry) -> str:
    words = f"{entry.appointment.person.name}: {hours(entry.quarters)}"
    return f"{words} ({entry.note})" if entry.note else words
