"""Templates tried in a process of their own: the same outcome, and an end to what takes much."""

import pytest

from vpt_regio import contained
from vpt_regio.documents import template_taken
from vpt_regio.documents.annex_template import default_annex
from vpt_regio.documents.default_template import default_template
from vpt_regio.documents.gate import LARGEST
from vpt_regio.documents.template_taken import template_problems


def test_each_kind_of_template_is_held_against_its_own_fields() -> None:
    assert template_problems(default_annex(), is_annex=True) == []
    assert template_problems(default_template(), is_annex=False) == []
    [*_, unknown] = template_problems(default_annex(), is_annex=False)
    assert (unknown.field, "inhoud" in str(unknown)) == ("file", True)


def _take_all_memory(*_args: object) -> int:
    return len(bytearray(4 * contained.MEMORY))


def test_a_template_that_takes_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    [too_large] = template_problems(b"x" * (LARGEST + 1), is_annex=True)
    assert "hoogstens 2 MB" in str(too_large)
    monkeypatch.setattr(template_taken, "_problems", _take_all_memory)
    [refused] = template_problems(default_annex(), is_annex=True)
    assert (refused.message, refused.field) == (template_taken.TOO_MUCH, "file")
