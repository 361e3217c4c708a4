"""Sign-in: users are made by administrators only; five wrong passwords lock an account for a quarter of an hour.

The lock lives in the user's row, so that every process counts together and the audit sees it; it is written in a
transaction of its own, since the refused request's is rolled back.
"""

import base64
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from kehu.govern import audit
from kehu.govern.models.access import User
from kehu.govern.sealing.keyring import keyring

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)


class Backend:
    """Checks address and password against the lock and the hash; the same work is done for an unknown address."""

    def authenticate(
        self,
        request: HttpRequest | None,
        email: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        """Return the user, or None; which part was wrong is told to nobody."""
        del request
        address = email or credentials.get("username")
        if not address or not password:
            return None
        now = timezone.now()
        user = User.objects.filter(email__iexact=address, is_active=True).first()
        if user is None:
            make_password(password)
            return None
        if user.locked_until is not None and user.locked_until > now:
            audit.record_apart(
                action="sign_in", actor_id=user.id, decision="refused", details={"why": "locked"}
            )
            return None
        if not user.check_password(password):
            self._failed(user)
            return None
        User.objects.filter(pk=user.pk).update(failed_sign_ins=0, locked_until=None)
        audit.record_apart(action="sign_in", actor_id=user.id)
        return user

    def _failed(self, user: User) -> None:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(failed_sign_ins=F("failed_sign_ins") + 1)
            User.objects.filter(pk=user.pk, failed_sign_ins__gte=MOST_FAILURES).update(
                locked_until=timezone.now() + LOCKED_FOR, failed_sign_ins=0
            )
        audit.record_apart(
            action="sign_in", actor_id=user.id, decision="refused", details={"why": "password"}
        )

    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session while he is not disabled."""
        return User.objects.filter(pk=user_id, is_active=True).first()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """allauth's account rules: nobody signs himself up, and whoever came in without a password is noted, too."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session; a password was noted by the backend that checked it."""
        super().login(request, user)
        methods = {record["method"] for record in get_authentication_records(request, user)}
        if "password" not in methods:
            by = "provider" if "socialaccount" in methods else "passkey"
            audit.record_apart(action="sign_in", actor_id=user.pk, details={"by": by})

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: users are made by an administrator."""
        del request
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Sign-in through the bank's identity provider: for users that exist, by their address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: an unknown person gets no account."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the provider's identity to the user with the same address."""
        email = sociallogin.user.email
        if sociallogin.is_existing or not email:
            return
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is not None:
            sociallogin.connect(request, user)


SECOND_FACTOR = "mfa_authenticator.data"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """allauth's second factors, with their secrets sealed before they are stored."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return base64.b64encode(keyring().stage(text.encode(), SECOND_FACTOR)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret. Raises SealBroken."""
        return keyring().unstage(base64.b64decode(encrypted_text), SECOND_FACTOR).decode()
