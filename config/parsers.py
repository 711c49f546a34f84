"""What programs send, read with care."""

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError


class JSONParser(parsers.JSONParser):
    """UTF-8, of a bounded size and depth, and all of it text that can be kept."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body: bytes = stream.read(most + 1)
        if len(body) > most:
            raise RequestDataTooBig(most)
        try:
            sent = json.loads(body.decode(), parse_constant=_refuse)
            # Half a surrogate pair is no character; it passes only as an escape.
            json.dumps(sent, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            raise ParseError(_("This is not the JSON we can read.")) from None
        return sent


def _refuse(constant: str) -> None:
    raise ValueError(constant)
