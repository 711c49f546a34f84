import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

SAID = ['answer', 'builds_on', 'concern']


class Migration(migrations.Migration):

    dependencies = [
        ('ideas', '0014_writing_together'),
    ]

    operations = [
        migrations.AddField(
            model_name='contribution',
            name='reply',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='community.reply'),
        ),
        migrations.RemoveConstraint(
            model_name='contribution',
            name='credited_in_a_comment',
        ),
        AddConstraintNotValid(
            model_name='contribution',
            constraint=models.CheckConstraint(
                condition=Q(part__in=SAID, comment__isnull=False, reply=None)
                | Q(part='answer', comment=None, reply__isnull=False)
                | (~Q(part__in=SAID) & Q(comment=None, reply=None)),
                name='credited_for_what_was_said',
            ),
        ),
    ]
