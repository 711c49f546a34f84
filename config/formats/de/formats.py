"""German dates that do not break after the day: "4." at the end of a line ends a sentence."""

DATE_FORMAT = "j.\u00a0F Y"
DATETIME_FORMAT = "j.\u00a0F Y H:i"
MONTH_DAY_FORMAT = "j.\u00a0F"
