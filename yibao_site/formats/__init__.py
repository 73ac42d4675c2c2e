"""Django format modules: input formats of dates; output formats are Django's own."""
