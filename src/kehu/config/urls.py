"""Addresses: the API, sign-in, and the web app at everything else."""

from django.urls import include, path, re_path

from kehu.api.collect.tracking import urls as tracking
from kehu.api.edge.pages import index
from kehu.api.engage.tracking import urls as leaving
from kehu.api.routes import api

urlpatterns = [
    path("api/v1/", api.urls),
    *tracking,
    *leaving,
    path("_allauth/", include("allauth.headless.urls")),
    path("accounts/", include("allauth.urls")),
    re_path(r"^(?!static/|api/|v1/|_allauth/|accounts/|t/).*$", index),
]
