"""What the tests of people and access share."""

import pytest
from argon2 import PasswordHasher

from vpt_regio.services import passwords


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash with the least work that the library takes: these tests are about what happens."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", quick)
    passwords._nobodys_hash.cache_clear()
