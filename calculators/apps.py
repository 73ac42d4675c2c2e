"""App configuration. Saving a calculator, document or value closes the findings about it."""

from django.apps import AppConfig


class CalculatorsConfig(AppConfig):
    name = "calculators"
    verbose_name = "政策数值与计算器"

    def ready(self):
        from calculators.common import stored_text  # noqa: PLC0415
        from calculators.models import Calculator, PolicyDocument, PolicyValue  # noqa: PLC0415
        from calculators.models.finding import changeable, may_change  # noqa: PLC0415
        from calculators.publishing.impact import closes_when_saved  # noqa: PLC0415 - models exist only now

        stored_text.connect()
        for model in (Calculator, PolicyDocument, PolicyValue):
            closes_when_saved(model)
            changeable[model._meta.label_lower] = may_change(model)
