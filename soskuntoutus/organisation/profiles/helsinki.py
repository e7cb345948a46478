"""The Helsinki profile: the model as its description gives it (HEL-1, 9, 16), the rest a proposal to confirm."""

from soskuntoutus.organisation.models import Value

SOURCE = "Profiili: Helsinki"

VALUES = {
    Value.Key.ORGANISER: {"fi": "Helsingin kaupunki", "sv": "Helsingfors stad", "en": "City of Helsinki"},
    Value.Key.REVIEW_BODY: {
        "fi": {
            "name": "Sosiaali-, terveys- ja pelastuslautakunnan jaosto",
            "address": "Kirjaamo, PL 10, 00099 Helsingin kaupunki",
            "email": "kirjaamo@esimerkki.invalid",
            "phone": "09 000 0000",
        },
        "sv": {
            "name": "Social-, hälsovårds- och räddningsnämndens sektion",
            "address": "Registratorskontoret, PB 10, 00099 Helsingfors stad",
            "email": "kirjaamo@esimerkki.invalid",
            "phone": "09 000 0000",
        },
    },
    Value.Key.SLOTS_PER_WORKER: 1,
    Value.Key.RHYTHM_DAYS: 14,
    Value.Key.FIRST_MEETING_DAYS: 14,
    Value.Key.RESERVATION_DAYS: 21,
    Value.Key.HANDOVER_DAYS: 14,
    Value.Key.INTAKE_READ_DAYS: 7,
    Value.Key.ASSESSMENT_START_WORKING_DAYS: 7,
    Value.Key.ASSESSMENT_MAX_AGE_MONTHS: 12,
    Value.Key.REFERRAL_ANSWER_DAYS: 5,
    Value.Key.EVALUATION_OPENS_DAYS: 21,
    Value.Key.EVALUATION_TARGET_DAYS: 7,
    Value.Key.PLAN_UPDATE_DAYS: 14,
    Value.Key.FOLLOW_UP_MONTHS: 3,
    Value.Key.FOLLOW_UP_GRACE_DAYS: 14,
}
