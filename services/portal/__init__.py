"""Owns accounts, sign-in, support plans with the person's own words, who supports whom, who looked, and what
people ask about their own data.

Tells: portal.support_plan.v1, portal.supporter.v1, portal.support_request.v1, portal.pool.v1, portal.data_request.v1
Hears: intake.support_plan.v1, matcher.shortlist.v1, matcher.introduction.v1, notifier.message.v1, notifier.answer.v1
"""
