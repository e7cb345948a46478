from django.urls import path

from clients.views import clients, documents, intake, own_worker

app_name = "clients"
urlpatterns = [
    path("matters/", intake.intake, name="intake"),
    path("matters/new/", intake.contact, name="contact"),
    path("matters/<uuid:uuid>/", intake.matter, name="matter"),
    path("matters/<uuid:uuid>/opening/", intake.matter_opening, name="matter_opening"),
    path("matters/<uuid:uuid>/registration/", intake.registration, name="registration"),
    path("matters/<uuid:uuid>/triage/", intake.triage, name="triage"),
    path("matters/<uuid:uuid>/taking/", intake.taking, name="taking"),
    path("matters/<uuid:uuid>/closure/", intake.closure, name="closure"),
    path("clients/", clients.client_list, name="list"),
    path("clients/<uuid:uuid>/details/", clients.details, name="details"),
    path("clients/<uuid:uuid>/details/opening/", clients.opening, name="opening"),
    path("clients/<uuid:uuid>/log/", clients.log, name="log"),
    path("clients/<uuid:uuid>/documents/", documents.documents, name="documents"),
    path("clients/<uuid:uuid>/documents/<slug:kind>/", documents.document_write, name="document_write"),
    path("documents/<uuid:uuid>/", documents.document, name="document"),
    path("documents/<uuid:uuid>/signature/", documents.signature, name="signature"),
    path("documents/<uuid:uuid>/seen/", documents.seen, name="seen"),
    path("clients/<uuid:uuid>/own-worker/", own_worker.own_worker, name="own_worker"),
]
