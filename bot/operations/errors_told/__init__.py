"""Errors reach an operator once: grouped by what broke and where, counted, and told without anybody's words or ids."""
