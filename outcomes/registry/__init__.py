"""The registry of community responder programs and of what has been published about them: facts with sources."""
