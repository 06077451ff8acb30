"""How far the steps towards the letter of a half-year are, beside their deadlines."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from vpt_regio import clock
from vpt_regio.domain.enums import PeriodStatus, ReportStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.deadlines import DEADLINE_LABELS, DeadlineKind
from vpt_regio.models.letters import LetterCheck
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.annex_texts import count_department_texts
from vpt_regio.queries.letter_checks import latest_check
from vpt_regio.queries.letters import letters_of
from vpt_regio.queries.periods import Board
from vpt_regio.queries.snapshots import latest_snapshot
from vpt_regio.services.letter_checks import is_done
from vpt_regio.web.authorize import may
from vpt_regio.web.filters import long_day, plain_moment
from vpt_regio.web.i18n import label
from vpt_regio.web.letter_check_pages import counts

BEFORE_INVITATIONS = (PeriodStatus.PLANNED, PeriodStatus.OPEN)

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Step:
    """How far one step is, in words, and the page where one sees more."""

    words: str
    is_done: bool
    url: str | None = None
    action: str = ""


def step_rows(period: ReportingPeriod, board: Board) -> list[Row]:
    """Return the deadlines of a half-year for a list of terms, in their order.

    Who sees every region also reads how far each step is; others read which days have been.
    """
    sees_all = all(row.has_details for row in board.rows)
    knows_more = sees_all and may(Permission.PERIOD_EXPORT, period)
    rows: list[Row] = []
    for deadline in period.deadlines:
        tell = _TELLING.get(deadline.kind) if knows_more else None
        step = tell(period, board) if tell else Step("", is_done=False)
        has_been = deadline.due_on < clock.today() and not step.is_done
        note = "; ".join(part for part in (_("geweest") if has_been else "", step.words) if part)
        value = {"text": long_day(deadline.due_on), "note": note or None}
        more = (step.url, step.action or _("Bekijken")) if step.url else ()
        rows.append((label(DEADLINE_LABELS[deadline.kind]), value, *more))
    return rows


def _invitations(period: ReportingPeriod, _board: Board) -> Step:
    if period.status in BEFORE_INVITATIONS:
        return Step(_("nog niet gestart"), is_done=False)
    return Step(_("gestart"), is_done=True)


def _submitted(_period: ReportingPeriod, board: Board) -> Step:
    done = sum(row.submitted_on is not None for row in board.rows)
    words = _("%(done)s van %(all)s ingediend", done=done, all=len(board.rows))
    return Step(words, is_done=done == len(board.rows))


def _reviewed(_period: ReportingPeriod, board: Board) -> Step:
    waiting = board.counts.get(ReportStatus.SUBMITTED, 0)
    if not waiting:
        return Step("", is_done=False)
    text = ngettext(
        "%(num)s rapportage wacht op beoordeling",
        "%(num)s rapportages wachten op beoordeling",
        waiting,
    )
    return Step(text, is_done=False)


def _accepted(_period: ReportingPeriod, board: Board) -> Step:
    done = sum(row.accepted_on is not None for row in board.rows)
    explained = sum(row.explanation is not None and not row.accepted_on for row in board.rows)
    words = _("%(done)s van %(all)s aangenomen", done=done, all=len(board.rows))
    if explained:
        words += ", " + _("%(count)s uitgelegd", count=explained)
    return Step(words, is_done=done + explained == len(board.rows))


def _frozen(period: ReportingPeriod, _board: Board) -> Step:
    newest = latest_snapshot(period)
    if newest is None:
        is_near = period.status is PeriodStatus.COLLECTING and may(Permission.PERIOD_FREEZE, period)
        url = url_for("snapshots.prepare", code=period.code) if is_near else None
        return Step(_("nog niet vastgezet"), is_done=False, url=url, action=_("Wat nog moet"))
    words = _(
        "versie %(number)s, vastgezet op %(moment)s",
        number=newest.version_no,
        moment=plain_moment(newest.taken_at),
    )
    url = url_for("snapshots.version", code=period.code, version_no=newest.version_no)
    return Step(words, is_done=True, url=url)


def _department_texts(period: ReportingPeriod, _board: Board) -> Step:
    written, asked = count_department_texts(period)
    words = _("nog niet klaargezet")
    if asked:
        words = _("%(done)s van %(all)s geschreven", done=written, all=asked)
    sees_texts = may(Permission.ANNEX_VIEW, period)
    url = url_for("annex.index", code=period.code) if sees_texts else None
    return Step(words, is_done=0 < asked == written, url=url)


def _checked(period: ReportingPeriod, _board: Board) -> Step:
    may_check = may(Permission.LETTER_CHECK, period)
    newest = latest_check(period) if may_check else None
    if newest is not None and is_done(newest):
        return _outcome(newest)
    url = url_for("letter_checks.upload", code=period.code) if may_check else None
    words = _("nog geen brief gecontroleerd") if may_check else ""
    return Step(words, is_done=False, url=url, action=_("Controleren"))


def _outcome(check: LetterCheck) -> Step:
    wrong = counts(check.findings)[False]
    text = _("laatste controle: geen fouten gevonden")
    if wrong:
        text = ngettext(
            "laatste controle: %(num)s uitspraak klopt niet",
            "laatste controle: %(num)s uitspraken kloppen niet",
            wrong,
        )
    return Step(text, is_done=not wrong, url=url_for("letter_checks.show", check_id=check.id))


def _letter(period: ReportingPeriod, _board: Board) -> Step:
    letters = letters_of(period)
    if not letters:
        may_add = period.status is PeriodStatus.FROZEN and may(Permission.LETTER_MANAGE)
        new = url_for("letters.new", halfjaar=period.id) if may_add else None
        return Step(
            _("nog niet geregistreerd"), is_done=False, url=new, action=_("Brief registreren")
        )
    url = url_for("letters.show", letter_id=letters[0].id)
    if period.status in (PeriodStatus.SENT, PeriodStatus.CLOSED):
        return Step(_("verzonden"), is_done=True, url=url)
    return Step(_("geregistreerd, nog niet verzonden"), is_done=False, url=url)


_TELLING: dict[DeadlineKind, Callable[[ReportingPeriod, Board], Step]] = {
    DeadlineKind.INVITATIONS_SENT: _invitations,
    DeadlineKind.REPORTS_SUBMITTED: _submitted,
    DeadlineKind.REVIEWS_DONE: _reviewed,
    DeadlineKind.REVISIONS_ACCEPTED: _accepted,
    DeadlineKind.SNAPSHOT_TAKEN: _frozen,
    DeadlineKind.DEPARTMENT_TEXTS_IN: _department_texts,
    DeadlineKind.FIGURES_CHECKED: _checked,
    DeadlineKind.LETTER_SENT: _letter,
}
