"""How people sign in, and what keeps others out.

views.py writes a row and answers. answer.py looks up whose address it is and has the email sent.
codes.py checks a code. tries.py limits attempts, device.py recognizes a browser, and
second_factor.py and adapter.py are what allauth calls.
"""
