from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("leases", "0015_store_tax_rate")]

    operations = [migrations.RemoveIndex(model_name="planpromise", name="plan_promise_due")]
