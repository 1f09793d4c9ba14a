"""Message catalogs through Babel, because the machines Puente runs on have no gettext tools.

`python -m tools.catalogs --help` lists the commands. Nothing here needs Django's settings, so
catalogs can be compiled before there is a database or a broker.
"""
