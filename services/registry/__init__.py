"""Owns what personal assistants say of themselves: profiles, consents, times, pay, and the questions still open about them.

Tells: registry.profile.v1
Hears: notifier.message.v1, notifier.answer.v1, portal.data_request.v1
"""
