"""A child is missing: the log that leads a school through the search, and becomes its record.

A child's safety comes before a conflict of interest: as long as a log is open, everybody who works
at the school sees it and adds to it, also a parent or relative of the child. The log itself holds
only what somebody who searches needs; what the record knows of the child is put before the
incident's lead alone (`known`), and never before a relative.
"""
