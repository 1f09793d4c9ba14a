from django import template

from accounts.way_back import kept_call, way_back

register = template.Library()
register.filter(way_back)
register.filter(kept_call)
