"""`tests.unit.store.test_cases`, on tables that are one step ahead."""

from tests.unit.store.test_cases import *  # noqa: F403
