"""Sign-in pages. Only the parts of allauth that Puente uses: no one signs up here."""

from allauth.account import views as account
from django.urls import include, path, re_path

from accounts import draft_views, kept_form_views, views
from accounts.access import staff_only
from accounts.sign_in import views as sign_in
from accounts.sign_in.tries import reset_link_paced

urlpatterns = [
    path("", views.home, name="home"),
    path("language/", views.language, name="language"),
    path("dates/", views.read_date, name="read_date"),
    path("drafts/", draft_views.drafts, name="drafts"),
    path("account/kept/", kept_form_views.kept, name="kept_form"),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/signup/", account.signup, name="account_signup"),
    path("account/login/code/", sign_in.request_code, name="account_request_login_code"),
    path("account/login/code/confirm/", sign_in.confirm_code, name="account_confirm_login_code"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path(  # a customer has no password to change
        "account/password/change/",
        staff_only(account.password_change),
        name="account_change_password",
    ),
    path("account/password/reset/", sign_in.request_password, name="account_reset_password"),
    path(
        "account/password/reset/done/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        reset_link_paced(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/2fa/", include("allauth.mfa.urls")),
]
