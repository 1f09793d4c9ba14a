"""Messages to merchants' systems: a delivery is a row before it is a message.

outbox.py writes the rows with their event, payload.py and signature.py word and sign them,
addresses.py says where they may go, wire.py talks, claim.py says whose turn it is, backoff.py when
to try again, send.py does it. Written for more than one sender at once; docs/api/webhooks.md is
what merchants read.
"""
