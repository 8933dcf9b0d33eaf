"""An empty page behind the same guard, in the same kind of server: what Streamlit itself takes."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from core.web import mishaps
from core.web.front_door import ROUTES
from core.web.guard import Guard
from core.web.headers import Headers
from core.web.lifetime import lifetime

app = st.App(
    "page.py",
    routes=ROUTES,
    middleware=[Middleware(Headers), Middleware(mishaps.Mishaps), Middleware(Guard)],
    lifespan=lifetime,
)
