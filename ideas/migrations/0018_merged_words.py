import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('ideas', '0017_check_credit'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='idea',
            index=django.contrib.postgres.indexes.GinIndex(models.F('search'), condition=models.Q(('merged_into__isnull', False)), name='merged_words'),
        ),
    ]
