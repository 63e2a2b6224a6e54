"""Public pages of the catalog."""

from forms_catalog.views.citations import study_citation
from forms_catalog.views.claims import claim_detail, claim_list
from forms_catalog.views.feeds import studies_feed, verdicts_feed
from forms_catalog.views.forms import form_detail, form_list
from forms_catalog.views.glossary import glossary, term_detail
from forms_catalog.views.mechanisms import mechanism_detail, mechanism_list
from forms_catalog.views.outcomes import outcome_detail, outcome_forest, outcome_list
from forms_catalog.views.studies import study_detail, study_list

__all__ = [
    "claim_detail",
    "claim_list",
    "form_detail",
    "form_list",
    "glossary",
    "mechanism_detail",
    "mechanism_list",
    "outcome_detail",
    "outcome_forest",
    "outcome_list",
    "studies_feed",
    "study_citation",
    "study_detail",
    "study_list",
    "term_detail",
    "verdicts_feed",
]
