"""Conventions that hold the house together; each names the place to look when it fails."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from flask import Flask

from vpt_regio import services
from vpt_regio.domain.history import sentence_of
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows import ALL
from vpt_regio.policies import POLICY, VIEW_PERMISSIONS
from vpt_regio.services.transitions import GUARDS, STEP_GUARDS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "vpt_regio"


def _sources(folder: Path = PACKAGE) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_only_the_unit_of_work_commits() -> None:
    commits = [
        path.name
        for path, tree in _sources()
        for call in _calls(tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
    ]
    assert commits == ["uow.py"]


def test_only_the_clock_reads_the_clock() -> None:
    readers = {
        str(path.relative_to(PACKAGE))
        for path, tree in _sources()
        for call in _calls(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"now", "utcnow", "today"}
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"datetime", "date"}
    }
    assert readers == {"clock.py"}


def test_every_permission_stands_in_the_policy() -> None:
    assert set(POLICY) == set(Permission)


def test_every_guard_of_every_life_cycle_is_implemented() -> None:
    for module in iter_modules(services.__path__):
        import_module(f"{services.__name__}.{module.name}")
    missing = [
        (workflow.code, step.code, guard)
        for workflow in ALL.values()
        for step in workflow.transitions
        for guard in step.guards
        if (workflow.code, guard) not in GUARDS
        and (workflow.code, guard, step.code) not in STEP_GUARDS
    ]
    assert missing == []


def _recorded_actions() -> set[str]:
    actions = set()
    for _path, tree in _sources():
        for call in _calls(tree):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if name == "record" and call.args and isinstance(call.args[0], ast.Constant):
                actions.add(str(call.args[0].value))
    return actions


def test_every_recorded_action_has_a_sentence() -> None:
    actions = _recorded_actions()
    assert len(actions) > 20
    for action in sorted(actions):
        assert sentence_of(action)


def test_every_view_declares_its_permission_and_its_subject_can_be_seen(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        permission = getattr(view, "vpt_permission", None)
        reason = getattr(view, "vpt_public", None)
        assert permission in POLICY or reason, endpoint


def test_what_is_seen_names_a_table(app: Flask) -> None:
    from vpt_regio.extensions import db

    # the books of a region are no table: they stand for its hours, bookings and appointments
    assert set(VIEW_PERMISSIONS) <= set(db.metadata.tables) | {"region_books", "region_in_period"}


@pytest.mark.parametrize("folder", ["blueprints", "cli"])
def test_views_hold_no_query(folder: str) -> None:
    offenders = [
        f"{path.name}:{call.lineno}"
        for path, tree in _sources(PACKAGE / folder)
        for call in _calls(tree)
        if getattr(call.func, "id", "") in {"select", "text"}
        or (
            isinstance(call.func, ast.Attribute)
            and call.func.attr in {"query", "scalars", "execute"}
        )
    ]
    assert offenders == []


def test_pages_write_no_class_names() -> None:
    """Class names of the design system stand in the component macros and the base page only."""
    offenders = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "components" not in path.parts
        and path.name != "base.html"
        and "class=" in path.read_text()
    ]
    assert offenders == []


def test_nothing_is_inline() -> None:
    offenders = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if " style=" in text or "onclick=" in text or "<style" in text or "<script>" in text:
            offenders.append(str(path.relative_to(ROOT)))
    assert offenders == []


def test_files_stay_small() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    ]
    assert long == []


def test_no_text_speaks_of_the_machine_it_was_made_on() -> None:
    words = ["/work" + "/", "/root" + "/", "pypi" + ".org", "registry." + "npmjs"]
    offenders = [
        f"{path.relative_to(ROOT)}: {word}"
        for pattern in ("*.py", "*.md", "*.toml", "*.json", "*.txt", "*.in", "*.html", "*.js")
        for path in ROOT.rglob(pattern)
        if not {"node_modules", "instance", "vendor"} & set(path.parts)
        and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]
    assert offenders == []
