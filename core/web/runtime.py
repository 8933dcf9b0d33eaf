"""What the guard has to know of Streamlit 1.67: all of it is here, and pinned by a test.

A *tab* is what Streamlit calls a session: one open page in one browser, with an id of its own.
"""

from __future__ import annotations

from pathlib import Path

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.datastructures import Headers
from streamlit import file_util
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

# What a page has to say. Left out: `clear_cache`, with which anybody empties the caches of all,
# `load_git_info`, `set_run_on_save`, and what is for Streamlit's own developers.
SAID_BY_PAGES = frozenset(
    {
        "rerun_script",
        "stop_script",
        "app_heartbeat",
        "file_urls_request",
        "backend_operation_request",
    }
)

FRONTEND = Path(file_util.get_static_dir())


def index() -> str:
    """The page in which everything of Streamlit's is drawn."""
    return (FRONTEND / "index.html").read_text(encoding="utf-8")


def static_files() -> frozenset[str]:
    """The addresses of the scripts, styles and fonts that come with Streamlit.

    They are the same for everybody anywhere. To an address that it does not know, Streamlit
    answers with its page, hence this list.
    """
    files = (path for path in (FRONTEND / "static").rglob("*") if path.is_file())
    return frozenset(f"/{path.relative_to(FRONTEND).as_posix()}" for path in files)


def is_said_by_pages(frame: bytes | None) -> bool:
    """Whether a message from a browser is one that pages send."""
    message = BackMsg()
    try:
        message.ParseFromString(frame or b"")
    except DecodeError:
        return False
    return message.WhichOneof("type") in SAID_BY_PAGES


def tab_named_in(frame: bytes | None) -> str:
    """The id of the tab, from the message with which Streamlit begins a run; else ""."""
    message = ForwardMsg()
    message.ParseFromString(frame or b"")
    return message.new_session.initialize.session_id


def tab_asked_for(headers: Headers) -> str:
    """The tab that a socket wants to go on with: the third of its subprotocols."""
    asked = headers.get("sec-websocket-protocol", "").split(",")
    return asked[2].strip() if len(asked) > 2 else ""


def media_of(tab: str) -> set[str]:
    """The ids of the files that Streamlit serves under `/media` for a tab."""
    by_place = Runtime.instance().media_file_mgr._files_by_session_and_coord
    return set(by_place.get(tab, {}).values())


def uploads_of(tab: str) -> list[int]:
    """The sizes of the uploaded files that are kept in memory for a tab."""
    files = Runtime.instance().uploaded_file_mgr
    assert isinstance(files, MemoryUploadedFileManager)  # noqa: S101 - there is no other in 1.67
    return [len(file.data) for file in list(files.file_storage.get(tab, {}).values())]


def drop_uploads(tab: str) -> None:
    """Takes the uploaded files of a tab out of memory. From any thread."""
    Runtime.instance().uploaded_file_mgr.remove_session_files(tab)


def forget(tab: str) -> None:
    """Ends a tab for good, with all that it has in memory. On the event loop's thread only."""
    Runtime.instance().close_session(tab)
