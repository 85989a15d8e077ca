"""The app, as an ASGI application: `ringfence serve` and `streamlit run app.py` both run this."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from ringfence.doors import documents, oidc, reader, sign_in, who
from ringfence.doors.gate import Gate
from ringfence.doors.no_such_page import NoSuchPage
from ringfence.screens import places
from ringfence.screens.components.failure import show_fault
from ringfence.screens.warm import warmed

app = st.App(
    "ringfence/screens/navigation.py",
    routes=[*who.ROUTES, *sign_in.ROUTES, *oidc.ROUTES, *documents.ROUTES, *reader.ROUTES, NoSuchPage(places.ADDRESSES)],
    middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=sign_in.hosts()), Middleware(Gate)],
    lifespan=warmed,
    on_script_error=show_fault,
)

if __name__ == "__main__":
    app.run()
