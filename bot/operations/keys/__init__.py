"""The secret key: which it is, whether it is the store's, and how another takes its place."""
