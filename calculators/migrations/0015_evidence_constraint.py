"""Nothing is 已核实 without a clause and the day of its second reading; the link and the grade are checked by the model."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("calculators", "0014_evidence_earned")]

    operations = [
        migrations.AddConstraint(
            model_name='policyvalue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'confirmed'), _negated=True), models.Q(models.Q(('clause', ''), _negated=True), ('confirmed_on__isnull', False)), _connector='OR'), name='confirmed_has_clause_and_day', violation_error_message='“已核实”的数值必须写明条款，并由第二个人对照原文核对过。'),
        ),
    ]
