"""An open page without a browser: Streamlit's messages over a socket, in a real session."""

from __future__ import annotations

import time
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.bench.school import Visitor
from tests.bench.server import Server


class Tab:
    """One page of one person. `await tab.rerun()` says how long it took, in seconds."""

    def __init__(self, socket: ClientConnection, page: str, query: str) -> None:
        self._socket, self._page, self._query = socket, page, query
        self._hash = ""
        self._widgets: dict[str, WidgetState] = {}
        self._typed: dict[str, str] = {}

    @classmethod
    async def opened(cls, server: Server, visitor: Visitor, page: str = "") -> Tab:
        """Opens a page, as it is after its first run and what that made it run again for."""
        socket = await connect(
            f"ws://localhost:{server.port}/_stcore/stream",
            origin=Origin(server.address),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": f"session={visitor.token}"},
            compression=None,
            max_size=None,
            proxy=None,
        )
        tab = cls(socket, page.split()[0] if page else "", visitor.asks(page))
        await tab.rerun()
        return tab

    def types(self, text: str) -> None:
        """Into the only field of the page, for the next rerun to answer."""
        (field,) = (w for w in self._widgets.values() if w.HasField("string_value"))
        field.string_value = self._typed[field.id] = text

    async def rerun(self) -> float:
        """Has the page run with what its widgets show, as any click does."""
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.page_script_hash = self._hash
        asked.rerun_script.page_name = "" if self._hash else self._page
        asked.rerun_script.widget_states.widgets.extend(self._widgets.values())
        begun = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        while not self._is_last(ForwardMsg.FromString(await self._socket.recv(decode=False))):
            pass
        return time.perf_counter() - begun

    async def close(self) -> None:
        await self._socket.close()

    def _is_last(self, message: ForwardMsg) -> bool:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._widgets = {}
        elif kind == "navigation":
            self._hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._note(message.delta.new_element)
        elif kind == "script_finished":
            return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False

    def _note(self, element: Any) -> None:
        widget = getattr(element, element.WhichOneof("type"))
        if typed := self._typed.get(getattr(widget, "id", "")):
            self._widgets[widget.id] = WidgetState(id=widget.id, string_value=typed)
        elif shown := _shown(widget):
            self._widgets[widget.id] = WidgetState(id=widget.id, **shown)


def _shown(widget: Any) -> dict[str, Any]:
    """What a browser says of a widget that nobody has touched; nothing of most."""
    match type(widget).__name__:
        case "TextInput" | "TextArea" | "TimeInput" if widget.HasField("default"):
            return {"string_value": widget.default}
        case "Checkbox":
            return {"bool_value": widget.default}
        case "DateInput":
            return {"string_array_value": {"data": widget.default}}
        case "Selectbox" if widget.HasField("default"):
            return {"string_value": widget.options[widget.default]}
        case "MultiSelect":
            return {"string_array_value": {"data": [widget.options[n] for n in widget.default]}}
        case "ButtonGroup":
            shown = [widget.options[n].content for n in widget.default]
            return {"string_array_value": {"data": shown}}
    return {}
