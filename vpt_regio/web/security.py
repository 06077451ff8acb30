"""Headers on every response; there is nothing inline, so the policy needs no exception."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# a token in an address is a secret; the origin alone goes along, which forms over https must tell
SECRET_ADDRESS = {"Referrer-Policy": "strict-origin"}
ONE_YEAR = 31_536_000


def init_app(app: Flask) -> None:
    # after_request functions run in reverse order: this one, registered early, comes last
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    is_secret = "token" in (request.view_args or {})
    headers = {**HEADERS, **SECRET_ADDRESS} if is_secret else HEADERS
    for name, value in headers.items():
        response.headers[name] = value
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
