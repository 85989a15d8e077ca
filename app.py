"""The app, as an ASGI application: `ringfence serve` and `streamlit run app.py` both run this."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from ringfence.doors import documents, who
from ringfence.screens.components.failure import show_fault
from ringfence.screens.warm import warmed

app = st.App(
    "ringfence/screens/navigation.py",
    routes=[*who.ROUTES, *documents.ROUTES],
    middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
    lifespan=warmed,
    on_script_error=show_fault,
)

if __name__ == "__main__":
    app.run()
