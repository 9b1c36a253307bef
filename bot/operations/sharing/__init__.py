"""What teams and counters print, forward and read out: made of the catalogue, and of nothing that is not known."""
