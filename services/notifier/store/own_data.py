"""What the notifier holds about one party, for their own copy."""
from services.notifier.store.statements import sql
from shared.messaging.own_data import Part

OWN_DATA = {
    "how_you_are_reached": Part(sql.own_contact),
    "how_you_wished_to_be_reached": Part(sql.own_contact_before),
    "messages": Part(sql.own_messages),
    "words_of_messages": Part(sql.own_words),
    "sendings": Part(sql.own_sendings),
    "steps": Part(sql.own_steps),
    "receipts": Part(sql.own_receipts),
    "tasks_to_reach_you": Part(sql.own_tasks),
    "questions_and_answers": Part(sql.own_questions),
    "answers_that_were_not_clear": Part(sql.own_unclear_answers),
    "sign_in_codes": Part(sql.own_sign_in_codes),
    "places_to_meet": Part(sql.own_places),
    "lists_you_were_told_of": Part(sql.own_lists_told),
    "plans": Part(sql.own_plans),
    "who_supports_whom": Part(sql.own_supporting),
    "who_asks_to_support_you": Part(sql.own_askers),
    "shared_jobs": Part(sql.own_shared_jobs),
    "profile": Part(sql.own_profile),
}
