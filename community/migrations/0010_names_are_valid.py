from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """By itself, so that readers and writers go on while the rows are looked through."""

    dependencies = [
        ('community', '0009_following_members'),
    ]

    operations = [
        ValidateConstraint(model_name='member', name='who_left_has_no_name'),
    ]
