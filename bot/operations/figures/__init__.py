"""Figures for staff: composed of what the store has counted, named, and given addresses."""
