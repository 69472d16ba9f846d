"""Keeps an index of PAs and open support plans, ranks every PA for each plan, and carries 'I would like to meet you'.

Owns: the index, the rankings and shortlists, the introductions and what follows them, the gaps.
Tells: matcher.shortlist.v1, matcher.introduction.v1, matcher.journey.v1, matcher.gap.v1
Hears: registry.profile.v1, portal.support_plan.v1, portal.data_request.v1, notifier.reply.v1
"""
