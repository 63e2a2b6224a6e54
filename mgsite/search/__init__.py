"""The search as readers meet it: its page, its twin for machines, suggestions, and direct answers."""
