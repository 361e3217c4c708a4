"""The WSGI entry. Its first lines tie the worker's life to the server's: an orphan would go on answering with old code."""

import ctypes
import os
import signal
import sys

if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kehu.config.settings")
os.environ.setdefault("KEHU_IS_WEB", "1")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
