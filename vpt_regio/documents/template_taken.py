"""What is wrong with an uploaded template, found in a process of its own."""

from typing import Any, Final

from vpt_regio import contained
from vpt_regio.documents.annex_template import ANNEX
from vpt_regio.documents.gate import LARGEST, LETTER, problems_of
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid

TOO_MUCH: Final = N_(
    "Het sjabloon is te groot of te ingewikkeld om te lezen. Begin met het standaardsjabloon."
)


def template_problems(content: bytes, *, is_annex: bool) -> list[DomainError]:
    """Return every reason why a file cannot be a template of a letter, or of the annex."""
    if len(content) > LARGEST:
        return problems_of(content)
    try:
        found = contained.run(_problems, content, is_annex)
    except contained.StoppedError:
        return [Invalid(TOO_MUCH, field="file")]
    return [Invalid(message, field="file", params=params) for message, params in found]


def _problems(content: bytes, is_annex: bool) -> list[tuple[str, dict[str, Any]]]:  # noqa: FBT001
    """Return what each problem says: an error itself does not travel."""
    found = problems_of(content, ANNEX if is_annex else LETTER)
    return [(one.message, one.params) for one in found]
