"""What guards every answer: headers, limits on pressed buttons, trusted proxies, static files."""

from collections.abc import Callable
from secrets import token_urlsafe
from urllib.parse import urlsplit
from wsgiref.headers import Headers

from flask import Flask, Response, current_app, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFError
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from webapp.web import counts

YEAR = 365 * 24 * 60 * 60
HSTS = f"max-age={YEAR}"
COUNTED_HERE = f"{counts.SCHEME}://"
# Generous: a whole hospital or council may come from one address.
LIMITS = ["60 per minute", "600 per hour"]
PERMISSIONS = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
# Pages that show nobody's data: browsers may keep them and ask whether they still hold.
OPEN = {
    f"public.{name}"
    for name in (
        "programme",
        "course",
        "date",
        "privacy",
        "accessibility",
        "terms",
        "contact",
        "calendar_help",
        "robots",
        "security_txt",
        "theme",
        "logo",
    )
}
# Somebody sent us this picture: opened by itself it is in a box of its own and runs nothing.
DRAWING = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
    " frame-ancestors 'none'; sandbox"
)
# Scripts, styles and pictures of ours go by the rules of the page they are on, not by these.
FILE = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
FEEDS = {"public.my_feed", "public.my_dates_feed", "public.all_dates_feed"}
# No browser; every browser names an origin with what it posts.
OF_NOBODY = {""}

READS = {"GET", "HEAD", "OPTIONS"}


class Presses(Limiter):
    """Whoever reads is limited only where a page says so itself, which then looks by itself."""

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        if not (in_middleware and request.method in READS):
            super()._check_request_limit(callable_name, in_middleware)


limiter = Presses(
    get_remote_address,
    default_limits=list(LIMITS),
    default_limits_exempt_when=lambda: request.method in READS,
    in_memory_fallback_enabled=True,
)


def init_app(app: Flask) -> None:
    proxies = app.config["PROXIES"]
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=app.static_folder,
        prefix="static/",
        autorefresh=app.debug,
        max_age=YEAR,  # every address of ours carries a version: see words.static
        allow_all_origins=False,
        add_headers_function=_guard_file(app.config["BASE_URL"].startswith("https:")),
    )
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies
        )
    app.config.setdefault("RATELIMIT_STORAGE_URI", app.config["REDIS_URL"] or COUNTED_HERE)
    limiter.init_app(app)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    # Many council and hospital networks take the Referer away, which the library would insist on
    # over https; no network takes the Origin, which we look at ourselves.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.before_request(refuse_strangers)
    app.after_request(guard)


def refuse_strangers() -> None:
    """A form's token is not enough when the browser says that another site's page sent it."""
    if request.method == "POST" and request.headers.get("Origin", "") not in OF_NOBODY | _ours():
        raise CSRFError("This was sent from another site's page.")


def _ours() -> set[str]:
    """The origins of our own pages: as this request came, and as the settings have it."""
    base = urlsplit(current_app.config["BASE_URL"])
    return {request.host_url.rstrip("/"), f"{base.scheme}://{base.netloc}"}


def csp_nonce() -> str:
    """The word that lets this answer's own scripts run, and no others."""
    if "csp_nonce" not in g:
        g.csp_nonce = new_nonce()
    nonce: str = g.csp_nonce
    return nonce


def new_nonce() -> str:
    """Of as many letters as any other: what is kept and sent again stays as long as it was."""
    return token_urlsafe(16)


def guard(response: Response) -> Response:
    headers = response.headers
    is_drawing = request.endpoint == "public.logo"
    headers["Content-Security-Policy"] = DRAWING if is_drawing else policy(csp_nonce())
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = ", ".join(f"{feature}=()" for feature in PERMISSIONS)
    # `no-referrer` would take the Origin from every POST over https; feeds have no buttons.
    feed = request.endpoint in FEEDS
    headers["Referrer-Policy"] = "no-referrer" if feed else "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = HSTS
    if _is_private():
        headers["X-Robots-Tag"] = "noindex"
    if _is_private() and not feed:
        headers["Cache-Control"] = "no-store"
    else:
        headers.setdefault("Cache-Control", "no-cache")
    return response


def policy(nonce: str) -> str:
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def _is_private() -> bool:
    """Whether the answer may show somebody's data: everything but what is plainly public."""
    public_file = (request.endpoint or "").endswith("_ics") and "token" not in _arguments()
    return not (request.endpoint in OPEN or request.endpoint == "static" or public_file)


def _arguments() -> dict[str, object]:
    return request.view_args or {}


def _guard_file(secure: bool) -> Callable[[Headers, str, str], None]:
    """What goes with every static file: said once for each, when the house is built."""

    def guarded(headers: Headers, _path: str, _url: str) -> None:
        headers["Content-Security-Policy"] = FILE
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        if secure:
            headers["Strict-Transport-Security"] = HSTS

    return guarded
