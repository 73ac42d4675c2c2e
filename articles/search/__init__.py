"""Search: articles by their words, calculators by their names, figures by place and name.

The database brings in candidates by tokens; the order is computed here, from the same
numbers whatever the database.
"""
