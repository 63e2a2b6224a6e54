"""Plain functions that make valid records. Each takes field values by keyword and fills in the rest."""

from __future__ import annotations

import datetime as dt
import io
import secrets
from collections.abc import Iterable
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model
from django.utils import timezone
from PIL import Image as Pillow

from articles.actions.articles import REVISED
from articles.actions.corrections import accept_correction
from articles.actions.erasure import erase_reply
from articles.actions.replies import decide, submit_reply
from articles.actions.threads import thread_of
from articles.actions.writing import withdraw_reply
from articles.models import Article, ArticleTask, Correction, Image, ModerationAction, Reply, Revision, SiteOwner
from articles.spam import Circumstances
from articles.uploads import decode, store_picture
from forms_catalog.models import (
    AdverseEffect,
    AnalogousDrug,
    Arm,
    Caution,
    Claim,
    CommonClaim,
    CounterSearch,
    CrisisLine,
    Effect,
    EvidenceAlert,
    FoodSource,
    Form,
    FormEvidence,
    Gap,
    GlossaryTerm,
    Hydrate,
    IntakeReference,
    Interaction,
    LadderEntry,
    Mechanism,
    NamedMedicine,
    NarrativeSynthesis,
    Outcome,
    OutcomeNote,
    PoisoningCase,
    PooledResult,
    Recomputation,
    ReferenceNote,
    ReviewTask,
    RiskOfBias,
    SafetyReview,
    Study,
    StudyIdentifier,
    StudyResult,
    Support,
    ToxicityThreshold,
    Trial,
    UnusableResult,
    UnverifiedMedicine,
    UpperLevel,
    VerdictChange,
)

SOURCE = "https://example.org/source"
WAYS: dict[str, tuple[str, ...]] = {
    "pending": (),
    "approved": ("approve",),
    "rejected": ("reject",),
    "spam": ("mark_spam",),
    "hidden": ("approve", "hide"),
    "withdrawn": ("approve",),
    "erased": ("approve",),
}
"""What moderators do before a reply is in each state."""
_numbers = count(1)


def _next(prefix: str) -> str:
    return f"{prefix}-{next(_numbers)}"


def make_form(*, formula: str = "MgO", hydrate: bool = True, **fields: Any) -> Form:
    """A form with one structure, unless `hydrate` is off."""
    slug = fields.pop("slug", None) or _next("form")
    defaults = {
        "name": f"Magnesium {slug}",
        "chemical_name": f"magnesium {slug}",
        "partner_name": "partner",
        "absorption": "Absorbed in people.",
        "source_urls": [SOURCE],
    }
    form = Form.objects.create(slug=slug, **defaults | fields)
    if hydrate:
        make_hydrate(form=form, formula=formula)
    return form


def make_hydrate(*, form: Form, **fields: Any) -> Hydrate:
    defaults = {"state": "anhydrous", "formula": "MgO", "smiles": "[O-2].[Mg+2]", "position": form.hydrates.count()}
    return Hydrate.objects.create(form=form, **defaults | fields)


def make_mechanism(**fields: Any) -> Mechanism:
    slug = fields.pop("slug", None) or _next("mechanism")
    defaults = {
        "name": slug.capitalize(),
        "target_kind": "receptor",
        "target_protein": "A receptor",
        "what_magnesium_does": "It blocks the channel.",
        "establishment": ["animal"],
        "human_evidence": "None seen.",
        "common_misunderstanding": "That it works like a medicine.",
        "source_urls": [SOURCE],
    }
    return Mechanism.objects.create(slug=slug, **defaults | fields)


def make_outcome(**fields: Any) -> Outcome:
    slug = fields.pop("slug", None) or _next("outcome")
    return Outcome.objects.create(slug=slug, **{"name": slug.capitalize(), "description": "A score."} | fields)


def make_term(**fields: Any) -> GlossaryTerm:
    slug = fields.pop("slug", None) or _next("term")
    return GlossaryTerm.objects.create(slug=slug, **{"name": slug, "definition": f"What {slug} means."} | fields)


