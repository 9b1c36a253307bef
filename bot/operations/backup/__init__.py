"""Backups: made while the assistant runs, looked at, and put back."""
