"""The closed word lists of the catalog. Values are stored; labels are what people read."""

from django.db.models import TextChoices


class Verdict(TextChoices):
    """How a claim's wording stands against the evidence."""

    SUPPORTED = "supported", "Supported"
    PARTLY_SUPPORTED = "partly_supported", "Partly supported"
    OVERSTATED = "overstated", "Overstated"
    UNSUPPORTED = "unsupported", "Unsupported"
    CONTRADICTED = "contradicted", "Contradicted"
    UNCERTAIN = "uncertain", "Uncertain"


class Certainty(TextChoices):
    """GRADE's four words for how sure we are."""

    HIGH = "high", "High"
    MODERATE = "moderate", "Moderate"
    LOW = "low", "Low"
    VERY_LOW = "very_low", "Very low"


class Topic(TextChoices):
    """What a claim is about."""

    DEPRESSION = "depression", "Depression"
    ANXIETY = "anxiety", "Anxiety"
    SLEEP = "sleep", "Sleep"
    COGNITION = "cognition", "Memory and thinking"
    MECHANISM = "mechanism", "How it works"
    DEFICIENCY = "deficiency", "Deficiency"
    DIET = "diet", "Diet"
    SAFETY = "safety", "Safety"
    FORMS = "forms", "Forms"


class Question(TextChoices):
    """What kind of thing a claim says; decides whether and how the grading rule applies."""

    EFFECT = "effect", "What something does to people"
    ASSOCIATION = "association", "What goes together, or how common something is"
    FACT = "fact", "A fact of chemistry, biology, regulation or wording"


class Stance(TextChoices):
    """What a source does to a claim."""

    SUPPORTS = "supports", "Supports"
    CONTRADICTS = "contradicts", "Against"
    QUALIFIES = "qualifies", "Limits"
    BACKGROUND = "background", "Background"


class Fit(TextChoices):
    """How directly a source bears on a claim in one dimension."""

    DIRECT = "direct", "Direct"
    INDIRECT = "indirect", "Indirect"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    UNKNOWN = "unknown", "Unknown"


class ReadAs(TextChoices):
    """How this project read a source."""

    FULL_TEXT = "full_text", "Full text"
    ABSTRACT = "abstract", "Abstract"
    EXCERPT = "excerpt", "Excerpt"
    SECONDARY = "secondary", "Through someone else's report"
    CITATION_ONLY = "citation_only", "Citation only"


class StudyKind(TextChoices):
    """What sort of source a record is."""

    STUDY = "study", "Study"
    GUIDELINE = "guideline", "Guideline"
    REGULATOR = "regulator", "Regulator"
    REFERENCE_WORK = "reference_work", "Reference work"
    NEWS = "news", "News report"


class StudyDesign(TextChoices):
    """Study designs, strongest for treatment questions first."""

    META_ANALYSIS = "meta_analysis", "Meta-analysis"
    SYSTEMATIC_REVIEW = "systematic_review", "Systematic review"
    RCT = "rct", "Randomised trial"
    CROSSOVER_RCT = "crossover_rct", "Randomised crossover trial"
    EQUIVALENCE_RCT = "equivalence_rct", "Randomised equivalence trial"
    CONTROLLED_TRIAL = "controlled_trial", "Controlled trial"
    OPEN_TRIAL = "open_trial", "Open trial"
    MENDELIAN_RANDOMISATION = "mendelian_randomisation", "Mendelian randomisation"
    COHORT = "cohort", "Cohort study"
    CROSS_SECTIONAL = "cross_sectional", "Cross-sectional study"
    CASE_SERIES = "case_series", "Case series"
    CASE_REPORT = "case_report", "Case report"
    MODELLING = "modelling", "Modelling study"
    NARRATIVE_REVIEW = "narrative_review", "Narrative review"
    HYPOTHESIS = "hypothesis", "Hypothesis paper"
    COMMENTARY = "commentary", "Commentary"
    ANIMAL = "animal", "Animal study"
    IN_VITRO = "in_vitro", "Laboratory study"


class Species(TextChoices):
    """Who or what was studied."""

    HUMAN = "human", "People"
    RAT = "rat", "Rats"
    MOUSE = "mouse", "Mice"
    CELL = "cell", "Cells"
    NONE = "none", "None"


class FormStated(TextChoices):
    """Whether a source names one form of magnesium."""

    SINGLE = "single", "One form"
    MIXED = "mixed", "Several forms"
    UNSPECIFIED = "unspecified", "Not stated"
    NONE = "none", "None given"


class Direction(TextChoices):
    """Which way a result points."""

    FAVOURS_MAGNESIUM = "favours_magnesium", "Favours magnesium"
    FAVOURS_COMPARATOR = "favours_comparator", "Favours the comparator"
    NO_DIFFERENCE = "no_difference", "No difference"
    MIXED = "mixed", "Mixed"
    ASSOCIATION = "association", "Association only"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class EffectKind(TextChoices):
    """Effect measures."""

    MD = "MD", "Mean difference"
    SMD = "SMD", "Standardised mean difference"
    RR = "RR", "Risk ratio"
    OR = "OR", "Odds ratio"


