"""A page with one line on it."""

from __future__ import annotations

import streamlit as st

st.text("Nothing")
