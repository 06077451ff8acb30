"""What the quick form of the tests does: everything once, and rules and queries twice.

What a service or a query does is tested on both databases. A test that walks pages, which rest
on those, is done on one of them: half of these tests on each. The stories in the browser that
take longest are told with scripts only; every page works without them, as the others show.
"""

from zlib import crc32

import pytest

DATABASES = ("sqlite", "postgresql")
WALKS_PAGES = {"client", "sign_in"}

full_only = pytest.mark.full_only
"""Marks what the quick form leaves out."""


def is_quick(item: pytest.Item) -> bool:
    """Return whether a test belongs to the quick form; the same answer in every process."""
    if item.get_closest_marker("full_only"):
        return False
    database = _database(item)
    if database is None or WALKS_PAGES.isdisjoint(getattr(item, "fixturenames", ())):
        return True
    name = item.nodeid.replace(database, "")
    return DATABASES[crc32(name.encode()) % 2] == database


def _database(item: pytest.Item) -> str | None:
    parameters = getattr(item, "callspec", None)
    database = parameters.params.get("app") if parameters else None
    return database if database in DATABASES else None
