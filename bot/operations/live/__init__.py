"""How the service is at this moment, for a terminal: read from the store and from the figures of its processes."""