class PublicationStatus(TextChoices):
    """What the journal has said about a paper since."""

    AS_PUBLISHED = "as_published", "As published"
    CORRECTED = "corrected", "Corrected"
    CONCERN = "concern", "Expression of concern"
    RETRACTED = "retracted", "Retracted"


class TrialDesign(TextChoices):
    """How the arms of a trial relate."""

    PARALLEL = "parallel", "Parallel arms"
    CROSSOVER = "crossover", "Crossover"
    SINGLE_ARM = "single_arm", "Single arm"


class ArmRole(TextChoices):
    """What an arm of a trial was given."""

    MAGNESIUM = "magnesium", "Magnesium"
    PLACEBO = "placebo", "Placebo"
    NO_TREATMENT = "no_treatment", "No treatment"
    ACTIVE = "active", "Active comparator"


class Sex(TextChoices):
    """Who took part; blank when not stated in what was read."""

    WOMEN = "women", "Women"
    MEN = "men", "Men"
    MIXED = "mixed", "Women and men"
    ALL = "all", "Open to both, split not read"


class BaselineMagnesium(TextChoices):
    """Participants' magnesium at the start."""

    LOW = "low", "Low"
    NORMAL = "normal", "Not low"
    MIXED = "mixed", "Some low, some not"
    NOT_MEASURED = "not_measured", "Not measured or not reported"


class Condition(TextChoices):
    """Populations the trials recruited."""

    DEPRESSION = "depression", "Depression"
    MILD_DEPRESSION = "mild_depression", "Mild depression"
    ANXIETY_PRONE = "anxiety_prone", "Prone to anxiety"
    INSOMNIA = "insomnia", "Insomnia"
    POOR_SLEEP = "poor_sleep", "Poor sleep"
    TYPE2_DIABETES = "type2_diabetes", "Type 2 diabetes"
    PMS = "pms", "Premenstrual syndrome"
    MIGRAINE = "migraine", "Migraine"
    OLDER_ADULTS = "older_adults", "Older adults"
    HEALTHY = "healthy", "Healthy people"
    MEMORY_COMPLAINTS = "memory_complaints", "Memory complaints"
    MILD_COGNITIVE_IMPAIRMENT = "mild_cognitive_impairment", "Mild cognitive impairment"
    STRESS = "stress", "Stress"
    CHRONIC_PAIN = "chronic_pain", "Chronic pain"
    OTHER = "other", "Other"


class Funding(TextChoices):
    """Who paid."""

    INDUSTRY = "industry", "Industry"
    PUBLIC = "public", "Public or university"
    MIXED = "mixed", "Industry and public"
    NOT_STATED = "not_stated", "Not stated"


class Blinding(TextChoices):
    """Who did not know the treatment."""

    DOUBLE = "double", "Double-blind"
    SINGLE = "single", "Single-blind"
    OPEN = "open", "Open"
    NOT_STATED = "not_stated", "Not stated"


class BiasDomain(TextChoices):
    """The five domains of risk of bias, in the order they are shown."""

    RANDOMISATION = "randomisation", "Randomisation"
    DEVIATIONS = "deviations", "Deviations from the treatment"
    MISSING_DATA = "missing_data", "Missing data"
    MEASUREMENT = "measurement", "Measurement"
    SELECTION = "selection", "Selective reporting"


class BiasLevel(TextChoices):
    """An editor's judgement of one domain."""

    LOW = "low", "Low"
    SOME_CONCERNS = "some_concerns", "Some concerns"
    HIGH = "high", "High"
    NOT_ASSESSABLE = "not_assessable", "Cannot be judged"


class Intervention(TextChoices):
    """Whether magnesium is all that differs between the arms."""

    MAGNESIUM_ALONE = "magnesium_alone", "Magnesium alone"
    COMBINATION = "combination", "Magnesium with something else"


class SizeBasis(TextChoices):
    """How arm sizes are known."""

    SEEN = "seen", "Read in a source"
    EQUAL_SPLIT_ASSUMED = "equal_split_assumed", "Even split assumed"
    NOT_SEEN = "not_seen", "Not seen"


class EffectMethod(TextChoices):
    """How an effect was obtained; the formulas are in forms_catalog.effect_sizes."""

    REPORTED = "reported", "As reported"
    COMPUTED_FROM_MEANS = "computed_from_means", "Computed from means"
    COMPUTED_FROM_MD_CI = "computed_from_md_ci", "Computed from a mean difference and its interval"
    COMPUTED_FROM_P = "computed_from_p", "Worked back from a p-value"
    COMPUTED_FROM_COUNTS = "computed_from_counts", "Computed from counts"


class EffectSource(TextChoices):
    """Where an effect was read."""

    ABSTRACT = "abstract", "Abstract or publisher page"
    REVIEW_TABLE = "review_table", "A review's table"
    SECONDARY_REPOSITORY = "secondary_repository", "A public repository quoting the paper"


