"""The dose bridge: from what a label says to elemental magnesium, and what that is beside intakes, limits and trials.

An address becomes a `Question` (question.py); `rules.py` gathers what the catalog knows, as plain data; `answer.py`
makes the answer from the two and asks nobody else. The browser does the same from the same rules with
static/js/tools/dose-*.js, and a test compares the two. It converts; it never recommends.
"""
