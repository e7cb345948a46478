from django.urls import path

from plans.views import decisions, visits

app_name = "plans"
urlpatterns = [
    path("clients/<uuid:uuid>/decision/", decisions.decision, name="decision"),
    path("documents/<uuid:uuid>/letter.pdf", decisions.letter, name="letter"),
    path("documents/<uuid:uuid>/deliveries/", decisions.delivery, name="delivery"),
    path("clients/<uuid:uuid>/visits/", visits.visits, name="visits"),
    path("clients/<uuid:uuid>/visits/new/", visits.visit_new, name="visit_new"),
    path("clients/<uuid:uuid>/visits/plan/", visits.visit_plan, name="visit_plan"),
    path("visits/<uuid:uuid>/", visits.visit, name="visit"),
    path("visits/<uuid:uuid>/record/", visits.visit_record, name="visit_record"),
    path("visits/<uuid:uuid>/addenda/", visits.addendum, name="addendum"),
]
