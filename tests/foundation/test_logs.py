"""The log never says whose data it was."""

import json
import logging

from soskuntoutus.logs import Formatter


def test_values_and_the_words_of_an_exception_stay_out():
    try:
        raise ValueError("Key (code)=(131052-308T) already exists")
    except ValueError as error:
        fault = (type(error), error, error.__traceback__)
        record = logging.LogRecord("django", 40, __file__, 1, "%s: %s", ("Not Found", "/?q=Ville"), fault)
    line = Formatter().format(record)
    assert "131052" not in line
    assert "Ville" not in line
    assert json.loads(line)["exception"] == "ValueError"
