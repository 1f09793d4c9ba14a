"""Texts that staff edit in both languages; both are required."""

from modeltranslation.translator import TranslationOptions, register

from accounts.enums import Language
from cases.models import Script


@register(Script)
class ScriptTranslation(TranslationOptions):
    fields = ("body",)
    required_languages = Language.values
