"""Studies that were here before dates were kept get an arrival without a date: they are not news, whatever is edited."""

from django.db import migrations

BATCH = 500


def note_studies(apps, schema_editor):
    study, arrival = (apps.get_model("forms_catalog", name) for name in ("Study", "StudyArrival"))
    keys = study.objects.filter(is_public=True).order_by("pk").values_list("pk", flat=True)
    arrival.objects.bulk_create((arrival(study_id=key) for key in keys), batch_size=BATCH)


class Migration(migrations.Migration):

    dependencies = [("forms_catalog", "0007_verdict_history")]

    operations = [migrations.RunPython(note_studies, migrations.RunPython.noop)]
