"""A store as one file of its own, which says of itself what is in it."""
