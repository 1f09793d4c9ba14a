"""Messages to merchants' systems: a delivery is a row before it's a message.

outbox.py writes the rows with their event, payload.py and signature.py write and sign the messages,
addresses.py says where they may go, wire.py makes the request, claim.py says whose turn it is,
backoff.py when to try again, and send.py sends. Several senders can run at once;
docs/api/webhooks.md is for merchants.
"""
