"""The directory's indexes, made while members go on."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('community', '0005_profiles_and_friendships'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='member',
            index=models.Index(django.db.models.functions.text.Lower('display_name'), models.F('id'), condition=models.Q(('is_active', True)), name='member_by_name'),
        ),
        AddIndexConcurrently(
            model_name='member',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('display_name', name='gin_trgm_ops'), django.contrib.postgres.indexes.OpClass('handle', name='gin_trgm_ops'), name='member_name_trigrams'),
        ),
    ]
