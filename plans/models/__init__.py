"""The rehabilitation itself: referral, decision, periods, work forms, goals, visits."""

from plans.models.decision import Decision, Delivery
from plans.models.goal import Goal
from plans.models.period import Period, period_bounds
from plans.models.referral import Referral
from plans.models.rehabilitation import Rehabilitation
from plans.models.visit import Addendum, Visit
from plans.models.work_form import Interruption, WorkForm

__all__ = [
    "Addendum",
    "Decision",
    "Delivery",
    "Goal",
    "Interruption",
    "Period",
    "Referral",
    "Rehabilitation",
    "Visit",
    "WorkForm",
    "period_bounds",
]
