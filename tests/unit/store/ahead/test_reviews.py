"""`tests.unit.store.test_reviews`, on tables that are one step ahead."""

from tests.unit.store.test_reviews import *  # noqa: F403
