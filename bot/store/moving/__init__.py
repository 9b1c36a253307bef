"""A store as a copy of another one, of whichever engine: what differs is written, and nothing else.

So it may be broken off at any moment and done again: what is there already is read, and not written again.
"""
