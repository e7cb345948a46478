"""Where sessions are kept (settings.SESSION_ENGINE): in the database, with whose they are and since when."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from soskuntoutus.accounts.facts import facts_in


class SessionStore(db.SessionStore):
    """A session; asked for one that no longer holds, it is empty and remembers that somebody had it."""

    lost: bool = False

    @classmethod
    def get_model_class(cls):
        from soskuntoutus.accounts.models import SignIn  # noqa: PLC0415 - models are there only later

        return SignIn

    def load(self):
        asked = self.session_key
        found = super().load()
        self.lost = bool(asked) and self.session_key is None
        return found

    def create_model_instance(self, data):
        row, facts = super().create_model_instance(data), facts_in(data)
        row.user_id = data.get(SESSION_KEY)
        if facts is not None and row.user_id is not None:
            row.uuid, row.began_at = facts.uuid, facts.began_at
            row.address, row.browser = facts.address, facts.browser
        return row
