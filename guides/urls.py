from django.urls import path

from guides import views

urlpatterns = [
    path("", views.index, name="help"),
    path("glossary/", views.glossary, name="help_glossary"),
    path("<slug:guide_name>/", views.guide, name="help_guide"),
]