def make_study(**fields: Any) -> Study:
    slug = fields.pop("slug", None) or _next("study")
    defaults = {
        "authors": ["Poleszak, Ewa", "Wlaź, Piotr"],
        "year": 2008,
        "title": f"A trial of magnesium, {slug}",
        "journal": "Journal of Trials",
        "design": "rct",
        "species": "human",
        "source_url": SOURCE,
        "verified_fields": "Abstract read.",
    }
    if "form" in fields and fields["form"] is not None:
        defaults["form_stated"] = "single"
    return Study.objects.create(slug=slug, **defaults | fields)


def make_result(*, study: Study, outcome: Outcome, **fields: Any) -> StudyResult:
    defaults = {"effect_text": "Scores fell.", "direction": "favours_magnesium", "position": study.results.count()}
    return StudyResult.objects.create(study=study, outcome=outcome, **defaults | fields)


def make_trial(*, study: Study, outcomes: Iterable[Outcome] = (), **fields: Any) -> Trial:
    defaults = {
        "design": "parallel",
        "magnesium_given": True,
        "magnesium_alone": True,
        "conditions": ["depression"],
        "baseline_magnesium": "not_measured",
        "funding_type": "not_stated",
        "randomised": True,
        "blinded": "double",
        "risk_of_bias_basis": "editorial judgement from the abstract",
    }
    trial = Trial.objects.create(study=study, **defaults | fields)
    trial.outcomes.set(outcomes)
    return trial


def make_effect(*, study: Study, outcome: Outcome, **fields: Any) -> Effect:
    defaults = {
        "key": _next(f"{study.slug}-effect"),
        "measure": "A questionnaire",
        "timepoint_days": 56,
        "comparator": "placebo",
        "design": "parallel",
        "intervention": "magnesium_alone",
        "n_mg": 30,
        "n_control": 30,
        "n_basis": "seen",
        "higher_is_better": False,
        "sign_flipped": False,
        "smd": -0.3,
        "se": 0.2,
        "ci_low": -0.692,
        "ci_high": 0.092,
        "method": "reported",
        "primary_row": True,
        "poolable": True,
        "quality_note": "Read in the abstract.",
        "source_url": SOURCE,
        "source_kind": "abstract",
        "position": study.effects.count(),
    }
    return Effect.objects.create(study=study, outcome=outcome, **defaults | fields)


def make_form_evidence(*, form: Form, outcome: Outcome, study: Study | None = None, **fields: Any) -> FormEvidence:
    defaults = {"note": "Scores fell." if study else "none found", "position": form.evidence.count()}
    return FormEvidence.objects.create(form=form, outcome=outcome, study=study, **defaults | fields)


def make_ladder_entry(*, mechanism: Mechanism, study: Study | None = None, **fields: Any) -> LadderEntry:
    defaults = {
        "rung": "animal",
        "note": "Mice were calmer." if study else "none found",
        "searched_on": None if study else dt.date(2026, 11, 23),
        "position": mechanism.ladder.count(),
    }
    return LadderEntry.objects.create(mechanism=mechanism, study=study, **defaults | fields)


def make_outcome_note(*, outcome: Outcome, study: Study, **fields: Any) -> OutcomeNote:
    return OutcomeNote.objects.create(outcome=outcome, study=study, **{"note": "A review."} | fields)


def make_claim(
    *,
    forms: Iterable[Form] = (),
    mechanisms: Iterable[Mechanism] = (),
    outcomes: Iterable[Outcome] = (),
    **fields: Any,
) -> Claim:
    slug = fields.pop("slug", None) or _next("c")
    defaults = {
        "quote": f"magnesium cures everything, says {slug}",
        "statement": "Magnesium cures everything.",
        "topic": "depression",
        "verdict": "overstated",
        "certainty": "low",
        "in_brief": "It does not.",
        "why": "Trials are small.",
        "suggested_wording": "Magnesium may help some people.",
    }
    if fields.get("safety_flag"):
        defaults["safety_note"] = "Speak to a clinician first."
    claim = Claim.objects.create(slug=slug, **defaults | fields)
    claim.forms.set(forms)
    claim.mechanisms.set(mechanisms)
    claim.outcomes.set(outcomes)
    return claim


