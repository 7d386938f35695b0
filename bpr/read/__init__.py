"""Reading: bytes of workbooks -> answers as written -> tasks. Nothing is lost on the way."""
