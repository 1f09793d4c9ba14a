"""Mails that come in: read within bounds, told apart, matched with a case.

parse.py walks the parts (head.py, unpack.py, texts.py), body.py holds what they say, html.py reads
the words of a page, quoting.py finds what is new in a reply and whose.py who wrote the rest.
classify.py tells machines, reports.py what became of our mails, authentication.py whether a sender
is real, match.py which case it is about. cases/actions/receive_mail.py decides.
"""
