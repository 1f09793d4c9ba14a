"""Leases so short that a drill need not wait a minute for what a killed process held."""

from config.settings import *  # noqa: F403

OUTBOX_LEASE_SECONDS = 2
