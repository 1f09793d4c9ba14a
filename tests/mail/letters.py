"""Mails as people's programs write them, and as they shouldn't."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

CARLA = "Carla Peña <carla@example.com>"
MX = "mx.puente.example"
#: Header lines that our own server adds to a mail of Carla's.
PASS = {"Authentication_Results": f"{MX}; dmarc=pass (p=none) header.from=example.com"}
FAIL = {"Authentication_Results": f"{MX}; spf=fail; dmarc=fail header.from=example.com"}

GMAIL_ES = """\
Ya les mandé el recibo.

Gracias,
Carla Peña
San Antonio

El mié, 18 nov 2026 a las 10:00, Puente (<support@puente.example>)
escribió:

> Hola Carla Peña:
>
> Envíenos el recibo, por favor.
"""
GMAIL_EN = """\
I sent you the receipt.

On Wed, Nov 18, 2026 at 10:00 AM Puente <support@puente.example> wrote:

> Hello Carla Peña,
>> Please send us the receipt.
"""
OUTLOOK_ES = """\
Ya les mandé el recibo.

Obtener Outlook para iOS<https://aka.ms/o0ukef>
________________________________
De: Puente <support@puente.example>
Enviado: miércoles, 18 de noviembre de 2026 10:00
Para: Carla Peña <carla@example.com>
Asunto: Su caso 260 001 233

Hola Carla Peña:

Envíenos el recibo, por favor.
"""
OUTLOOK_EN = """\
I sent you the receipt.

-----Original Message-----
From: Puente <support@puente.example>
Sent: Wednesday, November 18, 2026 10:00 AM
To: Carla Peña <carla@example.com>
Subject: Your case 260 001 233

Hello Carla Peña,
"""
APPLE_ES = """\
Ya les mandé el recibo.

Enviado desde mi iPhone

> El 18 nov 2026, a la(s) 10:00 a.m., Puente <support@puente.example> escribió:
>
> Hola Carla Peña:
"""
APPLE_EN = """\
I sent you the receipt.

Sent from my iPhone

> On Nov 18, 2026, at 10:00 AM, Puente <support@puente.example> wrote:
> \N{OBJECT REPLACEMENT CHARACTER}
> Hello Carla Peña,
"""
YAHOO_ES = """\
Ya les mandé el recibo.

    En miércoles, 18 de noviembre de 2026, 10:00:00 CST, Puente <support@puente.example>\
 escribió:

 Hola Carla Peña:

Envíenos el recibo, por favor.
"""
YAHOO_EN = """\
I sent you the receipt.

    On Wednesday, November 18, 2026 at 10:00:00 AM CST, Puente <support@puente.example> wrote:

 Hello Carla Peña,
"""
GMAIL_HTML = """\
<html><head><style>p {color: red}</style><title>No</title></head><body>
<div dir="ltr">Ya les mandé el recibo &amp; la foto.<div><br></div>
<div>Gracias,<br>Carla</div></div>
<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">El mié, 18 nov 2026 a las 10:00, \
Puente (&lt;<a href="mailto:support@puente.example">support@puente.example</a>&gt;) escribió:<br>\
</div><blockquote class="gmail_quote" style="margin:0"><p>Hola Carla:</p><p>Envíenos el recibo.</p>
</blockquote></div><script>alert("x")</script><!-- secreto --></body></html>
"""
OUTLOOK_HTML = """\
<html><body><p class="MsoNormal">Ya les mandé el recibo.</p>
<hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg"><b>De:</b> Puente &lt;support@puente.example&gt;<br>
<b>Enviado:</b> miércoles, 18 de noviembre de 2026 10:00<br><b>Para:</b> Carla<br>
<b>Asunto:</b> Su caso</div><div>Hola Carla:</div></body></html>
"""

DSN = """\
Return-Path: <>
Date: Wed, 18 Nov 2026 10:00:05 -0600
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Message-ID: <20261118160005.1@mx.example.com>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
Arrival-Date: Wed, 18 Nov 2026 10:00:00 -0600

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: user unknown

--b1
Content-Type: text/rfc822-headers

From: Puente <support@puente.example>
To: {recipient}
Message-ID: <{email_id}@127.0.0.1>
Subject: Su caso

--b1--
"""


def letter(text: str = "Ya pagué en la tienda.", **fields: Any) -> bytes:
    """`attachments`: (name, bytes); `html`: instead of text; other fields are header lines."""
    mail = EmailMessage()
    attachments = fields.pop("attachments", ())
    html = fields.pop("html", "")
    headers = {
        "From": CARLA,
        "To": "support@puente.example",
        "Subject": "Re: Su caso",
        "Date": "Wed, 18 Nov 2026 10:05:00 -0600",
        "Message-ID": "<CAK-1@mail.example.com>",
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    for name, value in headers.items():
        if value is not None:
            mail[name] = value
    if html:
        mail.set_content(html, subtype="html")
    elif text or not attachments:
        mail.set_content(text)
    for name, content in attachments:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()
