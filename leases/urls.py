from django.urls import path

from leases.views import leases, statuses

urlpatterns = [
    path("leases/", leases.leases, name="leases"),
    path("leases/statuses/", statuses.statuses, name="lease_statuses"),
]
