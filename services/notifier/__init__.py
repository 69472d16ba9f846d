"""Tells every party what they need to know, in the way they asked to be told, or asks a human to.

Owns: how every party is reached (preferences, contact points, quiet hours, stop), messages, renditions,
      deliveries, contact tasks, replies, the words for where two people meet.
Tells: notifier.message.v1, notifier.reply.v1, notifier.answer.v1
Hears: matcher.shortlist.v1, matcher.introduction.v1, matcher.journey.v1, matcher.gap.v1, portal.support_plan.v1,
       portal.supporter.v1, portal.support_request.v1, portal.pool.v1, portal.data_request.v1, registry.profile.v1
"""
