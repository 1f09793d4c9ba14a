class Refused(Exception):
    """A file with a reason of its own; all other errors of a decoder count as unreadable."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code, self.params = code, params
