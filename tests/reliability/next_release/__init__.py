"""The site as its next release could be: articles have one more column, and one more table beside them."""