class EvidenceType(TextChoices):
    """What a published pool was made of."""

    RANDOMISED = "randomised", "Randomised trials"
    UNCONTROLLED = "uncontrolled", "Before-and-after studies"
    OBSERVATIONAL = "observational", "Observational studies"


class Quantity(TextChoices):
    """What kind of printed figure was worked out again."""

    DOSE = "dose", "Dose"
    DIFFERENCE = "difference", "Difference"
    CI = "ci", "Interval"
    P = "p", "P-value"
    PERCENTAGE = "percentage", "Percentage"
    MEAN = "mean", "Mean"
    SPREAD = "spread", "Spread"
    COUNT = "count", "Count"


class RecomputationState(TextChoices):
    """Whether a printed figure follows from the other printed figures."""

    RECOMPUTES = "recomputes", "Recomputes"
    DOES_NOT = "does_not", "Does not recompute"
    CANNOT_TELL = "cannot_tell", "Cannot tell"


class Rung(TextChoices):
    """The rungs of a mechanism's ladder, lowest first."""

    LABORATORY = "laboratory", "Laboratory"
    ANIMAL = "animal", "Animals"
    HUMAN_MARKER = "human_marker", "Measured in people"
    HUMAN_SYMPTOM = "human_symptom", "Felt by people"


class Establishment(TextChoices):
    """How well a mechanism is established."""

    IN_VITRO = "in_vitro", "Cells or isolated receptors"
    ANIMAL = "animal", "Whole animals"
    HUMAN_INDIRECT = "human_indirect", "Human data that fit, without measuring it"
    HUMAN_DIRECT = "human_direct", "Measured in people"


class FormEvidenceLevel(TextChoices):
    """What kind of evidence stands behind a form for an outcome."""

    HUMAN_RCT = "human_rct", "Randomised trial"
    HUMAN_RCT_SMALL = "human_rct_small", "Small randomised trial"
    HUMAN_RCT_NULL = "human_rct_null", "Randomised trial, no effect found"
    HUMAN_RCT_NULL_VS_PLACEBO = "human_rct_null_vs_placebo", "Randomised trial, no better than placebo"
    HUMAN_RCT_OPEN_LABEL = "human_rct_open_label", "Open-label randomised trial"
    HUMAN_RCT_DISPUTED = "human_rct_disputed", "Randomised trial; some printed figures do not add up"
    HUMAN_RCT_MIXTURE = "human_rct_mixture", "Randomised trial of a mixture"
    HUMAN_RCT_VERY_SMALL = "human_rct_very_small", "Very small randomised trial"
    HUMAN_RCT_VERY_SMALL_IV = "human_rct_very_small_iv", "Very small trial by vein"
    HUMAN_INCONCLUSIVE = "human_inconclusive", "Human trial, inconclusive"
    HUMAN_SUBGROUP = "human_subgroup", "Subgroup of a human trial"
    SECONDARY_OUTCOME_NULL = "secondary_outcome_null", "Secondary outcome, no effect found"
    META_ANALYSIS_LOW_CERTAINTY = "meta_analysis_low_certainty", "Meta-analysis, low certainty"
    ANIMAL = "animal", "Animal study"
    ANIMAL_OTHER_COMPOUND = "animal_other_compound", "Animal study of another compound"
    REGULATORY = "regulatory", "Regulator's text"
    REVIEW_MENTION = "review_mention", "Mentioned in a review"
    NONE_FOUND = "none_found", "None found"


class CommonClaimVerdict(TextChoices):
    """What a common claim about a form is worth."""

    SUPPORTED = "supported", "Supported"
    PARTLY = "partly", "Partly supported"
    PRELIMINARY = "preliminary", "Preliminary"
    MIXED = "mixed", "Mixed evidence"
    OVERSTATED = "overstated", "Overstated"
    ANIMAL_ONLY = "animal_only", "Animals only"
    UNVERIFIED = "unverified", "Not verified"
    MISATTRIBUTED = "misattributed", "Misattributed"
    NOT_SUPPORTED = "not_supported", "Not supported"
    DANGEROUS_CLAIM = "dangerous_claim", "Dangerous claim"
    UNSAFE_USE = "unsafe_use", "Unsafe use"


class Severity(TextChoices):
    """How much an interaction matters; an editorial grading."""

    MAJOR = "major", "Major"
    MODERATE = "moderate", "Moderate"
    MINOR = "minor", "Minor"
    MONITOR = "monitor", "Monitor"


class FoodGroup(TextChoices):
    """Food groups."""

    DAIRY = "dairy", "Dairy"
    FISH = "fish", "Fish"
    FRUIT = "fruit", "Fruit"
    GRAINS = "grains", "Grains"
    LEGUMES = "legumes", "Legumes"
    MEAT = "meat", "Meat"
    NUTS = "nuts", "Nuts"
    SEEDS = "seeds", "Seeds"
    SOY = "soy", "Soy"
    VEGETABLES = "vegetables", "Vegetables"


class NoteTopic(TextChoices):
    """Where a reference note belongs."""

    SAFETY = "safety", "Safety"
    DIET = "diet", "Diet"
