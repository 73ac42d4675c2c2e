"""Lists that are edited in place: a row nobody touched is not saved back over what another person saved meanwhile."""


class ListFormMixin:
    def get_changelist_formset(self, request, **kwargs):
        """Each box carries what it showed: changed is what a person changed, not what differs from the stored row by now."""

        def box(field, **options):
            made = self.formfield_for_dbfield(field, request=request, **options)
            if made is not None:
                made.show_hidden_initial = True
            return made

        return super().get_changelist_formset(request, formfield_callback=box, **kwargs)
