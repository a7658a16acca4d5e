"""What a web server and the flask command load."""

import gc
import os
import sys

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

gc.freeze()
gc.enable()
