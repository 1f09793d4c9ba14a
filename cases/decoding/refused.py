class Refused(Exception):
    """A file refused for a specific reason; all other errors of a decoder count as unreadable."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code, self.params = code, params
