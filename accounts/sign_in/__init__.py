"""How people come in, and what keeps others out.

views.py writes a row and answers; answer.py looks up whose address it is and has the mail sent;
codes.py tries a code. tries.py counts, device.py knows a browser again, second_factor.py and
adapter.py are where allauth asks.
"""
