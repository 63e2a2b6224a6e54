"""The catalog's tables. Import from here."""

from forms_catalog.models.alerts import EvidenceAlert, ReviewTask
from forms_catalog.models.claims import Claim, CounterSearch, Support
from forms_catalog.models.diet import FoodSource, IntakeReference, UpperLevel
from forms_catalog.models.forms import CommonClaim, Form, FormEvidence, Hydrate
from forms_catalog.models.glossary import GlossaryTerm
from forms_catalog.models.history import StudyArrival, VerdictChange
from forms_catalog.models.mechanisms import AnalogousDrug, LadderEntry, Mechanism
from forms_catalog.models.medicines import Gap, NamedMedicine, SafetyReview, UnverifiedMedicine
from forms_catalog.models.outcomes import Outcome, OutcomeNote
from forms_catalog.models.safety import (
    AdverseEffect,
    Caution,
    CrisisLine,
    Interaction,
    PoisoningCase,
    ReferenceNote,
    ToxicityThreshold,
)
from forms_catalog.models.state import EditionRecord, PublicState
from forms_catalog.models.studies import Study, StudyIdentifier, StudyResult
from forms_catalog.models.trials import Arm, RiskOfBias, Trial

# Last, since tables made later come later in a study's file: first how it was run, then what came out.
# isort: split
from forms_catalog.models.effects import Effect, NarrativeSynthesis, PooledResult, Recomputation, UnusableResult

__all__ = [
    "AdverseEffect",
    "AnalogousDrug",
    "Arm",
    "Caution",
    "Claim",
    "CommonClaim",
    "CounterSearch",
    "CrisisLine",
    "EditionRecord",
    "Effect",
    "EvidenceAlert",
    "FoodSource",
    "Form",
    "FormEvidence",
    "Gap",
    "GlossaryTerm",
    "Hydrate",
    "IntakeReference",
    "Interaction",
    "LadderEntry",
    "Mechanism",
    "NamedMedicine",
    "NarrativeSynthesis",
    "Outcome",
    "OutcomeNote",
    "PoisoningCase",
    "PooledResult",
    "PublicState",
    "Recomputation",
    "ReferenceNote",
    "ReviewTask",
    "RiskOfBias",
    "SafetyReview",
    "Study",
    "StudyArrival",
    "StudyIdentifier",
    "StudyResult",
    "Support",
    "ToxicityThreshold",
    "Trial",
    "UnusableResult",
    "UnverifiedMedicine",
    "UpperLevel",
    "VerdictChange",
]
