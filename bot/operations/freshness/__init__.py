"""Keeping the catalogue true over time: what is to be looked at again, and what people say looks old."""
