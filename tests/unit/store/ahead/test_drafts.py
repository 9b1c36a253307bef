"""`tests.unit.store.test_drafts`, on tables that are one step ahead."""

from tests.unit.store.test_drafts import *  # noqa: F403
