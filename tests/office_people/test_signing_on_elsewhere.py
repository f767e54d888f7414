"""Signing on by an outside service, against a provider of our own that speaks OpenID Connect over HTTP."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user_model
from django.test import Client

from guatu.office.models import Role

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT = "guatu-test"


class Provider:
    """What the service answers; a test bends it."""

    def __init__(self):
        self.name, self.sub, self.audience, self.key, self.nonce = "office_clerk", "u1", CLIENT, KEY, ""
        self.asked = {}

    def answer(self, path, form):
        if path == "/token":
            self.asked = form
            now = int(time.time())
            claims = {"sub": "u1", "aud": self.audience, "nonce": self.nonce, "iat": now, "exp": now + 60}
            token = jwt.encode(claims, self.key, "RS256", headers={"kid": "k"})
            return {"access_token": "a", "id_token": token, "token_type": "Bearer"}
        if path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [{**public, "kid": "k", "alg": "RS256"}]}
        return {"sub": self.sub, "preferred_username": self.name}


@pytest.fixture
def provider(settings, desk):
    """The service on a port of this machine, configured."""
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            length = int(self.headers.get("Content-Length") or 0)
            said = json.dumps(made.answer(self.path, parse_qs(self.rfile.read(length).decode()))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(said)

        do_POST = do_GET

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    settings.OIDC_ON = True
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT, "secret"
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = f"{base}/authorize"
    settings.OIDC_OP_TOKEN_ENDPOINT = f"{base}/token"
    settings.OIDC_OP_USER_ENDPOINT = f"{base}/userinfo"
    settings.OIDC_OP_JWKS_ENDPOINT = f"{base}/jwks"
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, "guatu.office.people.sign_on.Backend"]
    yield made
    server.shutdown()
    server.server_close()


def sign_on(provider, client, next_page="/help/"):
    """Go to the service and come back with its code."""
    there = client.get("/oidc/begin/", {"next": next_page})
    asked = {key: values[0] for key, values in parse_qs(urlsplit(there.url).query).items()}
    provider.nonce = provider.nonce or asked["nonce"]
    assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
    return client.get("/oidc/callback/", {"code": "c", "state": asked["state"]}, follow=True)


def test_off_unless_configured(desk):
    assert Client().get("/oidc/begin/").status_code == 404
    assert Client().get("/oidc/callback/").status_code == 404
    assert "统一登录" not in Client().get("/login/").content.decode()


def test_the_account_of_the_same_name_comes_in_and_to_where_he_wanted(provider, person):
    person(Role.OFFICE_CLERK)
    client = Client()
    assert "统一登录" in client.get("/login/").content.decode()
    answer = sign_on(provider, client, "/breakdown/")
    assert answer.redirect_chain[-1][0] == "/breakdown/" and answer.context["user"].username == "office_clerk"
    assert provider.asked["code"] == ["c"] and provider.asked["code_verifier"]


def test_who_has_no_account_stays_out_and_none_is_made(provider):
    provider.name = "stranger"
    page = sign_on(provider, Client()).content.decode()
    assert "G-SIGN-06" in page and not get_user_model().objects.filter(username="stranger").exists()


def test_a_name_is_matched_exactly_and_a_stopped_account_stays_stopped(provider, person, settings):
    person(Role.OFFICE_CLERK)
    settings.OIDC_CREATE_USER = True
    get_user_model().objects.filter(username="office_clerk").update(is_active=False)
    assert "G-SIGN-06" in sign_on(provider, Client()).content.decode()
    assert get_user_model().objects.count() == 1


def test_where_it_is_configured_a_new_person_gets_an_account_without_a_role(provider, settings):
    settings.OIDC_CREATE_USER = True
    provider.name = "newcomer"
    client = Client()
    sign_on(provider, client)
    user = get_user_model().objects.get(username="newcomer")
    assert not user.has_usable_password() and not hasattr(user, "account")
    assert client.get("/wall/").status_code == 403


@pytest.mark.parametrize(
    "bent", [{"key": OTHER}, {"audience": "another"}, {"nonce": "old"}, {"sub": "u2"}, {"name": ""}]
)
def test_what_is_not_to_be_trusted_lets_nobody_in(provider, person, bent):
    person(Role.OFFICE_CLERK)
    for name, value in bent.items():
        setattr(provider, name, value)
    client = Client()
    page = sign_on(provider, client).content.decode()
    assert "统一登录没有成功" in page and client.get("/help/").status_code == 302


def test_a_service_that_does_not_answer_is_one_sentence(provider, person, settings):
    settings.OIDC_OP_TOKEN_ENDPOINT = "http://127.0.0.1:9/token"
    assert "G-SIGN-05" in sign_on(provider, Client()).content.decode()


def test_a_strange_state_is_refused(provider):
    client = Client()
    client.get("/oidc/begin/")
    page = client.get("/oidc/callback/", {"code": "c", "state": "forged"}, follow=True).content.decode()
    assert "G-SIGN-05" in page
