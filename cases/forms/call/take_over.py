from __future__ import annotations

from django import forms

from accounts.models import User


class TakeOverForm(forms.Form):
    """`of`: who had the call on the page where it was taken over."""

    of = forms.ModelChoiceField(queryset=User.objects.all(), widget=forms.HiddenInput)
