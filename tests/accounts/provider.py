"""An OpenID Connect provider in this process: it lets everybody in, with the claims it was told to give."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "soskuntoutus", "a secret between the two"


class Provider:
    """Where it is, what it says of whoever comes, and what it has been asked."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict = {"sub": "niklas-in-the-directory", "preferred_username": "niklas.aberg"}
        self.about: dict = {}
        self.refuses = False
        self.challenges: dict[str, str] = {}
        self.server = ThreadingHTTPServer(("localhost", 0), self._answering())
        self.address = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def settings(self) -> dict:
        """SOCIALACCOUNT_PROVIDERS that lead here."""
        app = {"provider_id": "organisation", "name": "Työtunnus", "client_id": CLIENT, "secret": SECRET}
        return {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [app | {"settings": {"server_url": self.address, "fetch_userinfo": False}}],
            }
        }

    def page(self, path: str, asked: dict[str, str]) -> dict | str:
        """A JSON answer, or the address to go to."""
        match path:
            case "/.well-known/openid-configuration":
                ends = {"token_endpoint": "token", "authorization_endpoint": "authorize"}
                ends |= {"userinfo_endpoint": "userinfo", "jwks_uri": "keys"}
                places = {name: f"{self.address}/{end}" for name, end in ends.items()}
                return {
                    "issuer": self.address,
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                } | places
            case "/authorize":
                self.challenges["a-code"] = asked["code_challenge"]
                said = {"error": "access_denied"} if self.refuses else {"code": "a-code"}
                return f"{asked['redirect_uri']}?{urlencode(said | {'state': asked['state']})}"
            case "/token":
                assert (asked["client_id"], asked["client_secret"], asked["code"]) == (
                    CLIENT,
                    SECRET,
                    "a-code",
                )
                digest = sha256(asked["code_verifier"].encode()).digest()
                assert urlsafe_b64encode(digest).rstrip(b"=").decode() == self.challenges.pop("a-code")
                return {"access_token": "an-access", "token_type": "Bearer", "id_token": self.token()}
            case "/userinfo":
                return {"sub": self.claims["sub"], **self.about}
            case "/keys":
                key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
                return {"keys": [key | {"kid": "one", "alg": "RS256"}]}
        raise LookupError(path)

    def token(self) -> str:
        """A signed token with the claims of the moment."""
        now = int(time.time())
        own = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60}
        return jwt.encode(own | self.claims, self.key, algorithm="RS256", headers={"kid": "one"})

    def _answering(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                place = urlsplit(self.path)
                self.tell(provider.page(place.path, {k: v[0] for k, v in parse_qs(place.query).items()}))

            def do_POST(self):
                typed = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.tell(provider.page(self.path, {k: v[0] for k, v in parse_qs(typed).items()}))

            def tell(self, answer):
                self.send_response(302 if isinstance(answer, str) else 200)
                body = b"" if isinstance(answer, str) else json.dumps(answer).encode()
                self.send_header(
                    "Location" if isinstance(answer, str) else "Content-Type",
                    answer if isinstance(answer, str) else "application/json",
                )
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        return Handler
