"""Magnesium from food: what is advised, the most to add, which foods hold it, who runs short, what a test shows.

foods.py, intakes.py and notes.py make what the page shows; downloads.py sends the same as files.
"""
