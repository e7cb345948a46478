from django.urls import path

from plans.views import decisions, goals, referrals, rehabilitation, visits

app_name = "plans"
urlpatterns = [
    path("clients/<uuid:uuid>/referral/", referrals.referral, name="referral"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<uuid:uuid>/", referrals.referral_detail, name="referral_detail"),
    path("referrals/<uuid:uuid>/answer/", referrals.referral_answer, name="referral_answer"),
    path("referrals/<uuid:uuid>/reservation/", referrals.reservation, name="reservation"),
    path("clients/<uuid:uuid>/goals/", goals.goals, name="goals"),
    path("clients/<uuid:uuid>/goals/new/", goals.goal_new, name="goal_new"),
    path("goals/<uuid:uuid>/refinement/", goals.goal_refine, name="goal_refine"),
    path("clients/<uuid:uuid>/service-plan/", rehabilitation.service_plan, name="service_plan"),
    path("clients/<uuid:uuid>/decision/", decisions.decision, name="decision"),
    path("documents/<uuid:uuid>/letter.pdf", decisions.letter, name="letter"),
    path("documents/<uuid:uuid>/deliveries/", decisions.delivery, name="delivery"),
    path("clients/<uuid:uuid>/start/", rehabilitation.start, name="start"),
    path("clients/<uuid:uuid>/end/", rehabilitation.end, name="end"),
    path("clients/<uuid:uuid>/visits/", visits.visits, name="visits"),
    path("clients/<uuid:uuid>/visits/new/", visits.visit_new, name="visit_new"),
    path("clients/<uuid:uuid>/visits/plan/", visits.visit_plan, name="visit_plan"),
    path("visits/<uuid:uuid>/", visits.visit, name="visit"),
    path("visits/<uuid:uuid>/record/", visits.visit_record, name="visit_record"),
    path("visits/<uuid:uuid>/addenda/", visits.addendum, name="addendum"),
]
