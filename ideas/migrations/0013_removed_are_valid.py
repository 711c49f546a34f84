from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """By itself, so that readers and writers go on while the rows are looked through."""

    dependencies = [
        ('ideas', '0012_topic_links'),
    ]

    operations = [
        ValidateConstraint(model_name='comment', name='removed_comments_are_hidden'),
    ]
