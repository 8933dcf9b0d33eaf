"""What the core answers when it will not do something."""

from __future__ import annotations


class Refused(Exception):
    """A request was not carried out; the message is one plain sentence for the person who asked.

    Whatever else is raised is a mistake in the program: it is logged without its message.
    """
