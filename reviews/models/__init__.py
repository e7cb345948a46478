"""Looking back and across: evaluations with both voices, what follows, the follow-up."""

from reviews.models.evaluation import Evaluation, Rating
from reviews.models.follow_on import FollowOn, FollowUp

__all__ = ["Evaluation", "FollowOn", "FollowUp", "Rating"]
