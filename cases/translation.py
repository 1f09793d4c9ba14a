"""What staff edit exists in both languages; both are required."""

from modeltranslation.translator import TranslationOptions, register

from accounts.enums import Language
from cases.models import EmailTemplate, Script


@register(EmailTemplate)
class EmailTemplateTranslation(TranslationOptions):
    fields = ("subject", "body")
    required_languages = Language.values


@register(Script)
class ScriptTranslation(TranslationOptions):
    fields = ("body",)
    required_languages = Language.values
