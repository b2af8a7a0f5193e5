"""The room that keeps conversations: sealed text goes in, the same text comes out.

It alone speaks SQL and it cannot read what it keeps. What a text means lives in the
engine; when a conversation is begun or changed is decided by the service.
"""
