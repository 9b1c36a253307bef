"""`tests.unit.store.test_staff`, on tables that are one step ahead."""

from tests.unit.store.test_staff import *  # noqa: F403
