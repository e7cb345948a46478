"""The use log in plain words: what each page shows and what each deed is, as the client may be told."""

from django.utils.translation import gettext_lazy as _

from clients.access import Purpose

PAGES = {
    "clients:intake": _("Saw the contact in the queue"),
    "clients:contact": _("Recorded a contact"),
    "clients:matter": _("Read the contact"),
    "clients:matter_opening": _("Opened protected details of the contact"),
    "clients:registration": _("Opened the registration of the matter"),
    "clients:triage": _("Opened the assessment of urgency"),
    "clients:taking": _("Opened the taking of the matter"),
    "clients:closure": _("Opened the closing of the matter"),
    "clients:list": _("Saw the name in a list of clients"),
    "clients:details": _("Read the contact details"),
    "clients:opening": _("Opened the protected contact details"),
    "clients:log": _("Read the log"),
    "clients:own_worker": _("Opened the naming of the own worker"),
    "clients:documents": _("Saw the list of papers"),
    "clients:document_write": _("Opened a draft of a paper"),
    "clients:document": _("Read a paper"),
    "clients:signature": _("Opened the signing of a paper"),
    "clients:seen": _("Marked a paper as seen by the client"),
    "plans:referral": _("Opened the referral"),
    "plans:referrals": _("Saw the name in the list of referrals"),
    "plans:referral_detail": _("Read the referral"),
    "plans:referral_answer": _("Opened the answer to the referral"),
    "plans:reservation": _("Opened the reservation of a worker"),
    "plans:goals": _("Read the goals"),
    "plans:goal_new": _("Opened a new goal"),
    "plans:goal_refine": _("Opened a goal to refine it"),
    "plans:service_plan": _("Opened the plan for the service"),
    "plans:decision": _("Opened the decision"),
    "plans:letter": _("Printed the decision letter"),
    "plans:delivery": _("Opened the delivery of the decision"),
    "plans:start": _("Opened the start of the rehabilitation"),
    "plans:end": _("Opened the end of the rehabilitation"),
    "plans:visits": _("Read the visits"),
    "plans:visit_new": _("Opened a new record of a visit"),
    "plans:visit_plan": _("Opened the agreeing of a visit"),
    "plans:visit": _("Read the record of a visit"),
    "plans:visit_record": _("Opened the record of a visit"),
    "plans:addendum": _("Opened an addendum to a visit"),
    "groups:list": _("Saw the name in the list of groups"),
    "groups:group": _("Saw the name in a group"),
    "groups:session_new": _("Saw the name in the attendance of a group"),
    "groups:enrol": _("Opened the joining of a group"),
    "reviews:desk": _("Saw the name on the start page"),
    "reviews:client": _("Read the overview"),
    "reviews:evaluation": _("Opened the evaluation"),
    "reviews:follow_on": _("Opened what follows the rehabilitation"),
    "reviews:follow_on_meeting": _("Opened the meeting about what follows"),
    "reviews:follow_up": _("Opened the follow-up"),
    "reviews:log_results": _("Read what a search of the log found"),
}

DEEDS = {
    "Matter.receive": _("Recorded a contact"),
    "Matter.register": _("Registered the matter"),
    "Matter.triage": _("Assessed the urgency"),
    "Matter.take": _("Took the matter, or gave it to a worker"),
    "Matter.close": _("Closed the matter"),
    "Client.name_own_worker": _("Named the own worker"),
    "ContactDetails.change": _("Changed the contact details"),
    "Document.write": _("Wrote a draft"),
    "Document.show_to_client": _("Went through a draft with the client"),
    "Assessment.sign": _("Signed the assessment of service needs"),
    "ClientPlan.sign": _("Signed the client plan"),
    "Referral.send": _("Sent a referral"),
    "Referral.accept": _("Accepted the referral"),
    "Referral.decline": _("Returned the referral"),
    "Referral.reserve": _("Reserved a worker"),
    "Goal.put": _("Set a goal"),
    "Goal.refine": _("Refined a goal"),
    "Rehabilitation.sign_plan": _("Signed the plan for the service"),
    "Rehabilitation.start": _("Started the rehabilitation"),
    "Rehabilitation.end": _("Ended the rehabilitation"),
    "Decision.sign": _("Signed a decision"),
    "Decision.deliver": _("Delivered a decision"),
    "Visit.plan": _("Agreed a visit"),
    "Visit.record": _("Recorded a visit"),
    "Visit.record_unmet": _("Recorded a visit that did not take place"),
    "Visit.hold": _("Recorded an agreed visit"),
    "Visit.miss": _("Recorded that the client did not come"),
    "Visit.cancel": _("Cancelled a visit"),
    "Visit.add": _("Added to the record of a visit"),
    "Group.found": _("Founded a group"),
    "Group.enrol": _("Enrolled the client in a group"),
    "Group.hold": _("Recorded a group session"),
    "Evaluation.complete": _("Signed the evaluation"),
    "FollowOn.propose": _("Proposed what follows the rehabilitation"),
    "FollowOn.meet": _("Recorded a meeting about what follows"),
    "FollowUp.make": _("Recorded the follow-up"),
    "LogSearch.make": _("Searched the log"),
}

OPENINGS = {"clients:opening", "clients:matter_opening"}


def in_words(entry: str) -> str:
    """What a row of the log says happened: a page, perhaps with the purpose it was opened for, or a deed."""
    page, _colon, purpose = entry.rpartition(":") if entry.count(":") > 1 else (entry, "", "")
    words = str(PAGES.get(page) or DEEDS.get(page) or page)
    if page in OPENINGS and not purpose:
        return str(_("Gave no purpose for opening the protected details: they stayed hidden"))
    if not purpose:
        return words
    ground = _("For: %(purpose)s") % {"purpose": Purpose(purpose).label}
    return f"{words}. {ground}"
