"""What programs send and get about people, and the fields that all serializers use."""

from community.serializers.members import (
    AddressField,
    LineField,
    MemberSerializer,
    MeSerializer,
    TextField,
)

__all__ = [
    "AddressField",
    "LineField",
    "MeSerializer",
    "MemberSerializer",
    "TextField",
]
