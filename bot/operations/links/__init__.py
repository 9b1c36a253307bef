"""Whether the pages that the assistant leads to are still there."""
