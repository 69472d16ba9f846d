"""Where each part leads: the pages in the navigation of people, PAs, brokers and council workers."""
from services.portal.domain.accounts import Role, Viewer

PLACES = {
    Role.PERSON: (
        ("/list", "Your list"),
        ("/plan", "Your plan"),
        ("/meetings", "Meetings"),
        ("/messages", "Messages"),
        ("/supporters", "Who supports me"),
        ("/pool", "Share a job"),
        ("/contact", "How I am told"),
        ("/data", "Your data"),
    ),
    Role.PA: (
        ("/profile", "My profile"),
        ("/week", "My week"),
        ("/asks", "Who asked for me"),
        ("/opportunities", "Work that could fit me"),
        ("/standing", "Am I being shown?"),
        ("/messages", "Messages"),
        ("/contact", "How I am told"),
        ("/data", "Your data"),
    ),
    Role.BROKER: (
        ("/people", "People I support"), ("/messages", "Messages"), ("/contact", "How I am told"), ("/data", "Your data"),
    ),
    Role.STAFF: (
        ("/council/messages", "Messages sent"),
        ("/council/tasks", "People to reach"),
        ("/council/plans", "Plans"),
        ("/council/profiles", "PAs"),
        ("/council/gaps", "Gaps"),
        ("/council/fairness", "In turn"),
        ("/council/languages", "Languages"),
        ("/council/gallery", "What we say"),
        ("/council/data", "Their data"),
        ("/council/set-aside", "Set aside"),
    ),
}


def navigation(viewer: Viewer, here: str) -> list[dict[str, object]]:
    places = PLACES[viewer.role]
    if viewer.role is Role.STAFF and here.startswith("/messages/"):
        here = f"/council{here}"
    current = next((where for where, _ in places if here == where or here.startswith(f"{where}/")), None)
    if current is None and here.startswith("/plans/"):
        of_a_meeting = "/meetings" in here and viewer.role is Role.PERSON
        of_a_list = here.endswith(("/list", "/what-if", "/compare", "/team", "/stand-ins"))
        own = "/meetings" if of_a_meeting else "/list" if of_a_list else "/plan"
        current = "/people" if viewer.role is Role.BROKER else own
    return [{"href": where, "text": text, "active": where == current, "current": where == here} for where, text in places]
