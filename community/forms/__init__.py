from community.forms.accounts import ResetForm, SignUpForm, SocialSignUpForm, TokenForm
from community.forms.choices import ChoicesForm
from community.forms.fields import HandleField, LineField, LinksField, TagsField, TextField
from community.forms.leaving import LeaveForm
from community.forms.profiles import AboutForm, PeopleForm, PrivacyForm, ProfileForm

__all__ = [
    "AboutForm",
    "ChoicesForm",
    "HandleField",
    "LeaveForm",
    "LineField",
    "LinksField",
    "PeopleForm",
    "PrivacyForm",
    "ProfileForm",
    "ResetForm",
    "SignUpForm",
    "SocialSignUpForm",
    "TagsField",
    "TextField",
    "TokenForm",
]
