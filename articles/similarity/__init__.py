"""Which texts belong beside which: the computing half of related reading, without the database.

A text becomes a `Profile` once; an `Index` of profiles ranks the others for any one of them.
"""

from articles.similarity.index import Index, Match
from articles.similarity.profile import PROFILE_VERSION, Profile, StoredProfiles, number, profile_of

__all__ = [
    "PROFILE_VERSION",
    "Index",
    "Match",
    "Profile",
    "StoredProfiles",
    "number",
    "profile_of",
]
