"""What managers and administrators type."""

from reputation.forms.levels import AppointmentForm, Deed
from reputation.forms.rules import RuleBookForm

__all__ = ["AppointmentForm", "Deed", "RuleBookForm"]
