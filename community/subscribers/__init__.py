"""What follows from what happened in the community. Loaded by activity, which looks here."""

from community.subscribers import forum as forum
from community.subscribers import friends as friends
from community.subscribers import policies as policies
