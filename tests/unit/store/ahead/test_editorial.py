"""`tests.unit.store.test_editorial`, on tables that are one step ahead."""

from tests.unit.store.test_editorial import *  # noqa: F403
