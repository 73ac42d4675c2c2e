"""Site settings (站点设置): one row of name, colours, records and verification, with the links of header and footer.

`models` stores it, `checks` says what each box takes, `reading` makes the identity (calculators.common.site_identity) that
every page shows.
"""
