
app_name = "calculators"
urlpatterns = []
