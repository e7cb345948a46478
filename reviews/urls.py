from django.urls import path

from reviews.views import clients, desk, desk_coordination, desk_officer, evaluation, follow_on

app_name = "reviews"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("figures/", desk_coordination.figures, name="figures"),
    path("log/", desk_officer.log, name="log"),
    path("log/alerts/", desk_officer.log_alerts, name="log_alerts"),
    path("log/<uuid:uuid>/", desk_officer.log_results, name="log_results"),
    path("clients/<uuid:uuid>/", clients.client, name="client"),
    path("clients/<uuid:uuid>/evaluation/", evaluation.evaluation, name="evaluation"),
    path("clients/<uuid:uuid>/follow-ons/", follow_on.follow_on, name="follow_on"),
    path("clients/<uuid:uuid>/follow-ons/<int:pk>/meeting/", follow_on.meeting, name="follow_on_meeting"),
    path("clients/<uuid:uuid>/follow-up/", follow_on.follow_up, name="follow_up"),
]
