"""How dates are written into forms; how they are shown is Django's own."""
