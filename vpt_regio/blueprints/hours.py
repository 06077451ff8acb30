"""The hours of the project leaders of a region, week by week."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.half_year import parse_week
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.forms.hours import ChangeHoursForm, CorrectHoursForm, HoursForm
from vpt_regio.models.covenants import HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.hours import HoursCorrection
from vpt_regio.models.regions import Region
from vpt_regio.queries.appointments import list_own_appointments
from vpt_regio.queries.history import list_history_since
from vpt_regio.queries.hours import WeekOfHours, find_entry, hours_overview
from vpt_regio.queries.late_bookings import counting_day
from vpt_regio.queries.lineage import holder_of
from vpt_regio.queries.region_books import RegionBooks, Span, find_books, find_span, list_spans
from vpt_regio.services.hours import book_hours, change_hours, require_own
from vpt_regio.services.hours_corrections import correct_hours
from vpt_regio.web.addresses import code_asked
from vpt_regio.web.authorize import authorize, may
from vpt_regio.web.filters import day, hours, long_day, number, plain_day, week
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
        success=lambda made: _page_with(region, made.thursday_on),
        message=_("De uren zijn geboekt."),
    )


@bp.get("/regios/<code>/uren/correctie")
@authorize(Permission.HOURS_BOOK, find_books)
def correction(books: RegionBooks) -> ResponseReturnValue:
    return _correction_page(books.region, _correction_form(books.region))


@bp.post("/regios/<code>/uren/correctie")
@authorize(Permission.HOURS_BOOK, find_books)
def correct(books: RegionBooks) -> ResponseReturnValue:
    form = _correction_form(books.region)
    return handle(
        form,
        lambda: correct_hours(
            db.session.get_one(ProjectLeaderAppointment, form.appointment.data),
            iso_year=form.week.data[0],
            iso_week=form.week.data[1],
            quarters=form.quarters.data,
            reason=form.reason.data,
            actor=current_person(),
        ),
        page=lambda: _correction_page(books.region, form),
        success=lambda made: _to_correction(books.region, made),
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
        success=_page_with(holder_of(entry.appointment.region), entry.thursday_on),
        message=_("De uren zijn gewijzigd."),
        obj=entry,
    )


def _new_form(region: Region) -> HoursForm:
    own = list_own_appointments(region, current_person())
    form = make_form(HoursForm, choices={"appointment": [(a.id, _name(a)) for a in own]})
    if form.appointment.data is None and own:
        form.appointment.data = own[0].id
    return form


def _correction_form(region: Region) -> CorrectHoursForm:
    own = list_own_appointments(region, current_person())
    try:
        asked = parse_week(request.args.get("week", ""))
    except ValueError:
        asked = None
    return make_form(
        CorrectHoursForm,
        choices={"appointment": [(a.id, _name(a)) for a in own]},
        data={"week": asked, "appointment": own[0].id if own else None},
    )


def _correction_page(region: Region, form: CorrectHoursForm) -> str:
    return render_template("hours/correct.html", region=region, form=form)


def _to_correction(region: Region, made: HoursCorrection) -> str:
    """Tell where the difference counts, and return the page on which it shows."""
    told = _(
        "Week %(week)s valt in een halfjaar dat is vastgezet. Het verschil van %(hours)s uur"
        " telt mee op %(day)s.",
        week=f"{made.iso_year}-W{made.iso_week:02}",
        hours=hours(made.quarters),
        day=long_day(made.counted_on),
    )
    flash(told)
    return _page_with(region, made.counted_on)


def _page_with(region: Region, day: date) -> str:
    """Return the page of the half-year that holds a day."""
    spans = list_spans(region.programme_id, today=clock.today())
    held = next((span.code for span in spans if span.starts_on <= day <= span.ends_on), None)
    return url_for("hours.index", code=region.code, halfjaar=held)


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
        is_frozen=_is_frozen(region, span, today),
        corrections=[_correction_row(one) for one in overview.corrections],
        may_book=may(Permission.HOURS_BOOK, region) and region.status is not RegionStatus.MERGED,
        rows=[
            _row(week, region, is_frozen=_is_frozen(region, span, today))
            for week in reversed(overview.weeks)
        ],
    )


def _edit_page(entry: HoursEntry, form: ChangeHoursForm) -> str:
    return render_template(
        "hours/edit.html",
        entry=entry,
        region=entry.appointment.region,
        form=form,
        week=f"{entry.iso_year}-W{entry.iso_week:02}",
        entries=in_words(list_history_since(entry, "hours.booked")),
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


def _is_frozen(region: Region, span: Span, today: date) -> bool:
    """Return whether hours of a half-year can only be put right by a correction."""
    return span.is_locked and counting_day(region, span.ends_on, today=today).frozen is not None


def _correction_row(one: HoursCorrection) -> list[Any]:
    return [
        week(one.iso_year, one.iso_week),
        hours(one.quarters),
        one.appointment.person.name,
        one.reason,
        day(one.counted_on),
    ]


def _row(booked: WeekOfHours, region: Region, *, is_frozen: bool) -> list[Any]:
    own = [e for e in booked.entries if e.appointment.person_id == current_person().id]
    may_change = bool(own) and may(Permission.HOURS_BOOK, region)
    names = "; ".join(_entry(entry) for entry in booked.entries)
    row: list[Any] = [
        {"text": week(booked.iso_year, booked.iso_week), "note": day(booked.monday)},
        hours(booked.quarters) if booked.entries else _("niet geboekt"),
        number(booked.norm, 1),
        names or None,
    ]
    if may_change and is_frozen:
        url = url_for("hours.correction", code=region.code, week=booked.code)
        row.append({"text": _("Corrigeer week %(week)s", week=booked.iso_week), "url": url})
    elif may_change:
        url = url_for("hours.edit", code=region.code, entry_id=own[0].id)
        row.append({"text": _("Wijzig week %(week)s", week=booked.iso_week), "url": url})
    else:
        row.append("")
    return row


def _entry(entry: HoursEntry) -> str:
    words = f"{entry.appointment.person.name}: {hours(entry.quarters)}"
    return f"{words} ({entry.note})" if entry.note else words