def make_support(*, claim: Claim, study: Study, **fields: Any) -> Support:
    defaults = {
        "stance": "supports",
        "shows": "Scores fell with magnesium.",
        "fit_population": "direct",
        "fit_form": "not_applicable",
        "fit_dose": "unknown",
        "fit_outcome": "direct",
        "fit_comparator": "direct",
        "read_as": "abstract",
        "position": claim.supports.count(),
    }
    return Support.objects.create(claim=claim, study=study, **defaults | fields)


def make_counter_search(*, claim: Claim, found: Iterable[Study] = (), **fields: Any) -> CounterSearch:
    defaults = {
        "searched_on": dt.date(2026, 11, 23),
        "where": "stored copies of public web pages",
        "query": _next("magnesium no effect"),
        "result": "Nothing came up.",
        "position": claim.counter_searches.count(),
    }
    search = CounterSearch.objects.create(claim=claim, **defaults | fields)
    search.found.set(found)
    return search


def make_interaction(**fields: Any) -> Interaction:
    slug = fields.pop("slug", None) or _next("interaction")
    defaults = {
        "drug_class": slug,
        "examples": ["a medicine"],
        "direction": "lowers the medicine",
        "mechanism": "binds it in the gut",
        "what_to_do": "Take them 4 hours apart.",
        "severity": "moderate",
        "source_urls": [SOURCE],
    }
    return Interaction.objects.create(slug=slug, **defaults | fields)


def make_medicine(**fields: Any) -> NamedMedicine:
    interaction = fields.pop("interaction", None) or make_interaction()
    return NamedMedicine.objects.create(interaction=interaction, **{"name": "a medicine"} | fields)


def make_gap(**fields: Any) -> Gap:
    defaults = {"stated": "4 hours apart", "before_low": 4.0, "after_low": 4.0}
    return Gap.objects.create(medicine=fields.pop("medicine", None) or make_medicine(), **defaults | fields)


def make_unverified_medicine(**fields: Any) -> UnverifiedMedicine:
    defaults = {"name": "some medicine", "says": "Nothing was verified.", "source_urls": [SOURCE]}
    return UnverifiedMedicine.objects.create(slug=fields.pop("slug", None) or _next("unverified"), **defaults | fields)


def make_safety_review(**fields: Any) -> SafetyReview:
    defaults = {"reviewed_by": "Ada Pharm, MPharm", "reviewed_on": dt.date(2026, 11, 24)}
    return SafetyReview.objects.create(**defaults | fields)


def make_crisis_line(**fields: Any) -> CrisisLine:
    slug = fields.pop("slug", None) or _next("line")
    defaults = {
        "region": "anywhere",
        "service": "A helpline",
        "contact": "call 116 123",
        "phone": "116123",
        "hours": "24/7, free",
        "verification": "seen on its own page",
        "source_urls": [SOURCE],
    }
    return CrisisLine.objects.create(slug=slug, **defaults | fields)


def make_user(*, groups: Iterable[str] = (), is_staff: bool = True, is_superuser: bool = False, **fields: Any) -> Any:
    """A user in the named groups, whose password is `password`."""
    username = fields.pop("username", None) or _next("user")
    password = fields.pop("password", "password")
    user = get_user_model().objects.create_user(
        username, password=password, is_staff=is_staff, is_superuser=is_superuser, **fields
    )
    user.groups.set([Group.objects.get_or_create(name=name)[0] for name in groups])
    return user


def make_article(**fields: Any) -> Article:
    """A draft."""
    slug = fields.pop("slug", None) or _next("article")
    defaults = {
        "title": f"On magnesium, {slug}",
        "standfirst": "What the evidence says.",
        "body": "## First part\n\nMagnesium is a mineral.\n",
    }
    return Article.objects.create(slug=slug, **defaults | fields)


def make_published_article(*, change_note: str = "First published.", **fields: Any) -> Article:
    """An article whose present text readers see. It records no references: publish through the action for those."""
    published_at = fields.pop("published_at", None) or timezone.now()
    article = make_article(**fields)
    article.live = Revision.objects.create(
        article=article,
        number=1,
        change_note=change_note,
        created_at=published_at,
        **{name: getattr(article, name) for name in REVISED},
    )
    article.status, article.published_at = "published", published_at
    article.save()
    return article


