"""Looking back and across: evaluations, what follows, the follow-up; published figures, searches of the log."""

from reviews.models.evaluation import Evaluation, Rating
from reviews.models.follow_on import FollowOn, FollowUp
from reviews.models.log_search import LogSearch
from reviews.models.publication import Cell, Publication

__all__ = ["Cell", "Evaluation", "FollowOn", "FollowUp", "LogSearch", "Publication", "Rating"]
