"""The organisation's own sign-in, from the environment; off where it is not named."""

import json
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

NAMED = "organisation"


def providers(env: environ.Env, *, production: bool) -> dict:
    """SOCIALACCOUNT_PROVIDERS: one OpenID Connect provider, or none."""
    issuer = env.str("OIDC_ISSUER", default="")
    if not issuer:
        return {}
    if production and urlsplit(issuer).scheme != "https":
        raise ImproperlyConfigured("Set OIDC_ISSUER to an address that begins with https://.")
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": NAMED,
                    "name": env.str("OIDC_NAME"),
                    "client_id": env.str("OIDC_CLIENT_ID"),
                    "secret": env.str("OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": issuer, "fetch_userinfo": False},
                }
            ],
        }
    }


def origins(env: environ.Env) -> list[str]:
    """Where the sign-in button may lead: browsers hold a form's redirects to the policy too."""
    issuer = urlsplit(env.str("OIDC_ISSUER", default=""))
    own = [f"{issuer.scheme}://{issuer.netloc}"] if issuer.netloc else []
    return [*own, *env.list("OIDC_ORIGINS", default=[])]


def groups(text: str) -> dict[str, str]:
    """The directory's groups by name, each with the name of the group of users here."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(name, str) and name for name in found.values()):
        raise ImproperlyConfigured(
            'Set OIDC_GROUPS to JSON such as {"sg-west-leads": "Lännen aikuissosiaalityö: lead"}.'
        )
    return found
