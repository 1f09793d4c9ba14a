"""Mails that come in: read within bounds, told apart, matched with a case.

parse.py reads bytes, html.py the words of a page, quoting.py what is new in a reply, classify.py
who or what wrote it, match.py which case it is about. cases/actions/receive_mail.py decides.
"""
