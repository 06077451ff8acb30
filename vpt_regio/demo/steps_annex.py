"""How the texts of the annex were written, and how account managers agreed with theirs."""

from collections.abc import Iterator

from sqlalchemy import select

from vpt_regio.demo import annex, people, world
from vpt_regio.demo.agenda import Step
from vpt_regio.demo.reports import REPORTS_2011, REPORTS_2012
from vpt_regio.domain.half_year_codes import AnnexChapter
from vpt_regio.extensions import db
from vpt_regio.models.annex_texts import AnnexText
from vpt_regio.services.annex_texts import add_department, sign_off, start_texts, write

MANAGERS = {facts.region: facts.manager for facts in REPORTS_2011}
NEXT_MANAGERS = {facts.region: facts.manager for facts in REPORTS_2012}


def steps() -> Iterator[Step]:
    """Yield the steps up to the freeze of 2011-2, and the first ones for the half-year after."""
    yield Step(annex.STARTED_ON, _start)
    yield Step(annex.WRITTEN_ON, _write)
    yield Step(annex.AGREED_ON, _agree)
    yield Step(annex.NEXT_STARTED_ON, _start_next)
    yield Step(annex.NEXT_AGREED_ON, _agree_next)
    yield Step(annex.NEXT_CHANGED_ON, _change_next)


def _start() -> None:
    officer, period = world.person(people.OFFICER), world.period(annex.PERIOD)
    start_texts(period, actor=officer)
    for name, _body in annex.DEPARTMENTS:
        add_department(period, name=name, actor=officer)


def _write() -> None:
    officer = world.person(people.OFFICER)
    departments = dict(annex.DEPARTMENTS)
    bodies = {world.policy_line(code).id: body for code, body in annex.POLICY_LINES.items()}
    for text in _texts(annex.PERIOD):
        if text.chapter is AnnexChapter.INTRODUCTION:
            write(text, body=annex.INTRODUCTION, actor=officer)
        elif text.policy_line_id is not None:
            write(text, body=bodies[text.policy_line_id], actor=officer)
        elif text.department:
            write(text, body=departments[text.department], actor=officer)


def _agree() -> None:
    for text in _texts(annex.PERIOD):
        if text.region is not None:
            sign_off(text, actor=world.person(MANAGERS[text.region.code]))


def _start_next() -> None:
    start_texts(world.period(annex.NEXT_PERIOD), actor=world.person(people.OFFICER))


def _agree_next() -> None:
    sign_off(_next_text(), actor=world.person(NEXT_MANAGERS[annex.NEXT_REGION]))


def _change_next() -> None:
    """The ministry changes a text after the agreement: the account manager is shown what."""
    write(_next_text(), body=annex.NEXT_CHANGE, actor=world.person(people.OFFICER))


def _next_text() -> AnnexText:
    texts = _texts(annex.NEXT_PERIOD)
    return next(one for one in texts if one.region and one.region.code == annex.NEXT_REGION)


def _texts(code: str) -> list[AnnexText]:
    query = select(AnnexText).where(AnnexText.period_id == world.period(code).id)
    return list(db.session.scalars(query.order_by(AnnexText.id)))
