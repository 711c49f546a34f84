from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # An index that is made while the site runs is made outside of a transaction.
    atomic = False

    dependencies = [("ideas", "0007_scored_lane")]

    operations = [
        migrations.AlterField(
            model_name="decisiontemplate",
            name="statement",
            field=models.TextField(
                help_text="{title}, {author}, {team} and {supporters} are filled in.",
                max_length=5000,
                verbose_name="public statement",
            ),
        ),
        AddIndexConcurrently(
            model_name="pendingdecision",
            index=models.Index(
                condition=models.Q(("state__in", ["proposed", "scheduled"])),
                fields=["-id"],
                name="pending_waiting",
            ),
        ),
    ]
