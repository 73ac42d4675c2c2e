"""How the processes of the site are started."""
