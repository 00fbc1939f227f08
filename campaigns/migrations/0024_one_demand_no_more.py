from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0023_move_demands")]
    operations = [
        migrations.RemoveField(model_name="campaign", name="demand"),
        migrations.RemoveField(model_name="campaign", name="target"),
    ]
