"""The parts of a page whose drawing is ours: where Streamlit finds their files."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

PRODUCT = "bigger-picture"
FRONTEND = Path(__file__).parent / "frontend"

_renderers: dict[str, ComponentRenderer] = {}
_lock = threading.Lock()


def draw(name: str, *, data: Any, key: str, isolated: bool = True, **options: Any) -> Any:
    """Draw `frontend/<name>/index.js` here with `data`, which may be anything JSON can carry.

    `isolated` puts it into a shadow root. `options` are those of a mounted component: `width`,
    and `on_<event>_change` for every event that the answer shall have as an attribute.
    """
    return _renderer(name, isolated)(key=key, data=data, **options)


def _renderer(name: str, isolated: bool) -> ComponentRenderer:
    # Streamlit takes a component from files, which the content security policy asks for, only
    # if an installed distribution declares them. Ours are declared by hand instead, so that a
    # clone needs no build step. It happens at the first drawing and not at import: only then is
    # there a runtime, and its own discovery, which it does once when it is made, is over. It is
    # looked up each time because every AppTest brings a new runtime. Under the lock, since a
    # second declaration would empty the first while another session draws with it.
    whole = f"{PRODUCT}.{name}"
    with _lock:
        manager = get_bidi_component_manager()
        if manager.get(whole) is None:
            files = ComponentConfig(name=name, asset_dir=name)
            manager.register_from_manifest(ComponentManifest(PRODUCT, "1", [files]), FRONTEND)
            _renderers[name] = st.components.v2.component(
                whole, js="index.js", isolate_styles=isolated
            )
        return _renderers[name]
