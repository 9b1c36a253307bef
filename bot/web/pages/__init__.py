"""Pages beside the chat that can be read, printed, linked and found by search engines. They need no script."""
