from django.urls import path

from tools import inbox_views

urlpatterns = [
    path("", inbox_views.messages, name="inbox"),
    path("<str:name>/", inbox_views.message, name="inbox_message"),
    path("<str:name>/reply/", inbox_views.reply, name="inbox_reply"),
    path("<str:name>/html/", inbox_views.html, name="inbox_html"),
]
