"""Texts that staff edit in both languages; both are required."""

from modeltranslation.translator import TranslationOptions, register

from accounts.enums import Language
from leases.models import Program


@register(Program)
class ProgramTranslation(TranslationOptions):
    fields = ("name", "terms", "exchange_terms")
    required_languages = Language.values
