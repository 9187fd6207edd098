"""The call funnel: from the call to the resolution, every exit named."""
