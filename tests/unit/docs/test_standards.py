"""docs/standaarden.md says of every convention how it stands, with a reason."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from vpt_regio import cli

ROOT = Path(__file__).resolve().parents[3]
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
STATES = {"voldoet", "deels", "anders", "nog niet"}
CONVENTIONS = 30
COMMAND = re.compile(r"flask --app wsgi vpt ([a-z-]+(?: [a-z-]+)?)")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")


def _pages() -> Iterator[Path]:
    yield from sorted(ROOT.glob("*.md"))
    yield from sorted((ROOT / "docs").rglob("*.md"))


def test_every_convention_has_a_state_and_a_reason() -> None:
    rows = ROW.findall((ROOT / "docs" / "standaarden.md").read_text(encoding="utf-8"))
    assert [int(number) for number, *_rest in rows] == list(range(1, CONVENTIONS + 1))
    assert {state for _number, _name, state, _why in rows} <= STATES
    assert all(len(why.split()) > 3 for *_rest, why in rows)


def test_links_in_every_page_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in _pages()
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_command_that_is_named_exists() -> None:
    named = {
        words for page in _pages() for words in COMMAND.findall(page.read_text(encoding="utf-8"))
    }
    for module in iter_modules(cli.__path__):
        import_module(f"{cli.__name__}.{module.name}")
    assert len(named) > 3
    assert {words.split()[0] for words in named} <= set(cli.group.commands)
