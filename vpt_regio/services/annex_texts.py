"""The texts of the annex: put ready, written, agreed with by the account manager, and seen.

Nothing is overwritten: each step adds a version. After the freeze nobody writes, unless the
half-year is open again for the region, or for what belongs to no region.
"""

from vpt_regio import clock, policies
from vpt_regio.domain.half_year_codes import AnnexChapter, TextAction
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.errors import Invalid, PeriodFrozen, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.annex_texts import AnnexText, AnnexTextVersion
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.queries.annex_texts import (
    earlier_departments,
    highest_department,
    is_reopened,
    list_texts,
    reporting_regions,
)
from vpt_regio.queries.programmes import list_policy_lines
from vpt_regio.queries.region_row import SETTLED_PERIODS
from vpt_regio.services import audit, transitions

LONGEST_NAME = 200


def start_texts(period: ReportingPeriod, *, actor: Person) -> list[AnnexText]:
    """Put a text ready for each chapter that has none yet; return the ones that were made.

    There is one for each main line of the policy, for each region that reports, and for each
    department of the last half-year. A region whose report was accepted begins with its words,
    also when its text was put ready before. Raises NotAllowed, WrongState or PeriodFrozen.
    """
    role = policies.require(actor, Permission.ANNEX_WRITE, period)
    if period.status is PeriodStatus.PLANNED:
        raise WrongState(N_("Dit halfjaar is nog niet begonnen. Open het eerst."))
    _require_open(period, None)
    present = {one.key: one for one in list_texts(period)}
    made = [one for one in _wanted(period) if one.key not in present]
    db.session.add_all(made)
    db.session.flush()
    texts = {**present, **{one.key: one for one in made}}
    for region, report in reporting_regions(period):
        text = texts[f"region-{region.id}"]
        words = _words_of(report) if report else ""
        if words and not text.latest_no:
            _add_version(text, words, TextAction.WRITTEN, actor=actor, role=role)
    if made:
        audit.record(
            "period.annex_started", period, actor=actor, role=role, details={"count": len(made)}
        )
    return made


def write(
    text: AnnexText, *, body: str, actor: Person, expected_version: int | None = None
) -> AnnexText:
    """Keep new words of a text; the same words make no version.

    What is written at the ministry has to be agreed with again, and is shown to the account
    manager until they have seen it. Raises NotAllowed, Conflict or PeriodFrozen.
    """
    role = policies.require(actor, Permission.ANNEX_WRITE, text)
    transitions.check_version(text, expected_version)
    _require_open(text.period, text.region_id)
    if body == text.body:
        return text
    _add_version(text, body, TextAction.WRITTEN, actor=actor, role=role)
    if text.region_id is not None and policies.can(actor, Permission.ANNEX_SIGN_OFF, text):
        text.seen_no = text.latest_no
    audit.record(
        "annex_text.written", text, actor=actor, role=role, details={"version": text.latest_no}
    )
    return text


def sign_off(text: AnnexText, *, actor: Person, expected_version: int | None = None) -> AnnexText:
    """Agree with the newest words of the text of a region, as its account manager.

    Raises NotAllowed, Conflict, PeriodFrozen, WrongState when that was done, or Invalid without
    any words.
    """
    role = policies.require(actor, Permission.ANNEX_SIGN_OFF, text)
    transitions.check_version(text, expected_version)
    if text.region_id is None:
        raise WrongState(N_("Alleen een tekst van een regio krijgt een akkoord."))
    _require_open(text.period, text.region_id)
    if text.is_signed_off:
        raise WrongState(N_("U bent al akkoord met deze tekst."))
    if not text.body:
        raise Invalid(N_("Er is nog geen tekst om akkoord op te geven."))
    _add_version(text, text.body, TextAction.SIGNED_OFF, actor=actor, role=role)
    text.signed_off_no = text.seen_no = text.latest_no
    text.signed_off_by, text.signed_off_on = actor, clock.today()
    db.session.flush()
    audit.record(
        "annex_text.signed_off", text, actor=actor, role=role, details={"version": text.latest_no}
    )
    return text


def mark_seen(text: AnnexText, *, actor: Person, expected_version: int | None = None) -> AnnexText:
    """Note that the account manager saw what was changed; it is no agreement.

    It stays possible after the freeze. Raises NotAllowed or Conflict.
    """
    role = policies.require(actor, Permission.ANNEX_SIGN_OFF, text)
    transitions.check_version(text, expected_version)
    if text.seen_no == text.latest_no:
        return text
    text.seen_no = text.latest_no
    db.session.flush()
    audit.record(
        "annex_text.seen", text, actor=actor, role=role, details={"version": text.latest_no}
    )
    return text


