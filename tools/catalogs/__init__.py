"""Message catalogues through Babel: the machines Puente runs on have no gettext tools.

`python -m tools.catalogs --help` says what there is to do. Nothing here needs Django's settings,
so catalogues can be compiled before a database or a broker exists.
"""
