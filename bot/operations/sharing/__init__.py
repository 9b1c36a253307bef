"""Community teams and what comes of their links; what teams and counters print, forward and read out.

Everything that is printed is made of the catalogue, and of nothing that is not known.
"""
