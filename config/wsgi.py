"""The web process."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DATABASE_POOL", "true")

from tools import embedded

embedded.start_servers()

from django.core.wsgi import get_wsgi_application  # noqa: E402

from config import time_limits  # noqa: E402
from config.whole_bodies import whole_bodies  # noqa: E402

application = whole_bodies(get_wsgi_application())
time_limits.require()
