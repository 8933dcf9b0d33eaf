"""A photograph of the child, so that whoever searches knows them when they see them."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Refused
from core.inspection import Inspected
from core.missing import logs
from core.permissions import searches
from core.person import Person
from core.records import Attachment
from core.store import Store

WHAT = "photograph"  # of the log, as a file of an incident may belong to an action


def keep(store: Store, log: str, file: Inspected, *, by: Person) -> None:
    """Keeps a photograph with a log; a later one stands instead. Raises `NotThere`, `Refused`."""
    logs.demand_open(store, log, by=by)
    if not file.is_picture:
        raise Refused("This is no picture: choose a photograph of the child.")
    kept = Attachment(incident=log, action=WHAT, name=file.name, media_type=file.media_type,
                      size=len(file.content), digest=store.vault.put(file.content))  # fmt: skip
    store.append(kept, by=by)


def of(store: Store, log: str, *, by: Person) -> bytes | None:
    """The newest photograph of a log that `by` may see; None if there is none."""
    sql = f"""SELECT a.digest FROM attachments a JOIN missing_logs_now m ON m.id = a.incident
              WHERE m.id = $log AND a.action = $what AND {searches(by)}
              ORDER BY a.seq DESC LIMIT 1"""
    found = store.ask(_Found, sql, log=log, what=WHAT, me=by.id)
    return store.vault.read(found[0].digest) if found else None


@dataclass(frozen=True)
class _Found:
    digest: str
