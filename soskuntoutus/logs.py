"""What may stand in the application's log: route, kind of fault, place in the code; never whose data."""

import json
import logging
import traceback


class Formatter(logging.Formatter):
    """One line of JSON, without paths, arguments and an exception's words: those carry names and codes."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": str(record.msg),
        }
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        if match:
            line["route"] = match.view_name
        if hasattr(record, "status_code"):
            line["status"] = record.status_code
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__qualname__
            frames = traceback.extract_tb(record.exc_info[2])[-10:]
            line["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)
