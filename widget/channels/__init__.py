"""Messengers: Telegram and others enter here, share the gateway's conversation, and are answered in their own way.

A delivery is stored and acknowledged (`taking`); workers answer each user's messages in order (`answering`) and put what is to
be sent into a box in the same step; others send from it (`sending`). `channel.py` says what a messenger must be able to.
"""