def make_moderator(**fields: Any) -> Any:
    """A member of staff who may decide about replies and nothing else."""
    return make_user(groups=("Moderator",), **fields)


def make_replies(about: Any, *, number: int, **fields: Any) -> list[Reply]:
    """Many waiting replies at once, numbered in their thread. A field may be a function of the number, from 0."""
    thread = thread_of(about)
    first, now = thread.last_number + 1, timezone.now()
    defaults = {"name": "Bot", "body": "Buy", "html": "<p>Buy</p>", "created_at": now}
    if fields.get("status") == "approved":
        defaults["published_at"] = now
    rows = [
        {name: value(each) if callable(value) else value for name, value in (defaults | fields).items()}
        for each in range(number)
    ]
    thread.last_number += number
    thread.save()
    return Reply.objects.bulk_create(Reply(thread=thread, number=first + each, **row) for each, row in enumerate(rows))


def new_secret() -> str:
    """A capability like those that prove who wrote a reply."""
    return secrets.token_urlsafe(32)


def make_sent_reply(
    *, article: Article | None = None, about: Any = None, status: str = "pending", by: Any = None, **fields: Any
) -> Reply:
    """A reply that reached its state through the actions, as in life."""
    number = next(_numbers)
    typed = {"name": f"Reader {number}", "email": "", "body": f"What about sleep? ({number})"}
    typed |= {"token": f"form {number}", "circumstances": Circumstances(seconds=60, network=f"network {number}")}
    reply = submit_reply(about=about or article or make_published_article(), **typed | fields)
    for action in WAYS[status]:
        decide(reply=reply, action=ModerationAction(action), by=by or make_moderator())
    if status == "withdrawn":
        withdraw_reply(reply=reply)
    if status == "erased":
        erase_reply(reply=reply)
    reply.refresh_from_db()
    return reply


def make_correction(*, about: Any, **fields: Any) -> Correction:
    """A reader's correction that a moderator passed on to the editors."""
    typed = {"kind": "correction", "sentence": "It cures all.", "source": "10.1000/x"}
    moderator = make_moderator()
    reply = make_sent_reply(about=about, status="approved", by=moderator, **typed | fields)
    accept_correction(reply=reply, by=moderator)
    return Correction.objects.get(reply=reply)


def make_image(**fields: Any) -> Image:
    """A small grey picture, stored like any other."""
    shade = fields.pop("shade", None) or next(_numbers) % 256
    written = io.BytesIO()
    Pillow.new("L", (8, 8), shade).save(written, format="PNG")
    return store_picture(picture=decode(written.getvalue()), by=None, **{"alt": "A grey square"} | fields)


def make_identifier(*, study: Study, **fields: Any) -> StudyIdentifier:
    defaults = {"kind": "url", "value": f"https://example.org/{_next('paper')}", "position": study.identifiers.count()}
    return StudyIdentifier.objects.create(study=study, **defaults | fields)


def make_arm(*, trial: Trial, **fields: Any) -> Arm:
    defaults = {"label": "Placebo", "role": "placebo", "form_stated": "none", "position": trial.arms.count()}
    if fields.get("form") is not None:
        defaults["form_stated"] = "single"
    return Arm.objects.create(trial=trial, **defaults | fields)


def make_risk_of_bias(*, trial: Trial, **fields: Any) -> RiskOfBias:
    defaults = {"domain": "randomisation", "level": "low", "reason": "Computer-made list."}
    return RiskOfBias.objects.create(trial=trial, **defaults | fields)


def make_unusable_result(*, study: Study, outcome: Outcome, **fields: Any) -> UnusableResult:
    defaults = {"seen": "No difference.", "missing": "Means and spread.", "source_url": SOURCE}
    return UnusableResult.objects.create(study=study, outcome=outcome, **defaults | fields)


def make_pooled_result(*, study: Study, outcome: Outcome, **fields: Any) -> PooledResult:
    defaults = {
        "key": _next(f"{study.slug}-pool"),
        "measure": "Depression scores",
        "evidence": "randomised",
        "k_studies": 7,
        "effect_kind": "SMD",
        "effect": -0.5,
        "ci_low": -0.9,
        "ci_high": -0.1,
        "note": "As printed.",
        "source_url": SOURCE,
    }
    return PooledResult.objects.create(study=study, outcome=outcome, **defaults | fields)


