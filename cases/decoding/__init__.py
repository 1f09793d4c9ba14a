"""What evidence/worker.py runs in its process: decoders, fed with whatever somebody sent.

Knows nothing of Django, so that starting costs little and nothing worth reading is in reach.
"""
