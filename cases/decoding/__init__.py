"""The decoders that evidence/worker.py runs in its process, on whatever someone sent.

Knows nothing of Django, so that it starts fast and has nothing worth stealing in reach.
"""
