"""Password hashing: argon2id with 19 MB and two passes, the smallest profile OWASP names, since Django's default takes 100 MB."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id, m=19456 KiB, t=2, p=1."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