def make_narrative_synthesis(*, study: Study, outcome: Outcome, **fields: Any) -> NarrativeSynthesis:
    defaults = {"text": "Not pooled: the trials differed.", "source_url": SOURCE}
    return NarrativeSynthesis.objects.create(study=study, outcome=outcome, **defaults | fields)


def make_recomputation(*, study: Study, **fields: Any) -> Recomputation:
    defaults = {
        "what": "dose",
        "reported": "500 mg of magnesium from 828 mg of oxide",
        "recomputed": "499 mg",
        "inputs": {"salt_mg": 828, "share_percent": 60.3},
        "formula": "salt x share",
        "state": "recomputes",
        "note": "Agrees.",
        "source_url": SOURCE,
        "calc": [{"fn": "elemental", "args": [828, 60.3], "value": 499.3}],
        "compare": {"with": 0, "reported": 500, "within_percent": 5},
    }
    return Recomputation.objects.create(study=study, **defaults | fields)


def make_common_claim(*, form: Form, studies: Iterable[Study] = (), **fields: Any) -> CommonClaim:
    defaults = {"statement": "It is the best.", "evidence": "None seen.", "verdict": "not_supported"}
    claim = CommonClaim.objects.create(form=form, **defaults | fields)
    claim.studies.set(studies)
    return claim


def make_analogous_drug(*, mechanism: Mechanism, **fields: Any) -> AnalogousDrug:
    defaults = {"drug": _next("drug"), "relation": "acts on the same receptor"}
    return AnalogousDrug.objects.create(mechanism=mechanism, **defaults | fields)


def make_caution(**fields: Any) -> Caution:
    defaults = {"condition": "kidney disease", "rule": "ask a doctor first", "source_urls": [SOURCE]}
    return Caution.objects.create(slug=fields.pop("slug", None) or _next("caution"), **defaults | fields)


def make_adverse_effect(**fields: Any) -> AdverseEffect:
    defaults = {"effect": "diarrhoea", "detail": "Seen with high doses.", "source_urls": [SOURCE]}
    return AdverseEffect.objects.create(slug=fields.pop("slug", None) or _next("effect"), **defaults | fields)


def make_toxicity_threshold(**fields: Any) -> ToxicityThreshold:
    defaults = {"serum": "2-4 mEq/L", "signs": "nausea", "source": "A manual"}
    return ToxicityThreshold.objects.create(slug=fields.pop("slug", None) or _next("level"), **defaults | fields)


def make_poisoning_case(**fields: Any) -> PoisoningCase:
    defaults = {"route": "swallowed", "patient": "adult", "outcome": "recovered"}
    return PoisoningCase.objects.create(slug=fields.pop("slug", None) or _next("case"), **defaults | fields)


def make_reference_note(**fields: Any) -> ReferenceNote:
    defaults = {"topic": "safety", "title": "A note", "text": "A fact.", "source_urls": [SOURCE]}
    return ReferenceNote.objects.create(slug=fields.pop("slug", None) or _next("note"), **defaults | fields)


def make_food_source(**fields: Any) -> FoodSource:
    slug = fields.pop("slug", None) or _next("food")
    defaults = {
        "food": slug.capitalize(),
        "serving": "1 ounce",
        "magnesium_mg": 80,
        "percent_dv": 19,
        "group": "nuts",
        "basis": "mg read from a table",
        "source_urls": [SOURCE],
    }
    return FoodSource.objects.create(slug=slug, **defaults | fields)


def make_intake_reference(**fields: Any) -> IntakeReference:
    slug = fields.pop("slug", None) or _next("intake")
    defaults = {
        "authority": f"Panel {slug}",
        "kind": "RDA",
        "age": "19-30 years",
        "male": 400,
        "female": 310,
        "source_urls": [SOURCE],
    }
    return IntakeReference.objects.create(slug=slug, **defaults | fields)


def make_upper_level(**fields: Any) -> UpperLevel:
    slug = fields.pop("slug", None) or _next("limit")
    defaults = {
        "authority": f"Panel {slug}",
        "applies_to": "supplements",
        "age": "9 years and over",
        "mg": 350,
        "reason": "diarrhoea",
        "source_urls": [SOURCE],
    }
    return UpperLevel.objects.create(slug=slug, **defaults | fields)


