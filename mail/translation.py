"""Texts that staff edit in both languages; both are required."""

from modeltranslation.translator import TranslationOptions, register

from accounts.enums import Language
from mail.models import EmailTemplate


@register(EmailTemplate)
class EmailTemplateTranslation(TranslationOptions):
    fields = ("subject", "body")
    required_languages = Language.values
