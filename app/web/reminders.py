"""A reminder as a file for a calendar, after RFC 5545.

One event of fixed lines, so a template and no library. It stands at a local time without a zone
("floating"), holds no word of a client and not where it comes from, and asks calendars to keep it private.
"""

from datetime import datetime

NAME = "reminder.ics"
KIND = "text/calendar; charset=utf-8"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_LINES = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Calendar//Event//EN
BEGIN:VEVENT
UID:{uid}
DTSTAMP:{made:%Y%m%dT%H%M%SZ}
DTSTART:{start:%Y%m%dT%H%M%S}
DURATION:PT15M
SUMMARY:{event}
CLASS:PRIVATE
TRANSP:TRANSPARENT
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:{event}
TRIGGER:PT0M
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def calendar_file(event: str, start: datetime, made: datetime, uid: str) -> str:
    """The file. `event`: its title, short and of one line; `start`: local, without a zone; `made`: UTC."""
    told = _LINES.format(uid=uid, made=made, start=start, event=event.translate(_ESCAPED))
    return told.replace("\n", "\r\n")
