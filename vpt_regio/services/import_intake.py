"""Progress forms as they come in: kept, read against what is there, and refused or shown."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from vpt_regio import clock, policies
from vpt_regio.domain.half_year_codes import ImportStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_, file_name_of
from vpt_regio.domain.workflows.imports import IMPORT
from vpt_regio.errors import Invalid, NotAllowed
from vpt_regio.extensions import db
from vpt_regio.models.imports import Import
from vpt_regio.models.jobs import Job
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries import imports as queries
from vpt_regio.queries.reports import get_region
from vpt_regio.services import audit, transitions
from vpt_regio.services.import_checks import belonging_problems, merged, step_problems
from vpt_regio.services.import_lines import Booked, Line, LineState, compare, lines_of, to_plain
from vpt_regio.services.import_steps import Place, take_lines
from vpt_regio.services.jobs import queue_job
from vpt_regio.workbooks.progress_form_source import read_form_source
from vpt_regio.workbooks.progress_form_types import FormProblem, FormRead, FormSource
from vpt_regio.workbooks.read_grid import CellMessage

READ_FORM = "read_form"
LONGEST_FILE_NAME = 200
MOST_AT_ONCE = 20  # the forms of all regions come in within one sitting

CHOOSE_REGION = N_("Kies voor welke regio u het formulier inleest.")
NO_REGION = N_("U schrijft voor geen enkele regio een rapportage. U kunt geen formulier inlezen.")
NOTHING_NEW = N_("Het formulier zegt niets anders dan wat er al staat.")
SAME_FILE = N_(
    "%(person)s heeft dit bestand op %(day)s ook ingelezen. De uitkomst was: %(outcome)s."
)
KNOWN_BOOKINGS = N_(
    "Uitgaven die dit formulier al eerder heeft geboekt: %(count)s."
    " Die worden niet nog een keer geboekt."
)
ALIKE_BOOKINGS = N_(
    "Uitgaven die lijken op een boeking van na het downloaden: %(count)s."
    " Die staan uit. Zet ze alleen aan als het echt een andere uitgave is."
)


def upload(
    data: bytes,
    file_name: str,
    *,
    region: Region | None = None,
    period: ReportingPeriod,
    actor: Person,
) -> Job:
    """Keep a file and have it read in the background; return the job that does so.

    Raises NotAllowed, Invalid without a region, or WrongState while too much waits.
    """
    import_ = _keep(
        data, file_name, region=_region_for(region, period, actor), period=period, actor=actor
    )
    key = f"{READ_FORM}:{import_.id}"
    return queue_job(
        READ_FORM,
        {"import_id": import_.id},
        actor=actor,
        work_key=key,
        at_most=MOST_AT_ONCE,
    )


def receive(
    data: bytes,
    file_name: str,
    *,
    read: FormRead,
    region: Region | None = None,
    period: ReportingPeriod,
    actor: Person,
) -> Import:
    """Keep a file and show or refuse what was read of it: an Import in preview or refused.

    Without a region it is the one that the file names, as far as the person writes for it.
    Raises NotAllowed, or Invalid when no region is named.
    """
    place = region or _region_of_file(read, period, actor) or _region_for(None, period, actor)
    import_ = _keep(data, file_name, region=place, period=period, actor=actor)
    return take_in(import_, read, actor=actor)


def take_in(import_: Import, read: FormRead, *, actor: Person) -> Import:
    """Hold what was read of a file against what is there: a preview, or all reasons to refuse it.

    A file that was taken in before is left as it is.
    """
    if is_read(import_):
        return import_
    policies.require(actor, Permission.REPORT_EDIT, import_)
    if problems := belonging_problems(read, import_.region, import_.period, actor=actor):
        # nothing of a form that belongs elsewhere is told, nor sent back
        return _refuse(import_, replace(read, problems=tuple(problems)), None, actor=actor)
    if read.meta is None:
        return _refuse(import_, read, None, actor=actor)
    source = read_form_source(import_.region, import_.period)
    lines = compare(lines_of(read, source), source, _booked(import_, read))
    problems = merged([*read.problems, *_trial(import_, lines, actor=actor)])
    if problems:
        refused = replace(read, problems=tuple(problems))
        return _refuse(import_, refused, _marked(source, refused), actor=actor)
    import_.changes = [to_plain(line) for line in lines]
    import_.notes = [_plain_message(note) for note in read.notes] + _own_notes(import_, lines)
    db.session.flush()
    return import_


def is_read(import_: Import) -> bool:
    """Return whether a file was read already; until then it waits in the queue."""
    return import_.status is not ImportStatus.PREVIEW or bool(import_.changes or import_.notes)


def _keep(
    data: bytes, file_name: str, *, region: Region, period: ReportingPeriod, actor: Person
) -> Import:
    role = policies.require(actor, Permission.REPORT_EDIT, region)
    import_ = Import(
        region=region,
        period=period,
        file_name=file_name_of(file_name, most=LONGEST_FILE_NAME, otherwise="formulier"),
        content=data,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=actor,
        problems=[],
        notes=[],
        changes=[],
        applied=[],
    )
    db.session.add(import_)
    db.session.flush()
    audit.record("import.received", import_, actor=actor, role=role, details=about(import_))
    return import_


def _region_for(region: Region | None, period: ReportingPeriod, actor: Person) -> Region:
    if region is not None:
        return region
    own = queries.list_writable_regions(actor, period.programme_id)
    if not own:
        raise NotAllowed(NO_REGION)
    if len(own) > 1:
        raise Invalid(CHOOSE_REGION, field="region")
    return own[0]


def _region_of_file(read: FormRead, period: ReportingPeriod, actor: Person) -> Region | None:
    named = get_region(period.programme_id, read.meta.region) if read.meta else None
    if named is None or not policies.can(actor, Permission.REPORT_EDIT, named):
        return None
    return named


def place_of(import_: Import) -> Place:
    """Return where a form belongs."""
    return Place(import_.region, import_.period, import_.file_name)


def _booked(import_: Import, read: FormRead) -> Booked:
    return booked_by(import_, read.meta.downloaded_at.isoformat() if read.meta else "")


def booked_by(import_: Import, form: str) -> Booked:
    """Return what one downloaded form booked before, and which bookings do not count."""
    place = (import_.region_id, import_.period_id)
    return Booked(queries.count_booked(*place, form), queries.list_taken_back(*place))


def _trial(import_: Import, lines: Sequence[Line], *, actor: Person) -> list[FormProblem]:
    """Take every line over and put it all back: that is how every rule gets to speak."""
    tried = [line for line in lines if line.is_open and line.state is not LineState.ALIKE]
    attempt = db.session.begin_nested()
    try:
        taken = take_lines(place_of(import_), tried, actor=actor)
    finally:
        attempt.rollback()
    return step_problems(taken.errors)


def _marked(source: FormSource, read: FormRead) -> bytes:
    """Return a fresh form with what was filled in, and every problem at its cell."""
    # openpyxl takes a second to load, which only who writes a file should wait for
    from vpt_regio.workbooks.progress_form_marks import mark_form

    target = BytesIO()
    mark_form(source, read, target)
    return target.getvalue()


def _own_notes(import_: Import, lines: Sequence[Line]) -> list[dict[str, Any]]:
    notes = [
        _note(
            "same_file",
            SAME_FILE,
            person=one.uploaded_by.name,
            day=f"{one.uploaded_at.astimezone(clock.AMSTERDAM):%d-%m-%Y %H:%M}",
            outcome=IMPORT.state(one.status).label,
        )
        for one in queries.list_same_files(import_)
    ]
    states = [line.state for line in lines]
    if known := states.count(LineState.KNOWN):
        notes.append(_note("known_bookings", KNOWN_BOOKINGS, count=known))
    if alike := states.count(LineState.ALIKE):
        notes.append(_note("alike_bookings", ALIKE_BOOKINGS, count=alike))
    if not any(line.is_open for line in lines):
        notes.append(_note("nothing_new", NOTHING_NEW))
    return notes


def _note(code: str, message: str, **params: Any) -> dict[str, Any]:
    return {"sheet": "", "cells": [], "code": code, "message": message, "params": params}


def _plain_message(one: CellMessage) -> dict[str, Any]:
    params = {
        name: value if isinstance(value, int) else str(value) for name, value in one.params.items()
    }
    return {
        "sheet": one.sheet,
        "cells": list(one.cells),
        "code": getattr(one, "code", "note"),
        "message": one.message,
        "params": params,
    }


def _refuse(import_: Import, read: FormRead, returned: bytes | None, *, actor: Person) -> Import:
    import_.problems = [_plain_message(one) for one in read.problems]
    import_.notes = [_plain_message(one) for one in read.notes]
    import_.returned = returned
    note_decision(import_, actor)
    inputs = about(import_) | {"problems": len(import_.problems)}
    with db.session.no_autoflush:
        transitions.apply(import_, "refuse", workflow=IMPORT, actor=actor, inputs=inputs)
    return import_


def note_decision(import_: Import, actor: Person) -> None:
    """Note who decided on a form, before its status changes."""
    import_.decided_by, import_.decided_at = actor, clock.now()


def about(import_: Import) -> dict[str, Any]:
    """Return what the audit record keeps of a form."""
    return {
        "file": import_.file_name,
        "sha256": import_.sha256,
        "region": import_.region.name,
        "period": import_.period.code,
    }
