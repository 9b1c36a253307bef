"""A made-up year of a busy province, to show and to measure."""
