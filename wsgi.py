"""What a web server and the flask command load."""

import os
import sys

from webapp import config, create_app

# Whatever is written from here on, the database among it, is for this account's eyes alone.
os.umask(0o077)

app = create_app()

# Under the flask command only `run` serves people; the others may do without a key.
if os.environ.get("FLASK_RUN_FROM_CLI") != "true" or "run" in sys.argv[1:]:
    config.require_secret(app.config)
