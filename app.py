"""The front door: `streamlit run app.py` finds the app here, and Streamlit behind the guard."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from core.web import mishaps
from core.web.front_door import ROUTES
from core.web.guard import Guard
from core.web.headers import Headers
from core.web.lifetime import lifetime

mishaps.keep_words_out_of_logs()

# The script lies inside `pages/`: beside it, Streamlit would serve every file of that folder by its
# address, without running the main script first (measured).
app = st.App(
    "pages/frame.py",
    routes=ROUTES,
    middleware=[Middleware(Headers), Middleware(mishaps.Mishaps), Middleware(Guard)],
    lifespan=lifetime,
    on_script_error=mishaps.on_page,
)
