from django.urls import path

from leases.views import leases, monitoring, statuses

urlpatterns = [
    path("leases/", leases.leases, name="leases"),
    path("leases/monitoring/", monitoring.monitoring, name="monitoring"),
    path("leases/monitoring/<slug:slug>/", monitoring.worklist, name="worklist"),
    path("leases/statuses/", statuses.statuses, name="lease_statuses"),
]
