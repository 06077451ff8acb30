"""What is asked again for every line of one piece of work, asked of the database once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """Keep the answers to all that is `answered_once` until the block ends.

    Only for work in one unit of work that changes nothing of what these questions are about.
    """
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def answered_once(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Let a question keep its answers within `asking_once`; anywhere else it asks each time.

    What it takes must be hashable, and nobody may change what it returns.
    """

    @wraps(question)
    def ask(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        answers = _answers.get()
        if answers is None:
            return question(*args, **kwargs)
        # the records in a key stay in the session, and are not read again either
        key = (question, args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = question(*args, **kwargs)
        answer: Answer = answers[key]
        return answer

    return ask
