"""`tests.unit.store.test_sharing`, on tables that are one step ahead."""

from tests.unit.store.test_sharing import *  # noqa: F403
