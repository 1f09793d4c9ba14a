"""How a call begins that we make to whoever couldn't reach us."""

from __future__ import annotations

from cases.enums import ScriptMedium
from cases.scripts.defaults.script import Scripts

_CALL_EN = """\
Hello, this is {agent_name} from {company}. I’m returning your call. Would you rather speak \
English or Spanish?

(If someone else answers, or it’s voicemail: say only who you are, and don’t mention a lease or a \
payment.)

To protect your account, please tell me your full name and the email address or phone number we \
have on file.
(Compare: {customer_name}, account {account_number}, {merchant}.)

What did you want to call us about?

Your case number is {case_number}. I’ll say it slowly so you can write it down.

How would you like to hear from us, and what time of day works best?"""
_CALL_ES = """\
Habla {agent_name}, de {company}. Le devuelvo su llamada. ¿Prefiere que hablemos en español o en \
inglés?

(Si contesta otra persona o el buzón de voz: diga solo quién habla y no mencione ningún \
arrendamiento ni pago.)

Para proteger su cuenta, dígame, por favor, su nombre completo y el correo electrónico o el \
teléfono que tenemos registrado.
(Compare: {customer_name}, cuenta {account_number}, {merchant}.)

¿Por qué motivo nos llamó?

Su número de caso es {case_number}. Se lo digo despacio para que lo anote.

¿Cómo prefiere que nos comuniquemos con usted y a qué hora del día?"""

SCRIPTS: Scripts = (("calling_back", ScriptMedium.CALL, _CALL_EN, _CALL_ES),)
