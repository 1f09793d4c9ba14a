from django.urls import path

from telephone import views

urlpatterns = [
    path("changes/", views.changes, name="phone_changes"),
    path("<str:secret>/", views.events, name="phone_events"),
]
