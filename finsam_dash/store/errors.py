"""What the store refuses, as codes with their parts; wording makes the Swedish sentences."""

from __future__ import annotations


class StoreError(Exception):
    """The store refuses or cannot answer. `code` is stable; `parts` are the words for the sentence."""

    def __init__(self, code: str, **parts: object) -> None:
        super().__init__(code, parts)
        self.code = code
        self.parts = parts

    def __str__(self) -> str:
        return f"{self.code} {self.parts}" if self.parts else self.code


class UnknownForbundError(StoreError):
    """No förbund has the code."""

    def __init__(self, forbund: str) -> None:
        super().__init__("okant_forbund", forbund=forbund)


class UnknownInsatsError(StoreError):
    """No insats of the förbund has the code."""

    def __init__(self, forbund: str, insats: str) -> None:
        super().__init__("okand_insats", forbund=forbund, insats=insats)


class UnknownDeliveryError(StoreError):
    """No delivery has the number."""

    def __init__(self, leverans: int) -> None:
        super().__init__("okand_leverans", leverans=leverans)
