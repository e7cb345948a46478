"""Accounts are made by the organisation's administrator; nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in only."""

    def is_open_for_signup(self, request) -> bool:
        return False
