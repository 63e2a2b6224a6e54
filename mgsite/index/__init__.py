"""The index behind the search: what can be found, in one table that follows every public change (docs/adr/0013).

It knows no article and no study: the apps above hand in documents (`sources.py`) and say when a record changed
(`keeping.follow`). Which database finds them is the secret of `engines`.
"""
