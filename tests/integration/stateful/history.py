"""How steps are taken in a generated history, whatever it is a history of."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any, ClassVar

from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import func, select

from vpt_regio import clock
from vpt_regio.errors import DomainError
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.uow import unit_of_work


class Abandoned(Exception):
    """A history is over: nothing of it is stored."""


def pick(found: Any, number: int) -> Any:
    """Return one of these, or None when there is none."""
    return found[number % len(found)] if found else None


class History(RuleBasedStateMachine):
    """What people do one after the other, in a transaction that is never committed.

    A step that is refused must say why and change nothing; after each other one the shadow looks.
    """

    scene: ClassVar[Any]
    counts: ClassVar[Counter[str]]
    shadow_of: ClassVar[Callable[[Any], Any]]
    first_day: ClassVar[date]

    def __init__(self) -> None:
        super().__init__()
        self.day = self.first_day
        self.work = unit_of_work()
        self.work.__enter__()
        self.shadow = type(self).shadow_of(self.scene)
        self.shadow.check(self.day)
        self.last: int | None = None
        self.look()

    def teardown(self) -> None:
        self.shadow.finish()
        self.counts.update(self.shadow.counts)
        with suppress(Abandoned):
            self.work.__exit__(Abandoned, Abandoned(), None)

    def look(self) -> None:
        """Note what the rules ask before they are tried: often, so not each time anew."""

    def attempt(self, who: str, verb: Callable[..., Any], *subject: Any, **values: Any) -> bool:
        """Let somebody try something, and look around; return whether they could."""
        actor = self.scene.person(who)
        try:
            with clock.at(self.day), db.session.begin_nested():
                verb(*subject, actor=actor, **values)
                db.session.flush()
        except DomainError as refusal:
            self.refused(refusal)
            return False
        self.start_afresh()
        # whatever changes anything is written down; the rest need not be looked at
        last = db.session.scalar(select(func.max(AuditEntry.seq)))
        if last == self.last:
            return True
        self.last = last
        self.counts[verb.__name__] += 1
        with clock.at(self.day):
            self.shadow.check(self.day, self.scene.people.get(who))
        self.look()
        return True

    def refused(self, refusal: DomainError) -> None:
        """Every reason is a sentence with everything filled in."""
        for one in getattr(refusal, "errors", [refusal]):
            assert str(one).strip()
            assert "%(" not in str(one)
        self.counts["refused"] += 1
        self.start_afresh()

    def start_afresh(self) -> None:
        """Let the next step read everything anew, as the next request would."""
        db.session.expire_all()
        for remembered in ("audit_head", "standing"):
            db.session.info.pop(remembered, None)

    def all_of(self, model: Any, *conditions: Any) -> list[Any]:
        return list(db.session.scalars(select(model).where(*conditions).order_by(model.id)))
