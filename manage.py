#!/usr/bin/env python3
"""Django's command line for Puente."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    from tools import embedded  # noqa: PLC0415

    embedded.start_for_command(sys.argv)
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # its message says what to do; where it arose does not
        sys.exit(str(error))


if __name__ == "__main__":
    main()
