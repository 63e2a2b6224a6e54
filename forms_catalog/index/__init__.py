"""All public studies by what they can be found by: sets of places, so that any combination is counted at once.

bits.py is the arithmetic, rows.py reads the database, studies.py is what pages ask. See docs/adr/0010.
"""
