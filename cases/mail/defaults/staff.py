"""Mails to our own people."""

from __future__ import annotations

from cases.enums import TemplateKey

TEXTS: dict[str, dict[str, str]] = {
    TemplateKey.OUTSIDE_DEADLINE.value: {
        "subject_en": "{outside_body}: answer by {answer_day}, case {case_number}",
        "body_en": """\
Hello, {staff_name}:

{time_left} An answer from us is expected from outside in this case:

Case number: {case_number}
Customer: {customer_name}
Who asks: {outside_body}
Their reference: {reference}
Sent to us on: {received_day}
Answer by: {answer_day}

This day does not move, whoever the case waits for. Once the answer is out, note its day in the \
case, and this warning ends:
{case_link}

{company}""",
        "subject_es": "{outside_body}: responder a más tardar el {answer_day}, caso {case_number}",
        "body_es": """\
Hola, {staff_name}:

{time_left} En este caso, alguien de fuera de la empresa espera una respuesta nuestra:

Número de caso: {case_number}
Cliente: {customer_name}
Quién la pide: {outside_body}
Referencia externa: {reference}
La recibimos el: {received_day}
Responder a más tardar el: {answer_day}

Este plazo no se mueve, sin importar a quién espere el caso. Cuando salga la respuesta, anote la \
fecha en el caso y este aviso terminará:
{case_link}

{company}""",
    },
    TemplateKey.WEEKLY_REPORT.value: {
        "subject_en": "Cases in the week from {since} to {until}",
        "body_en": """\
Hello, {staff_name}:

Cases opened in the week: {opened}
Cases resolved in the week: {resolved}

How it stands now:
Open cases: {open}
Overdue: {overdue}
Escalated: {escalated}
Oldest unanswered in Spanish: {oldest_es}
Oldest unanswered in English: {oldest_en}
Follow-ups planned: {follow_ups}
Uncertain e-mails to decide about: {uncertain}
Incoming e-mails waiting for somebody: {parked}

The queue:
{queue_link}

{company}""",
        "subject_es": "Los casos de la semana del {since} al {until}",
        "body_es": """\
Hola, {staff_name}:

Casos abiertos en la semana: {opened}
Casos resueltos en la semana: {resolved}

Así estamos ahora:
Casos pendientes: {open}
Vencidos: {overdue}
Elevados: {escalated}
El más antiguo sin respuesta en español: {oldest_es}
El más antiguo sin respuesta en inglés: {oldest_en}
Seguimientos programados: {follow_ups}
Correos inciertos por decidir: {uncertain}
Correos recibidos que esperan a alguien: {parked}

La cola:
{queue_link}

{company}""",
    },
}
