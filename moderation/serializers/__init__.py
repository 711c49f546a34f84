"""What programs get from moderation."""
