"""The words for a supporter who asks to be let in, and for the person who answers."""

RELATIONS = {
    "family": "Family",
    "friend": "A friend",
    "broker": "A support broker",
    "advocate": "An advocate",
    "hub_worker": "A worker of a hub or charity",
}
MAY = {
    "see_shortlist": "See their list, after them",
    "ask_to_meet": "Ask somebody to meet them, for them",
    "edit_plan": "Change their plan with them",
}
SAID = {
    "kept_out": "They are not let in. We do not tell them why.",
    "support_asked": "Thank you. If we know somebody by what you wrote, we ask them now. If they let you in, they appear here.",
}
