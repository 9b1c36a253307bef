"""`tests.unit.store.test_learning`, on tables that are one step ahead."""

from tests.unit.store.test_learning import *  # noqa: F403
