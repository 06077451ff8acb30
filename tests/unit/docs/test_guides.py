"""The guides speak of what is on the screen, in short sentences, and their links lead somewhere."""

import importlib
import re
from pathlib import Path
from statistics import mean

import pytest

from vpt_regio.domain.roles import Role
from vpt_regio.web.guides import FILES, GUIDE_OF_ROLE, NAMES

ROOT = Path(__file__).resolve().parents[3]
GUIDES = sorted((ROOT / "docs" / "handleiding").glob("*.md"))
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LINK = re.compile(r"\]\(([^)#]*)(#[^)]*)?\)")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
MOST_WORDS = 15
QUESTIONS = 10
of_each = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)


@pytest.fixture(scope="module")
def on_screen() -> set[str]:
    """Every text of the application, with … for what is filled in, without a closing mark."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        catalog = importlib.import_module("check_translations").source_messages()
    forms = [(m.id,) if isinstance(m.id, str) else m.id for m in catalog if m.id]
    return {_plain(PLACEHOLDER.sub("…", text)) for texts in forms for text in texts}


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).rstrip(".:").casefold()


@of_each
def test_what_is_bold_stands_on_the_screen(guide: Path, on_screen: set[str]) -> None:
    quoted = BOLD.findall(guide.read_text(encoding="utf-8"))
    assert len(quoted) > 5
    assert [text for text in quoted if _plain(text) not in on_screen] == []


@of_each
def test_links_lead_to_files(guide: Path) -> None:
    targets = [target for target, _part in LINK.findall(guide.read_text(encoding="utf-8"))]
    assert targets
    assert [target for target in targets if not (guide.parent / target).is_file()] == []


@of_each
def test_sentences_are_short(guide: Path) -> None:
    text = re.sub(r"[*#>\[\]]|\(\S+\.md\)", " ", guide.read_text(encoding="utf-8"))
    lengths = [len(words) for part in re.split(r"[.?!:]\s", text) if (words := part.split())]
    assert mean(lengths) <= MOST_WORDS


@pytest.mark.parametrize("role", Role)
def test_each_role_has_a_guide_with_ten_questions(role: Role) -> None:
    text = FILES[GUIDE_OF_ROLE[role]].read_text(encoding="utf-8")
    numbers = re.findall(r"^### (\d+)\. .+\?$", text, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, QUESTIONS + 1)]


def test_every_guide_is_a_page() -> None:
    assert set(GUIDES) <= set(FILES.values())
    assert set(NAMES) == set(FILES)
