"""Texts that staff edit in both languages; both are required."""

from modeltranslation.translator import TranslationOptions, register

from accounts.enums import Language
from cases.models import (
    CaseKind,
    CaseOutcome,
    EvidenceSlot,
    KindQuestion,
    QuestionChoice,
    Script,
    ScriptSituation,
)


@register(Script)
class ScriptTranslation(TranslationOptions):
    fields = ("body",)
    required_languages = Language.values


@register(CaseKind)
class CaseKindTranslation(TranslationOptions):
    fields = ("name", "hint")
    required_languages = dict.fromkeys(Language.values, ("name",))


@register(ScriptSituation)
class ScriptSituationTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = Language.values


@register(EvidenceSlot)
class EvidenceSlotTranslation(TranslationOptions):
    fields = ("name", "description")
    required_languages = dict.fromkeys(Language.values, ("name",))


@register(CaseOutcome)
class CaseOutcomeTranslation(TranslationOptions):
    fields = ("name", "sentence")
    required_languages = Language.values


@register(KindQuestion)
class KindQuestionTranslation(TranslationOptions):
    fields = ("name", "help")
    required_languages = dict.fromkeys(Language.values, ("name",))


@register(QuestionChoice)
class QuestionChoiceTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = Language.values
