"""The safety check: every rule on file, once as a page and once as a JSON file for the reader's own browser.

What a reader picks is never sent here: there is no form and no address that would carry it. The page and the file are
made from the same `SafetyList`.
"""
