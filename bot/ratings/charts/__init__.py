"""Pictures of satisfaction, each with its text alternative: SVG for pages, PNG for chats, from one function.

Importing `draw` loads matplotlib; `model`, `words` and `describe` do not.
"""