def add_department(period: ReportingPeriod, *, name: str, actor: Person) -> AnnexText:
    """Add a department that contributes, as the last one.

    Raises NotAllowed, PeriodFrozen, or Invalid for a name that is there already.
    """
    role = policies.require(actor, Permission.ANNEX_WRITE, period)
    _require_open(period, None)
    _check_name(period, name)
    text = _department(period, name, highest_department(period) + 1)
    db.session.add(text)
    db.session.flush()
    audit.record("annex_text.added", text, actor=actor, role=role, details={"name": name})
    return text


def rename_department(
    text: AnnexText, *, name: str, actor: Person, expected_version: int | None = None
) -> AnnexText:
    """Give a department another name. Raises NotAllowed, Conflict, PeriodFrozen or Invalid."""
    role = policies.require(actor, Permission.ANNEX_WRITE, text)
    transitions.check_version(text, expected_version)
    _require_department(text)
    if name == text.department:
        return text
    _check_name(text.period, name)
    before, text.department = text.department, name
    db.session.flush()
    details = {"before": before, "name": name}
    audit.record("annex_text.renamed", text, actor=actor, role=role, details=details)
    return text


def move_department_up(text: AnnexText, *, actor: Person) -> AnnexText:
    """Let a department change places with the one before it; the first one stays.

    Raises NotAllowed, PeriodFrozen or WrongState.
    """
    role = policies.require(actor, Permission.ANNEX_WRITE, text)
    _require_department(text)
    departments = [one for one in list_texts(text.period) if one.chapter is AnnexChapter.DEPARTMENT]
    place = departments.index(text)
    if place == 0:
        return text
    before = departments[place - 1]
    text.position, before.position = before.position, text.position
    db.session.flush()
    audit.record(
        "annex_text.moved", text, actor=actor, role=role, details={"name": text.department}
    )
    return text


def can_write_now(text: AnnexText) -> bool:
    """Tell whether a text may still change: until the freeze, or in what was opened again."""
    return _is_open(text.period, text.region_id)


def _wanted(period: ReportingPeriod) -> list[AnnexText]:
    own = {"period_id": period.id}
    texts = [
        AnnexText(**own, key=str(chapter), chapter=chapter)
        for chapter in (AnnexChapter.INTRODUCTION, AnnexChapter.CLOSING)
    ]
    for place, line in enumerate(list_policy_lines(period.programme, on=period.ends_on), start=1):
        texts.append(
            AnnexText(
                **own,
                key=f"policy_line-{line.id}",
                chapter=AnnexChapter.POLICY_LINE,
                policy_line_id=line.id,
                position=place,
            )
        )
    for region, _report in reporting_regions(period):
        texts.append(
            AnnexText(
                **own,
                key=f"region-{region.id}",
                chapter=AnnexChapter.REGION,
                region_id=region.id,
            )
        )
    if not highest_department(period):
        for place, name in enumerate(earlier_departments(period), start=1):
            texts.append(_department(period, name, place))
    return texts


def _department(period: ReportingPeriod, name: str, place: int) -> AnnexText:
    # a department may get another name and another place: its key stays
    return AnnexText(
        period_id=period.id,
        key=f"department-{place}",
        chapter=AnnexChapter.DEPARTMENT,
        department=name,
        position=place,
    )


def _words_of(report: ProgressReport) -> str:
    return "\n\n".join(part for part in (report.results, report.outlook) if part)


def _add_version(
    text: AnnexText, body: str, action: TextAction, *, actor: Person, role: str
) -> None:
    text.latest_no += 1
    text.versions.append(
        AnnexTextVersion(
            version_no=text.latest_no,
            action=action,
            body=body,
            author=actor,
            role=role,
        )
    )
    db.session.flush()


def _check_name(period: ReportingPeriod, name: str) -> None:
    if not name:
        raise Invalid(N_("Vul de naam van het ministerie in."), field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid(N_("Gebruik hoogstens 200 tekens."), field="name")
    names = [one.department.casefold() for one in list_texts(period)]
    if name.casefold() in names:
        raise Invalid(N_("Dit ministerie staat er al."), field="name")


def _require_department(text: AnnexText) -> None:
    if text.chapter is not AnnexChapter.DEPARTMENT:
        raise WrongState(N_("Dit is geen bijdrage van een ministerie."))
    _require_open(text.period, None)


def _is_open(period: ReportingPeriod, region_id: int | None) -> bool:
    if period.status not in SETTLED_PERIODS:
        return True
    return is_reopened(period, region_id, on=clock.today())


def _require_open(period: ReportingPeriod, region_id: int | None) -> None:
    if not _is_open(period, region_id):
        raise PeriodFrozen(
            N_("Dit halfjaar is vastgezet. De teksten van de bijlage veranderen niet meer.")
        )
