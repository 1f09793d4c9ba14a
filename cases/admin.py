"""What the case side adds to the administration of people and programs."""

from __future__ import annotations

from django.contrib import admin

from accounts.models import User
from cases import kinds_admin, questions_admin, tags_admin  # noqa: F401 - register themselves
from cases.people_admin import PersonAdmin
from cases.program_admin import AskingProgramAdmin
from leases.models import Program

admin.site.unregister(User)
admin.site.register(User, PersonAdmin)
admin.site.unregister(Program)
admin.site.register(Program, AskingProgramAdmin)
