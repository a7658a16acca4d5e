"""What a web server and the flask command load."""

import ctypes
import gc
import os
import sys
from contextlib import suppress

# All that is made from here to the end stays for good. Looking through it again and again for what
# could go is a tenth of the start; set apart, the collector has only what requests leave behind.
gc.disable()

from webapp import config, create_app  # noqa: E402

# Whatever is written from here on, the database among it, is for this account's eyes alone.
os.umask(0o077)

under_flask = os.environ.get("FLASK_RUN_FROM_CLI") == "true"
app = create_app(with_commands=under_flask)

# Under the flask command only `run` serves people; the others may do without a key.
if not under_flask or "run" in sys.argv[1:]:
    config.require_secret(app.config)

if sys.platform == "linux":
    # glibc gives each thread a heap of its own, and what one leaves there no other takes: one for
    # all holds less. Other C libraries have no such setting; -8 is M_ARENA_MAX of malloc.h.
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(-8, 1)

gc.freeze()
gc.enable()
