"""What reputation says to programs."""

from reputation.serializers.levels import LevelsSerializer, TrustSerializer

__all__ = ["LevelsSerializer", "TrustSerializer"]
