"""`tests.unit.store.test_publications`, on tables that are one step ahead."""

from tests.unit.store.test_publications import *  # noqa: F403
