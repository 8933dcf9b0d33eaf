"""The two parts of streamlit-authenticator that are used: its hasher and its validator.

Importing it starts parts of Streamlit, which then warn that no app is running. A command at the
terminal has none, and there a warning reads like an error.
"""

from __future__ import annotations

import logging

logging.disable(logging.WARNING)
from streamlit_authenticator.utilities.hasher import Hasher  # noqa: E402
from streamlit_authenticator.utilities.validator import Validator  # noqa: E402

logging.disable(logging.NOTSET)

__all__ = ["Hasher", "Validator"]
