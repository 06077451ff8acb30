"""Which tests stay together on one worker, and which of them begin first."""

import re

import pytest
from xdist.remote import Producer
from xdist.scheduler.loadscope import LoadScopeScheduling

# What takes longest begins first, so that no worker still has a long way to go when the other is
# ready. A file stays together, for its tests share a server or data; only these come in parts.
LONGEST = (
    r"(tests/e2e/test_accessibility\.py).*\[(part-\d)",
    r"(tests/integration/test_matrix\.py).*\[(sqlite|postgresql)",
    r"(tests/e2e/\w+\.py).*\[(script|no-script)",
    r"(tests/integration/stateful/\w+\.py).*\[(sqlite|postgresql)",
    r"(tests/integration/demo/\w+\.py)",
    r"(tests/integration/web/test_security\.py).*\[(sqlite|postgresql)",
)


class LongestFirst(LoadScopeScheduling):
    """Gives each worker a file, or a part of one, at a time."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        # the order of the tests is the one of `in_order`
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return _part_of(nodeid)[1]


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests with those first that take longest; the others keep their order."""
    return sorted(items, key=lambda item: _part_of(item.nodeid)[0])


def _part_of(nodeid: str) -> tuple[int, str]:
    """Return the place in the queue of what a test belongs to, and its name."""
    for place, pattern in enumerate(LONGEST):
        match = re.match(pattern, nodeid)
        if match:
            return place, " ".join(match.groups())
    return len(LONGEST), nodeid.partition("::")[0]