def one_of_each() -> dict[type[Model], Model]:
    """A record of every kind that the admin edits, each with neighbours and parts where it has any."""
    form, mechanism, outcome = make_form(), make_mechanism(), make_outcome()
    study = make_study(form=form)
    study.mechanisms.add(mechanism)
    make_result(study=study, outcome=outcome)
    make_effect(study=study, outcome=outcome)
    trial = make_trial(study=study, outcomes=[outcome])
    make_arm(trial=trial)
    make_risk_of_bias(trial=trial)
    make_identifier(study=study)
    make_unusable_result(study=study, outcome=outcome)
    make_pooled_result(study=study, outcome=outcome)
    make_narrative_synthesis(study=study, outcome=outcome)
    make_recomputation(study=study)
    make_common_claim(form=form, studies=[study])
    make_analogous_drug(mechanism=mechanism)
    make_form_evidence(form=form, outcome=outcome, study=study)
    make_ladder_entry(mechanism=mechanism, study=study)
    make_outcome_note(outcome=outcome, study=study)
    claim = make_claim(forms=[form], mechanisms=[mechanism], outcomes=[outcome])
    make_support(claim=claim, study=study)
    make_counter_search(claim=claim, found=[study])
    article = make_published_article()
    user = make_user(groups=("Editor",))
    records = [
        *(form, mechanism, outcome, study, trial, claim, article, user, user.groups.get()),
        *(make_interaction(), make_crisis_line(), make_image(), make_sent_reply(article=article)),
        *(make_caution(), make_adverse_effect(), make_toxicity_threshold(), make_poisoning_case()),
        *(make_reference_note(), make_food_source(), make_intake_reference(), make_upper_level()),
        *(make_term(), make_medicine(), make_unverified_medicine()),
        SafetyReview.objects.first() or make_safety_review(),
        *make_tasks(claim=claim, form=form, article=article),
        SiteOwner.objects.first() or make_owner(),
        make_correction(about=article),
        make_verdict_change(claim=claim),
    ]
    return {type(record): record for record in records}


def make_owner(**fields: Any) -> SiteOwner:
    """An owner who has said everything there is to say."""
    defaults = {
        "operator": "The Magnesium Society",
        "postal_address": "1 Chalk Road\nEpsom",
        "email": "editors@example.org",
        "website": "https://example.org/society",
        "people": "Two editors.",
        "funding": "Its members pay.",
        "conflicts": "None.",
        "clinical_review": "None so far.",
    }
    return SiteOwner.objects.create(**defaults | fields)


def make_alert(**fields: Any) -> EvidenceAlert:
    """An open alert about a study, unless a claim is named. For the tasks of real life, change a record instead."""
    defaults: dict[str, Any] = {"note": "The journal says so.", "opened_at": timezone.now()}
    if fields.get("claim") is not None:
        defaults["kind"] = "verdict"
    else:
        defaults |= {"kind": "retracted", "study": fields.get("study") or make_study()}
    return EvidenceAlert.objects.create(**defaults | fields)


def make_verdict_change(**fields: Any) -> VerdictChange:
    """A line of a claim's history, unless an outcome is named."""
    defaults: dict[str, Any] = {"at": timezone.now(), "certainty": "low", "former_certainty": "low"}
    if fields.get("outcome") is None:
        defaults |= {"former_verdict": "supported", "verdict": "overstated", "in_brief": "A trial.", "why": "New."}
        defaults |= {"claim": fields.get("claim") or make_claim()}
    return VerdictChange.objects.create(**defaults | fields)


def make_tasks(*, claim: Claim, form: Form, article: Article) -> tuple[ReviewTask, ArticleTask]:
    """An open alert with a task about a form and one about an article."""
    alert = make_alert(claim=claim)
    sentences = [{"line": 1, "text": "It helps.", "why": f"marks claim {claim.slug}"}]
    return (
        ReviewTask.objects.create(alert=alert, form=form),
        ArticleTask.objects.create(alert=alert, article=article, sentences=sentences),
    )
