"""Similarity of texts: the computing half of related reading, without the database.

A text becomes a Profile once (`profile`); an Index of profiles ranks the others for any one of them (`index`). Both need
numpy, which a server does without: nothing is imported here, and `cosines` and `questions` need neither.
"""
