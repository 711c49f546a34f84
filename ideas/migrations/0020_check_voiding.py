from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    """Reads what was there before, while the site runs."""

    atomic = False

    dependencies = [
        ('ideas', '0019_voiding'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='support',
            index=models.Index(condition=models.Q(('voided_by__isnull', False)), fields=['voided_by', 'id'], name='support_voided'),
        ),
        AddIndexConcurrently(
            model_name='support',
            index=models.Index(condition=models.Q(('voided_by__isnull', False)), fields=['member', 'idea'], name='support_voided_of'),
        ),
        ValidateConstraint(model_name='support', name='voided_by_something'),
    ]
