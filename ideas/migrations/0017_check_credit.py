from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads what was there before, while the site runs."""

    dependencies = [
        ('ideas', '0016_following'),
    ]

    operations = [
        ValidateConstraint(model_name='contribution', name='credited_for_what_was_said'),
    ]
